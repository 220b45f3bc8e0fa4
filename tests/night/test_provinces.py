"""One city, delivered as two provinces deliver: one night's results, and nothing but configuration between them."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

import pipelines.run
from pipelines.settings import Settings
from synth import make_city
from tests.night.conftest import NIGHT

OF_THE_DELIVERY = {"explanation_zh", "explanation_en", "explanation", "evidence"}
"""Columns that name snapshots: a department that delivers by the month dates its rows otherwise."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The night of the same city in the other layout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    make_city(folder, 1_500, 7, night=NIGHT, plants=1, delivered_as="anhui")
    told = Settings(NIGHT, folder / "landing", folder / "warehouse", "rugao", "anhui", threads=1)
    outcome = pipelines.run.run_night(told)
    assert outcome.published, outcome.why
    return Path(outcome.summary["database"])


def columns(file: Path, table: str) -> list[str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(f"{query} ORDER BY ALL").fetchall()


def test_every_finding_of_the_first_is_one_of_the_second(database: Path, elsewhere: Path) -> None:
    wanted = [name for name in columns(database, "out.finding") if name not in OF_THE_DELIVERY]
    query = f"SELECT {', '.join(wanted)} FROM out.finding"
    found = rows(database, query)
    assert found == rows(elsewhere, query)
    assert len({rule for (rule,) in rows(database, "SELECT rule_id FROM out.finding")}) > 15


@pytest.mark.parametrize(
    "table",
    ["out.household_flag", "out.should_not_be_covered", "out.missing_from_coverage", "core.person_same_as"],
)
def test_colours_and_lists_are_the_same(database: Path, elsewhere: Path, table: str) -> None:
    wanted = [name for name in columns(database, table) if name not in OF_THE_DELIVERY]
    query = f"SELECT {', '.join(wanted)} FROM {table}"
    assert rows(database, query) == rows(elsewhere, query)


def test_every_row_is_linked_to_the_same_person(database: Path, elsewhere: Path) -> None:
    query = "SELECT source, record_no, seat, decision, person_id, candidate_person_id, by_number FROM core.person_link"
    # Broken rows are about nobody, and other ones in each layout.
    query += " WHERE NOT regexp_matches(record_no, '^[A-Z]+80[0-9]{5}$')"
    found = rows(database, query)
    assert len(found) > 5_000
    assert found == rows(elsewhere, query)


def test_what_a_later_increment_replaces_is_counted_and_gone(elsewhere: Path) -> None:
    query = "SELECT source, sum(rows_superseded) > 0 FROM audit.source_snapshot GROUP BY ALL"
    replaced = {source for source, any_ in rows(elsewhere, query) if any_}
    assert replaced == {"tax_income", "medical_settlements"}
    twice = "SELECT record_no FROM core.medical_settlements GROUP BY record_no HAVING count(*) > 1"
    assert rows(elsewhere, twice) == []
    newest = "SELECT max(snapshot_date), count(DISTINCT snapshot_date) > 12 FROM core.medical_settlements"
    assert rows(elsewhere, newest) == [(date(2021, 12, 26), True)]
