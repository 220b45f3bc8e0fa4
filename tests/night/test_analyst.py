"""The analyst file: the same tables as the restricted one, and nobody to be found in it."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sql.connection import PSEUDONYMS
from sql.masks import KINDS
from warehouse.published_file import column_mask, for_analysts, published_tables


@pytest.fixture(scope="module")
def analyst(database: Path) -> Path:
    return database.parents[1] / "analyst" / database.name


@pytest.fixture(scope="module")
def both(database: Path, analyst: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both files of one night, attached as `whole` and `masked`."""
    with duckdb.connect() as connection:
        connection.execute(
            f"ATTACH '{database}' AS whole (READ_ONLY); ATTACH '{analyst}' AS masked (READ_ONLY)"
        )
        yield connection


def one(connection: duckdb.DuckDBPyConnection, query: str) -> object:
    ((value,),) = connection.execute(query).fetchall()
    return value


def tables(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    listing = connection.execute(
        "SELECT schema_name || '.' || table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
        f" WHERE database_name = '{database}' AND schema_name IN ('core', 'out', 'audit') GROUP BY ALL"
    ).fetchall()
    return dict(listing)


def pseudonym(key: Path, kind: str, value: str) -> str:
    """A pseudonym as anybody with the key can make it."""
    secret = hmac.digest(key.read_bytes().strip(), PSEUDONYMS, "sha256")
    letter = KINDS[kind]
    return letter + hashlib.sha256(secret + f"{letter}|{value}".encode()).hexdigest()[:20]


def test_every_published_column_has_a_mask(database: Path) -> None:
    with duckdb.connect(str(database), read_only=True) as connection:
        found = published_tables(connection)
    without = [f"{t.qualified}.{c}" for t in found for c in t.types if column_mask(t, c) is None]
    assert without == []
    assert len(found) > 40
    for table in found:
        for_analysts(table)  # every mask is one of the closed set


def test_the_same_tables_with_as_many_rows(both: duckdb.DuckDBPyConnection) -> None:
    assert tables(both, "masked").keys() == tables(both, "whole").keys()
    for table in tables(both, "whole"):
        counts = [one(both, f"SELECT count(*) FROM {file}.{table}") for file in ("whole", "masked")]
        if table not in (
            "out.summary",
            "audit.link_quality",
            "audit.fairness",
        ):  # small places and small groups are not shown
            assert counts[0] == counts[1], table


def test_rates_by_group_show_no_count_under_five(both: duckdb.DuckDBPyConnection) -> None:
    shown = "SELECT count(*) FROM masked.audit.fairness"
    hidden = f"SELECT (SELECT count(*) FROM whole.audit.fairness) > ({shown}) AND ({shown}) > 0"
    assert one(both, hidden) is True
    assert one(both, f"{shown} WHERE n < 5 OR hits BETWEEN 1 AND 4 OR (hits > 0 AND n - hits < 5)") == 0
    groups = "count(*) AS groups FROM {}.audit.fairness GROUP BY subgroup_kind, unit, measure, colour"
    kept = f"SELECT subgroup_kind, unit, measure, colour, {groups.format('masked')}"
    all_groups = f"SELECT subgroup_kind, unit, measure, colour, {groups.format('whole')}"
    assert one(both, f"SELECT count(*) FROM ({kept} EXCEPT {all_groups})") == 0


@pytest.mark.parametrize(
    "gone",
    ["id_number_raw", "phone", "address", "former_name", "birth_date", "died_on", "plate_no", "account_no",
     "certificate_no", "employer_name", "payer_name", "unit_name", "entity_name", "hospital_code", "school_name",
     "institution", "raw", "line", "sha256", "visit_code", "exported_by"],
)  # fmt: skip
def test_what_names_somebody_is_gone(both: duckdb.DuckDBPyConnection, gone: str) -> None:
    having = {table for table, columns in tables(both, "masked").items() if gone in columns}
    assert having == ({"out.finding"} if gone == "line" else set())  # of a finding the line is a figure
    assert any(gone in columns for columns in tables(both, "whole").values())


def test_no_cell_holds_an_id_or_a_name_of_the_restricted_file(both: duckdb.DuckDBPyConnection) -> None:
    secret: set[str] = set()
    for table, columns in tables(both, "whole").items():
        hidden = [
            c
            for c in columns
            if re.search(r"(_id|_no|name|id_number.*|_code|phone|address|raw|file)(_[ab])?$", c)
        ]
        public = {"division_code", "column_name", "parent_code", "bank_code", "rule_id"}
        for column in set(hidden) - public if not table.startswith(("audit.policy", "core.division")) else ():
            values = both.execute(
                f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM whole.{table}'
            ).fetchall()
            secret |= {value for (value,) in values if value and len(value) > 1}
    assert len(secret) > 20_000
    for table, columns in tables(both, "masked").items():
        for column in columns:
            values = both.execute(
                f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM masked.{table}'
            ).fetchall()
            met = {value for (value,) in values} & secret
            assert len(met) == 0, f"{table}.{column} holds {len(met)} values that name somebody"


def test_no_long_number_but_division_codes(both: duckdb.DuckDBPyConnection) -> None:
    for table, columns in tables(both, "masked").items():
        digests = {column for column in columns if column.endswith("digest")}  # may begin with many digits
        for column in (
            set(columns)
            - digests
            - {
                "division_code",
                "parent_code",
                "name_zh",
            }
        ):  # a code may stand for a name
            text = f'CAST("{column}" AS VARCHAR)'
            long = f"SELECT count(*) FROM masked.{table} WHERE regexp_matches({text}, '(^|[^0-9a-z.])[0-9]{{11,}}')"
            assert one(both, long) == 0, f"{table}.{column}"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) FROM {}.core.person_link AS a JOIN {}.core.person AS b ON a.person_id = b.person_id",
        "SELECT count(*) FROM {}.core.person_link AS a JOIN {}.core.social_insurance AS b ON a.source = 'social_insurance'"
        " AND a.record_no = b.record_no AND a.identity_id = b.identity_id",
        "SELECT count(*) FROM {}.core.link_evidence AS a JOIN {}.core.person_link AS b ON a.identity_id = b.identity_id",
        "SELECT count(*) FROM {}.out.finding AS a JOIN {}.core.household AS b ON a.household_id = b.household_id",
        "SELECT count(*) FROM {}.core.case_member AS a JOIN {}.out.should_not_be_covered AS b ON a.case_no = b.case_no",
        "SELECT count(*) FROM {}.core.person AS a JOIN {}.core.household_registry AS b ON a.household_no = b.household_no",
        "SELECT count(*) FROM {}.out.finding AS a JOIN {}.out.spot_check AS b ON list_contains(b.finding_ids, a.finding_id)",
        "SELECT count(*) FROM {}.core.marriages AS a JOIN {}.core.person AS b ON a.person_id_a = b.person_id",
        "SELECT count(*) FROM (SELECT unnest(json_extract_string(evidence, '$[*].record_no')) AS r FROM {}.out.finding)"
        " AS a JOIN {}.core.assistance_roll AS b ON a.r = b.record_no",
        "SELECT count(*) FROM {}.audit.quarantine AS a JOIN {}.audit.source_snapshot AS b ON a.file = b.file",
    ],
)
def test_pseudonyms_join_as_the_ids_do(both: duckdb.DuckDBPyConnection, query: str) -> None:
    found = one(both, query.format("masked", "masked"))
    assert found == one(both, query.format("whole", "whole"))
    assert isinstance(found, int) and found > 0


def test_pseudonyms_are_keyed_and_one_to_one(both: duckdb.DuckDBPyConnection, installation_key: Path) -> None:
    ids = [str(value) for (value,) in both.execute("SELECT person_id FROM whole.core.person").fetchall()]
    shown = {value for (value,) in both.execute("SELECT person_id FROM masked.core.person").fetchall()}
    assert shown == {pseudonym(installation_key, "person", value) for value in ids} and len(shown) == len(ids)
    records = both.execute("SELECT record_no FROM whole.core.deaths").fetchall()
    made = {pseudonym(installation_key, "record", str(value)) for (value,) in records}
    assert {value for (value,) in both.execute("SELECT record_no FROM masked.core.deaths").fetchall()} == made


def test_rows_stand_in_the_order_of_pseudonyms(both: duckdb.DuckDBPyConnection) -> None:
    for table, column in (("core.person", "person_id"), ("core.household_registry", "record_no")):
        rows = [
            value
            for (value,) in both.execute(f"SELECT {column} FROM masked.{table} ORDER BY rowid").fetchall()
        ]
        assert rows == sorted(rows)


def test_people_are_cut_as_the_specification_says(both: duckdb.DuckDBPyConnection) -> None:
    assert (
        one(
            both, "SELECT count(*) FROM masked.core.person WHERE NOT regexp_full_match(id_number, '[0-9]{6}')"
        )
        == 0
    )
    assert one(both, "SELECT max(length(name)) FROM masked.core.person") == 1
    years = "SELECT {} FROM {}.core.person GROUP BY ALL ORDER BY ALL"
    found = both.execute(years.format("birth_year, count(*)", "masked")).fetchall()
    assert found == both.execute(years.format("year(birth_date), count(*)", "whole")).fetchall()
    months = "SELECT count(*) FROM masked.core.{} WHERE day(coalesce({}, DATE '2000-01-01')) <> 1"
    for table, column in (
        ("person", "died_month"),
        ("deaths", "died_month"),
        ("household_registry", "status_month"),
    ):
        assert one(both, months.format(table, column)) == 0
    assert one(both, "SELECT max(length(diagnosis_code)) FROM masked.core.medical_settlements") == 1
    groups = "SELECT count(*) AS n FROM masked.core.person WHERE ethnicity IS NOT NULL GROUP BY ethnicity"
    assert one(both, f"SELECT min(n) >= 20 FROM ({groups})") is True


def test_small_villages_show_as_their_township(both: duckdb.DuckDBPyConnection) -> None:
    small = (
        "SELECT division_code FROM whole.core.person GROUP BY division_code HAVING count(*) FILTER"
        " (WHERE died_on IS NULL AND coalesce(registry_status, 'normal') = 'normal') < 20"
    )
    for table, columns in tables(both, "masked").items():
        if "division_code" in columns and table != "core.division":
            shown = f"SELECT count(*) FROM masked.{table} WHERE division_code IN ({small}) AND right(division_code, 3) <> '000'"
            assert one(both, shown) == 0, table
    alone = (
        "SELECT count(*) FROM (SELECT division_code FROM masked.core.person WHERE right(division_code, 3) = '000'"
        " GROUP BY 1 HAVING count(*) < 20)"
    )
    assert one(both, alone) == 0  # nor does a township stand for one small village


def test_small_counts_are_hidden(both: duckdb.DuckDBPyConnection) -> None:
    """None is shown, none follows by subtraction (tests/analyst/test_summary.py), what is shown is true."""
    few = "households BETWEEN 1 AND 4 OR people BETWEEN 1 AND 4 OR findings BETWEEN 1 AND 4"
    assert one(both, f"SELECT count(*) FROM masked.out.summary WHERE {few}") == 0
    assert one(both, f"SELECT count(*) FROM whole.out.summary WHERE {few}") != 0
    shared = "SELECT count(*) FROM masked.out.summary AS m JOIN whole.out.summary AS w USING (division_code, program, flag, colour)"
    figures = ("households", "people", "findings", "money")
    same = " AND ".join(f"m.{figure} IS NOT DISTINCT FROM w.{figure}" for figure in figures)
    none = " AND ".join(f"m.{figure} IS NULL" for figure in figures)
    assert one(both, f"{shared} WHERE NOT ({same}) AND NOT ({none})") == 0
    for level in ("township", "county", "city"):
        assert one(both, f"{shared} WHERE {same} AND m.level = '{level}'") != 0, level


def test_the_summary_adds_up_from_township_to_city(both: duckdb.DuckDBPyConnection) -> None:
    figures = "sum(households), sum(people), sum(findings), sum(money)"
    levels = (
        "SELECT level, program, flag, colour, {} FROM whole.out.summary WHERE level <> 'village' GROUP BY ALL"
    )
    sums = both.execute(
        f"SELECT DISTINCT program, flag, colour, COLUMNS(* EXCLUDE (program, flag, colour, level)) FROM ({levels.format(figures)})"
        " WHERE level IN ('township', 'county', 'city')"
    ).fetchall()
    assert len(sums) == len({row[:3] for row in sums}) > 0  # one sum whatever the level
    assert {row[1:3] for row in sums} == {
        (flag, colour) for flag in ("risk", "omission", "care") for colour in ("red", "yellow", "green")
    }


def test_explanations_and_evidence_say_everything_but_who(both: duckdb.DuckDBPyConnection) -> None:
    said = both.execute(
        "SELECT explanation_zh, explanation_en, green_if_zh, evidence FROM masked.out.finding"
    ).fetchall()
    assert all(all(text for text in row) for row in said)
    whole = "\n".join(text for row in said for text in row)
    assert "某" in whole
    assert (
        re.findall(
            r"尾号|ending in|出生(?:于|日期为)[0-9]+年[0-9]|born [0-9]{4}-|死亡（[^）]*），[0-9]+年[0-9]+月[0-9]+日",
            whole,
        )
        == []
    )
    assert re.findall(r"detail|已于[0-9]+年[0-9]+月[0-9]+日死亡", whole) == []
    days = both.execute(
        "SELECT DISTINCT split_part(fact.values.what, ':', 1), fact.source, length(fact.values.\"on\")"
        " FROM (SELECT unnest(from_json(evidence,"
        """ '[{"source": "VARCHAR", "values": {"what": "VARCHAR", "on": "VARCHAR"}}]')) AS fact FROM masked.out.finding)"""
    ).fetchall()
    assert {length for what, _, length in days if what == "registry"} <= {4, 7}
    assert {length for _, source, length in days if source == "deaths"} == {7}
    assert {length for what, _, length in days if what == "roll"} == {10}
    for table in ("should_not_be_covered", "missing_from_coverage"):
        texts = f"SELECT count(*) FROM masked.out.{table} WHERE coalesce(explanation_zh, '') = ''"
        assert one(both, texts) == 0
        lines = (
            "SELECT sum(length(explanation_zh) - length(replace(explanation_zh, chr(10), ''))) FROM {}.out."
            + table
        )
        assert one(both, lines.format("masked")) == one(both, lines.format("whole"))
