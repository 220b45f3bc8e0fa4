"""Every case of tests/rules/*.yaml holds; every rule has cases that hit, pass and nearly hit."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from findings.catalogue import rules
from sources import CONTRACTS
from tests.rules.judging import MISSING, NAMES, broken, holds
from tests.rules.place import NIGHT, all_cases, kind_of

Row = dict[str, Any]
FINDINGS = f"""
SELECT finding.severity, finding.suggested_step, finding.program, finding.lowered_by, finding.person_id,
       finding.case_no, finding.amount, finding.line, json_array_length(finding.evidence),
       told.particulars, {MISSING.format("told.missing")}
FROM out.finding AS finding
INNER JOIN rule.finding AS told ON finding.finding_id = told.finding_id
WHERE finding.rule_id = $rule AND finding.status = 'open' AND (
    finding.person_id LIKE $people OR finding.household_id IN (
        SELECT household_id FROM core.household_member WHERE person_id LIKE $people))
ORDER BY finding.severity, finding.person_id, finding.program
"""


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case['rule']}: {case['name']}")
def test_case(case: Row, place_of: Callable[[Row], duckdb.DuckDBPyConnection]) -> None:
    con = place_of(case)
    people = f"T{case['number']:04d}-%"
    rows = con.execute(FINDINGS, {"rule": case["rule"], "people": people}).fetchall()
    found = [dict(zip(NAMES, row, strict=True)) for row in rows]
    for each in found:
        each["who"] = each["who"].split("-")[1] if each["who"] else None
    assert holds(case, found), (case["expect"], found)


def test_every_rule_has_a_hit_a_pass_and_near_misses() -> None:
    for rule in rules():
        own = [case for case in all_cases() if case["rule"] == rule]
        hits = [case for case in own if case["expect"] != "none"]
        assert hits, f"{rule} has no case that it finds"
        assert len(own) - len(hits) >= 2, f"{rule} has too few cases that it must not find"


def test_a_tentative_link_holds_and_silences_no_more_than_a_row_in_review(
    every_case: tuple[Row, ...], run_cases: Callable[[list[Row], tuple[str, ...]], duckdb.DuckDBPyConnection]
) -> None:
    """identity.md 7: what is linked on a name and a birth date counts in high alone, and no accusation rests on it."""
    usual = [case for case in every_case if kind_of(case) == (NIGHT, ())]
    changed = [
        case | {source: tentative(case[source]) for source in CONTRACTS if source in case} for case in usual
    ]
    changed = [case for case, was in zip(changed, usual, strict=True) if case != was]
    assert len(changed) > 40
    assert broken(run_cases(changed, ()), changed) == []


def tentative(rows: list[Row]) -> list[Row]:
    return [{**row, "link": "tentative"} if row.get("link") == "review" else row for row in rows]
