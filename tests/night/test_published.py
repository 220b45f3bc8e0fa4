"""What a published night is, as a reader of the file sees it."""

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from sources import CONTRACTS
from tests.night.conftest import NIGHT, Ended, night_of
from warehouse.commit import AUDIENCES

OUTPUTS = yaml.safe_load(Path(__file__).with_name("outputs.yaml").read_text())


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("table", sorted(OUTPUTS))
def test_every_table_is_there_with_its_columns(database: Path, table: str) -> None:
    found = {name for (name,) in rows(database, f"SELECT column_name FROM (DESCRIBE {table})")}
    assert set(OUTPUTS[table]) <= found and found


@pytest.mark.parametrize("source", sorted(CONTRACTS))
def test_every_canonical_table_has_its_contract_and_who(database: Path, source: str) -> None:
    found = [name for (name,) in rows(database, f"SELECT column_name FROM (DESCRIBE core.{source})")]
    contract = [column.name for column in CONTRACTS[source].columns]
    assert found[: len(contract)] == contract
    assert {"unreadable", "snapshot_date", "file", "line"} <= set(found)
    assert {"person_id", "identity_id"} <= set(found) or {"person_id_a", "person_id_b"} <= set(found)


def test_every_table_and_column_has_a_comment(database: Path) -> None:
    columns = rows(
        database,
        "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns()"
        " WHERE schema_name IN ('core', 'out', 'audit', 'zh') AND coalesce(comment, '') = ''",
    )
    tables = rows(database, "SELECT table_name FROM duckdb_tables() WHERE coalesce(comment, '') = ''")
    assert sorted(columns) == [] and tables == []


def test_money_is_exact_and_no_work_schema_is_published(database: Path) -> None:
    doubles = rows(
        database,
        "SELECT column_name FROM duckdb_columns() WHERE data_type IN ('DOUBLE', 'FLOAT') AND NOT internal"
        " AND schema_name <> 'zh'",
    )
    allowed = {
        "probability",
        "runner_up_probability",
        "weight",
        "inclusion_probability",
        "precision",
        "seconds",
    }
    stems = {str(name).removesuffix("_a").removesuffix("_b").removeprefix("guardian_") for (name,) in doubles}
    figures = {f"{kind}_{of}" for kind in ("expected", "labelled") for of in ("precision", "recall")}
    ends = {f"{figure}_{end}" for figure in figures for end in ("low", "high")}
    drift = {"m", "u", "expected", "observed", "stability_index"}
    shares = {
        f"{of}{when}" for of in ("usable_numbers", "with_candidate", "linked") for when in ("", "_before")
    }
    fairness = {"rate", "rate_low", "rate_high", "whole_rate", "ratio", "rest_low", "rest_high"}
    assert stems <= allowed | figures | ends | drift | shares | fairness | {"chance_probability"}
    schemas = {name for (name,) in rows(database, "SELECT DISTINCT schema_name FROM duckdb_tables()")}
    assert schemas == {"core", "out", "audit"}


def test_rows_are_conserved_file_by_file(database: Path) -> None:
    broken = rows(
        database,
        "SELECT file FROM audit.source_snapshot WHERE refused_why IS NULL"
        " AND rows_delivered <> rows_accepted + rows_quarantined + coalesce(rows_dropped_unauthorized, 0)",
    )
    assert broken == []
    sums = (
        "SELECT source, sum(rows_accepted - coalesce(rows_superseded, 0)) FROM audit.source_snapshot"
        " WHERE refused_why IS NULL GROUP BY ALL"
    )
    accepted = dict(rows(database, sums))
    for source, expected in accepted.items():
        assert rows(database, f"SELECT count(*) FROM core.{source}") == [(expected,)]


def test_gated_rows_belong_to_authorized_people_and_quarantine_shows_none(database: Path) -> None:
    for source in ("bank_accounts", "financial_products", "tax_income"):
        strangers = rows(
            database,
            f"SELECT count(*) FROM core.{source} WHERE coalesce(person_id, candidate_person_id, '') NOT IN"
            " (SELECT person_id FROM core.case_member WHERE authorized)",
        )
        assert strangers == [(0,)]
        assert rows(
            database,
            f"SELECT count(*) FROM audit.quarantine WHERE source = '{source}' AND (raw IS NOT NULL OR record_no IS NOT NULL)",
        ) == [(0,)]


def test_every_row_of_a_case_has_a_person_and_every_person_a_household(database: Path) -> None:
    assert rows(database, "SELECT count(*) FROM core.case_member WHERE person_id IS NULL") == [(0,)]
    assert rows(database, "SELECT count(*) FROM core.assistance_roll WHERE person_id IS NULL") == [(0,)]
    homeless = (
        "SELECT count(*) FROM core.person WHERE household_id IS NULL AND (in_registry OR person_id IN"
        " (SELECT person_id FROM core.case_member WHERE status <> 'ended' AND role IN ('applicant', 'member')))"
    )
    assert rows(database, homeless) == [(0,)]


def test_the_digest_is_the_same_with_one_thread_and_without_a_cache(
    landing: Path, published: Ended, tmp_path: Path
) -> None:
    again = night_of(landing, tmp_path / "warehouse", NIGHT, threads=1, cache=False)
    assert again.summary["digest"] == published.summary["digest"]
    assert not (tmp_path / "warehouse" / "cache").exists()


READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
before = connection.execute("SELECT digest FROM audit.run").fetchall()
print("open", flush=True)
sys.stdin.readline()
assert connection.execute("SELECT digest FROM audit.run").fetchall() == before
print(connection.execute("SELECT count(*) FROM out.finding").fetchall()[0][0], flush=True)
"""


def test_readers_of_both_files_are_never_disturbed_by_a_publication(
    landing: Path, published: Ended, tmp_path: Path
) -> None:
    before = Path(published.summary["database"]).parents[2]
    warehouse = Path(shutil.copytree(before, tmp_path / "warehouse", symlinks=True))
    currents = [warehouse / "published" / audience / "current.duckdb" for audience in AUDIENCES]
    with contextlib.ExitStack() as stack:
        readers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", READER, str(current)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for current in currents
        ]
        assert [reader.stdout.readline() for reader in readers if reader.stdout] == ["open\n"] * 2
        assert night_of(landing, warehouse).published
        for reader in readers:
            assert reader.stdout is not None and reader.stdin is not None
            reader.stdin.write("\n")
            reader.stdin.flush()
            assert int(reader.stdout.readline()) > 0
            assert reader.wait() == 0
    assert [current.readlink() for current in currents] == [Path(f"{NIGHT}.duckdb")] * 2
    assert not list(warehouse.rglob("*.before")) and [p.name for p in (warehouse / "work").iterdir()] == [
        "lock"
    ]
