"""What a night keeps for the next: the same rows give the same digests, other rows others."""

from collections.abc import Iterator

import duckdb
import pytest

from sources import CONTRACTS
from sql.connection import prepare
from sql.models import build, models
from warehouse import state

SEATS = {"marriages": ("{}_a", "{}_b"), "children_care": ("{}", "guardian_{}")}
LINK = ("id_number_raw", "identity_id", "person_id", "candidate_person_id")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Empty canonical tables, all text."""
    connection = duckdb.connect(config={"threads": 1})
    prepare(connection, b"tests")
    for schema in ("raw", "core", "means", "carry"):
        connection.execute(f"CREATE SCHEMA {schema}")
    for source, contract in CONTRACTS.items():
        names = [column.name for column in contract.columns]
        names += [seat.format(name) for seat in SEATS.get(source, ("{}",)) for name in LINK]
        columns = ", ".join(f"{name} VARCHAR" for name in dict.fromkeys(names))
        connection.execute(f"CREATE TABLE core.{source} ({columns})")
    connection.execute("ALTER TABLE core.marriages RENAME id_number_raw_a TO id_number_a_raw")
    connection.execute("ALTER TABLE core.marriages RENAME id_number_raw_b TO id_number_b_raw")
    yield connection
    connection.close()


def add(con: duckdb.DuckDBPyConnection, source: str, **row: str) -> None:
    """Add one row to a canonical table."""
    marks = ", ".join("?" * len(row))
    con.execute(f"INSERT INTO core.{source} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def content(con: duckdb.DuckDBPyConnection, person: str, source: str) -> int | None:
    """Build the digests and return one."""
    build(con, models()["carry.content"])
    found = con.execute(
        "SELECT content FROM carry.content WHERE pair = hash(?, ?)", [person, source]
    ).fetchall()
    return int(found[0][0]) if found else None


def test_a_snapshot_numbered_anew_in_another_order_says_the_same(con: duckdb.DuckDBPyConnection) -> None:
    add(con, "vehicles", person_id="P1", record_no="1", plate_no="A")
    add(con, "vehicles", person_id="P1", record_no="2", plate_no="B")
    before = content(con, "P1", "vehicles")
    con.execute("DELETE FROM core.vehicles")
    add(con, "vehicles", person_id="P1", record_no="7", plate_no="B")
    add(con, "vehicles", person_id="P1", record_no="8", plate_no="A")
    assert content(con, "P1", "vehicles") == before is not None


@pytest.mark.parametrize(
    "changed", [{"plate_no": "B"}, {"status": "scrapped"}, {"purchase_price": "1"}, {"id_number_raw": "1"}]
)
def test_a_row_that_says_something_else_shows(
    changed: dict[str, str], con: duckdb.DuckDBPyConnection
) -> None:
    add(con, "vehicles", person_id="P1", plate_no="A")
    before = content(con, "P1", "vehicles")
    con.execute("DELETE FROM core.vehicles")
    add(con, "vehicles", **({"person_id": "P1", "plate_no": "A"} | changed))
    assert content(con, "P1", "vehicles") not in (before, None)


def test_a_row_delivered_twice_shows(con: duckdb.DuckDBPyConnection) -> None:
    add(con, "vehicles", person_id="P1", plate_no="A")
    before = content(con, "P1", "vehicles")
    add(con, "vehicles", person_id="P1", plate_no="A")
    assert content(con, "P1", "vehicles") != before


def test_a_row_in_review_counts_with_its_candidate(con: duckdb.DuckDBPyConnection) -> None:
    add(con, "vehicles", candidate_person_id="P1", plate_no="A")
    before = content(con, "P1", "vehicles")
    con.execute("UPDATE core.vehicles SET person_id = 'P1', candidate_person_id = NULL")
    assert content(con, "P1", "vehicles") == before is not None


@pytest.mark.parametrize(
    ("source", "unit"), [("household_registry", "household_no"), ("assistance_roll", "case_no")]
)
def test_who_joins_a_booklet_or_a_case_shows_for_the_others(
    source: str, unit: str, con: duckdb.DuckDBPyConnection
) -> None:
    more = {"program": "dibao"} if source == "assistance_roll" else {}
    add(con, source, person_id="P1", **{unit: "1"}, **more)
    add(con, source, person_id="P3", **{unit: "2"}, **more)
    before = {person: content(con, person, source) for person in ("P1", "P3")}
    add(con, source, person_id="P2", **{unit: "1"}, **more)
    assert content(con, "P1", source) != before["P1"]
    assert content(con, "P3", source) == before["P3"]


def test_both_seats_of_a_marriage_and_the_guardian_are_spoken_of(con: duckdb.DuckDBPyConnection) -> None:
    add(con, "marriages", person_id_a="P1", person_id_b="P2", event="marriage")
    add(con, "children_care", person_id="P3", guardian_person_id="P4")
    assert content(con, "P1", "marriages") == content(con, "P2", "marriages") is not None
    assert content(con, "P3", "children_care") == content(con, "P4", "children_care") is not None


def test_who_is_nobody_is_not_kept(con: duckdb.DuckDBPyConnection) -> None:
    add(con, "vehicles", plate_no="A")
    build(con, models()["carry.content"])
    assert con.execute("SELECT count(*) FROM carry.content").fetchall() == [(0,)]


def test_a_source_is_the_files_used_and_what_could_be_read_of_them(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE TABLE raw.source_state AS SELECT 'vehicles' AS source, 'fresh' AS state")
    con.execute("CREATE TABLE means.source_cover (source VARCHAR, is_there BOOLEAN)")
    con.execute(
        "CREATE TABLE raw.delivery_file AS FROM (VALUES ('vehicles', 'b', 5, 0, NULL), ('vehicles', 'a', 4, 1, NULL),"
        " ('vehicles', 'c', NULL, NULL, 'no manifest'))"
        " AS file (source, sha256, rows_accepted, rows_dropped_unauthorized, refused_why)"
    )

    def delivery() -> str:
        build(con, models()["carry.source"])
        ((found,),) = con.execute("SELECT delivery FROM carry.source").fetchall()
        return str(found)

    before = delivery()
    con.execute("DELETE FROM raw.delivery_file WHERE sha256 = 'c'")
    assert delivery() == before
    con.execute("UPDATE raw.delivery_file SET rows_accepted = 6 WHERE sha256 = 'b'")
    assert delivery() != before


@pytest.mark.parametrize(
    ("state", "is_there", "kept"),
    [("fresh", True, "fresh"), ("fresh", None, "fresh"), ("fresh", False, "late"), ("stale", False, "stale")],
)
def test_a_fresh_source_that_does_not_reach_the_window_is_late(
    state: str, is_there: bool | None, kept: str, con: duckdb.DuckDBPyConnection
) -> None:
    con.execute(
        "CREATE TABLE raw.source_state AS SELECT 'tax_income' AS source, $state AS state", {"state": state}
    )
    con.execute(
        "CREATE TABLE means.source_cover AS SELECT 'tax_income' AS source, $there::BOOLEAN AS is_there",
        {"there": is_there},
    )
    con.execute(
        "CREATE TABLE raw.delivery_file (source VARCHAR, sha256 VARCHAR, rows_accepted BIGINT,"
        " rows_dropped_unauthorized BIGINT, refused_why VARCHAR)"
    )
    build(con, models()["carry.source"])
    assert con.execute("SELECT state, delivery FROM carry.source").fetchall() == [(kept, None)]


def test_a_figure_that_will_take_effect_later_is_not_kept(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE SCHEMA policy")
    con.execute("CREATE TABLE policy.night AS SELECT DATE '2021-12-31' AS night")
    con.execute(
        "CREATE TABLE policy.figure AS SELECT 'taper_months' AS name, NULL AS key, '6' AS value, since AS effective_from,"
        " TRUE AS in_force, FALSE AS unconfirmed"
        " FROM (VALUES (DATE '2000-01-01'), (DATE '2021-12-31'), (DATE '2022-01-01')) AS figure (since)"
    )
    build(con, models()["carry.figure"])
    kept = con.execute("SELECT effective_from FROM carry.figure ORDER BY ALL").fetchall()
    assert [str(day) for (day,) in kept] == ["2000-01-01", "2021-12-31"]


def test_a_finding_keeps_its_rows_and_its_people_and_a_held_one_those_it_had(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute("CREATE SCHEMA rule")
    con.execute(
        "CREATE TABLE rule.finding AS SELECT 'F1' AS finding_id,"
        " [{'source': 'vehicles', 'record_no': '1', 'snapshot_date': DATE '2021-12-31', 'decision': 'linked'}] AS facts"
    )
    con.execute(
        "CREATE TABLE core.person_link AS FROM (VALUES ('vehicles', '1', DATE '2021-12-31', 'I1', 'linked', 'P3', NULL),"
        " ('vehicles', '1', DATE '2021-12-30', 'I2', 'linked', 'P4', NULL))"
        " AS link (source, record_no, snapshot_date, identity_id, standing, person_id, candidate_person_id)"
    )
    con.execute("CREATE SCHEMA out")
    con.execute(
        "CREATE TABLE out.finding AS SELECT 'F1' AS finding_id, NULL AS person_id, 'H1' AS household_id, 'open' AS status"
    )
    state.read_into(con, None)
    con.execute("CREATE SCHEMA held")
    con.execute("CREATE TABLE held.finding AS SELECT 'F2' AS finding_id")
    con.execute(
        "INSERT INTO state.finding_row VALUES ('F2', 'vehicles', 'I9', 'linked', 'P9'),"
        " ('F3', 'vehicles', 'I8', 'linked', 'P8')"
    )
    con.execute("INSERT INTO state.finding_person VALUES ('F2', 'P7'), ('F3', 'P6')")
    con.execute("CREATE TABLE core.household_member AS SELECT 'H1' AS household_id, 'P1' AS person_id")
    build(con, models()["carry.finding_row"])
    build(con, models()["carry.finding_person"])
    rows = con.execute(
        "SELECT finding_id, source, identity_id, decision, person_id FROM carry.finding_row ORDER BY ALL"
    ).fetchall()
    assert rows == [("F1", "vehicles", "I1", "linked", "P3"), ("F2", "vehicles", "I9", "linked", "P9")]
    people = con.execute("SELECT finding_id, person_id FROM carry.finding_person ORDER BY ALL").fetchall()
    assert people == [("F1", "P1"), ("F1", "P3"), ("F2", "P7"), ("F2", "P9")]  # F2 is held, F3 is forgotten


def test_only_an_open_household_case_has_an_authorization_to_compare(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE TABLE core.case_member AS FROM (VALUES ('P1', TRUE, TRUE, TRUE), ('P1', FALSE, TRUE, TRUE),"
        " ('P2', FALSE, TRUE, TRUE), ('P3', TRUE, FALSE, TRUE), ('P4', TRUE, TRUE, FALSE))"
        " AS member (person_id, authorized, is_open, is_household_program)"
    )
    build(con, models()["carry.authorization"])
    kept = con.execute("SELECT person_id, authorized FROM carry.authorization ORDER BY ALL").fetchall()
    assert kept == [("P1", True), ("P2", False)]
