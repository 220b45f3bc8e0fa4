"""Three nights of one warehouse, the second without the vehicle register: what stays, clears, returns, and why."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.night.conftest import AFTER, BEFORE, NIGHT

THREE = (BEFORE, NIGHT, AFTER)


@pytest.fixture(scope="module")
def history(returned: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The three nights' restricted files, open as `n1`, `n2` and `n3`."""
    con = duckdb.connect()
    for number, night in enumerate(THREE, start=1):
        file = returned / "published" / "restricted" / f"{night}.duckdb"
        con.execute(f"ATTACH '{file}' AS n{number} (READ_ONLY)")
    yield con
    con.close()


def same(con: duckdb.DuckDBPyConnection, one: str, other: str) -> None:
    """Two queries return the same rows, and some."""
    rows = con.execute(one).fetchall()
    assert rows and rows == con.execute(other).fetchall()


def test_what_rests_on_a_source_that_is_gone_clears_and_says_so(history: duckdb.DuckDBPyConnection) -> None:
    same(
        history,
        "SELECT finding_id, 'cleared', 'source', severity FROM n1.out.finding WHERE rule_id = 'X05' ORDER BY ALL",
        "SELECT finding_id, change, cause, severity_before FROM n2.out.alert WHERE rule_id = 'X05' ORDER BY ALL",
    )


def test_what_returns_is_new_and_is_first_seen_anew(history: duckdb.DuckDBPyConnection) -> None:
    same(
        history,
        f"SELECT finding_id, DATE '{AFTER}', 'new', 'source' FROM n3.out.finding"
        " WHERE rule_id = 'X05' AND status <> 'cleared' ORDER BY ALL",
        "SELECT finding_id, first_seen, change, cause FROM n3.out.alert JOIN n3.out.finding USING (finding_id)"
        " WHERE n3.out.alert.rule_id = 'X05' ORDER BY ALL",
    )


def test_a_cleared_finding_stays_one_night_and_colours_nothing(history: duckdb.DuckDBPyConnection) -> None:
    cleared = "SELECT count(*) FROM {}.out.finding WHERE rule_id = 'X05' AND status = 'cleared'"
    ((gone,),) = history.execute(cleared.format("n2")).fetchall()
    assert gone > 0
    assert history.execute(cleared.format("n3")).fetchall() == [(0,)]
    reasons = "SELECT count(*) FROM n2.out.household_flag WHERE list_contains(risk_reasons, 'X05')"
    assert history.execute(reasons).fetchall() == [(0,)]


def test_what_stays_keeps_its_first_night_through_all_three(history: duckdb.DuckDBPyConnection) -> None:
    query = (
        "SELECT count(*), count(*) FILTER (WHERE later.first_seen = first.first_seen) FROM n3.out.finding AS later"
        " JOIN n1.out.finding AS first USING (finding_id) WHERE later.rule_id <> 'X05' AND later.status <> 'cleared'"
        " AND finding_id IN (SELECT finding_id FROM n2.out.finding WHERE status <> 'cleared')"
    )
    ((found, kept),) = history.execute(query).fetchall()
    assert found == kept > 0


@pytest.mark.parametrize("table", ["should_not_be_covered", "missing_from_coverage"])
def test_a_list_row_stands_since_its_oldest_open_finding(
    table: str, history: duckdb.DuckDBPyConnection
) -> None:
    for night in ("n1", "n2", "n3"):
        query = (
            f"SELECT count(*) FROM {night}.out.{table} AS row WHERE since <> (SELECT min(first_seen)"
            f" FROM {night}.out.finding AS f WHERE list_contains(row.finding_ids, f.finding_id))"
        )
        assert history.execute(query).fetchall() == [(0,)]
    ages = history.execute(f"SELECT DISTINCT since FROM n3.out.{table} ORDER BY since").fetchall()
    assert ages[0] == (BEFORE,)


def test_every_alert_has_a_cause_and_the_totals_are_theirs(history: duckdb.DuckDBPyConnection) -> None:
    for night in ("n2", "n3"):
        ((alerts, caused),) = history.execute(
            f"SELECT count(*), count(cause) FROM {night}.out.alert"
        ).fetchall()
        assert alerts == caused > 0
        assert history.execute(f"SELECT sum(n) FROM {night}.audit.change").fetchall() == [(alerts,)]
    assert history.execute("SELECT count(*) FROM n1.audit.change").fetchall() == [(0,)]


def test_an_id_is_minted_once_and_its_events_are_told_on_their_night(
    history: duckdb.DuckDBPyConnection,
) -> None:
    same(
        history,
        f"SELECT person_id, DATE '{BEFORE}', 'minted' FROM n1.core.person ORDER BY ALL",
        "SELECT person_id, night, event FROM n1.core.person_event ORDER BY ALL",
    )
    for night, earlier, day in (("n2", "n1", NIGHT), ("n3", "n2", AFTER)):
        new = f"SELECT person_id FROM {night}.core.person EXCEPT SELECT person_id FROM {earlier}.core.person"
        told = f"SELECT person_id FROM {night}.core.person_event WHERE event IN ('minted', 'split')"
        assert set(history.execute(new).fetchall()) == set(history.execute(told).fetchall())
        nights = f"SELECT DISTINCT night FROM {night}.core.person_event"
        assert set(history.execute(nights).fetchall()) <= {(day,)}


def test_a_small_citys_ordinary_nights_hold_nothing(history: duckdb.DuckDBPyConnection) -> None:
    for night in ("n1", "n2", "n3"):
        assert history.execute(f"SELECT count(*) FROM {night}.audit.held").fetchall() == [(0,)]
        assert history.execute(f"SELECT count(held_why) FROM {night}.out.finding").fetchall() == [(0,)]
