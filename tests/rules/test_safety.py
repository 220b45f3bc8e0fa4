"""What no rule may ever do: make somebody red by a name alone, by a row in review, by a late fact that can end."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

Row = dict[str, Any]
Runner = Callable[[list[Row], tuple[str, ...]], duckdb.DuckDBPyConnection]
REDS = "SELECT rule_id, lowered_by FROM out.finding WHERE severity = 'red' AND kind = 'exclusion'"
PLACES = (
    "deaths",
    "vehicles",
    "real_estate",
    "bank_accounts",
    "financial_products",
    "tax_income",
    "social_insurance",
)


def accused(cases: tuple[Row, ...]) -> list[Row]:
    """Return the exclusion cases that end in red, as they stand."""
    return [
        case
        for case in cases
        if case["rule"].startswith("X") and "stale" not in case and "'red'" in repr(case["expect"])
    ]


def with_links(case: Row, link: str) -> Row:
    """Return the case with every row of every department linked in a weaker way."""
    weaker = {source: [{**row, "link": link} for row in case[source]] for source in PLACES if source in case}
    return {**case, **weaker}


def with_roll(case: Row) -> Row:
    """Return the case with every roll row linked by name alone."""
    changed = {**case}
    if "household" in case:
        members = [{**member, "roll": "no_number"} for member in case["household"]["members"]]
        changed["household"] = {**case["household"], "members": members}
    changed["cases"] = [{**extra, "row": {"roll": "no_number"}} for extra in case.get("cases", [])]
    return changed


def test_there_are_red_cases_to_weaken(every_case: tuple[Row, ...]) -> None:
    assert len(accused(every_case)) > 20


@pytest.mark.parametrize("link", ["no_number", "review"])
def test_no_red_rests_on_rows_without_a_number(
    link: str, every_case: tuple[Row, ...], run_cases: Runner
) -> None:
    # A cancellation in the registry is enough without the report of a death.
    resting = [case for case in accused(every_case) if any(source in case for source in PLACES)]
    resting = [case for case in resting if "death_cancelled" not in repr(case)]
    con = run_cases([with_links(case, link) for case in resting], ())
    assert con.execute(REDS).fetchall() == []


def test_no_red_rests_on_a_roll_row_without_a_number(every_case: tuple[Row, ...], run_cases: Runner) -> None:
    con = run_cases([with_roll(case) for case in accused(every_case) if "booklet" not in case], ())
    assert con.execute(REDS).fetchall() == []


def test_no_red_rests_on_a_late_roll(every_case: tuple[Row, ...], run_cases: Runner) -> None:
    con = run_cases(accused(every_case), ("assistance_roll",))
    assert con.execute(REDS).fetchall() == []


def test_the_facts_of_every_red_are_linked_by_number(every_case: tuple[Row, ...], run_cases: Runner) -> None:
    con = run_cases([case for case in every_case if kind_is_plain(case)], ())
    bad = con.execute(
        "SELECT rule_id, fact.source FROM (SELECT rule_id, unnest(facts) AS fact FROM rule.lowered_ground"
        " WHERE place = 1 AND severity = 'red') WHERE fact.decision <> 'linked' OR fact.by_number = FALSE"
    ).fetchall()
    assert bad == []


def test_what_was_lowered_says_why_and_says_it_aloud(every_case: tuple[Row, ...], run_cases: Runner) -> None:
    con = run_cases([case for case in every_case if kind_is_plain(case)], ())
    lowered = con.execute(
        "SELECT lowered_by, severity, explanation_zh FROM out.finding WHERE lowered_by IS NOT NULL"
    ).fetchall()
    assert lowered
    assert all(severity == "yellow" and "按黄色提示" in text for _, severity, text in lowered)


def kind_is_plain(case: Row) -> bool:
    return "stale" not in case and "night" not in case
