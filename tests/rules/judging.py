"""Whether what fired is what the cases expect.

Here belongs the comparison of findings with cases, of one or of all at once. Not here: how a place is made or run.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import duckdb

Row = dict[str, Any]
NAMES = ("severity", "step", "program", "lowered_by", "who", "case", "amount", "line", "facts", "says", "missing")  # fmt: skip
MISSING = "list_transform({}, lambda each: concat_ws(' ', each.source, each.state, each.people))"
FIRED = f"""
SELECT
    best.rule_id, best.household_id, best.person_id, best.severity, best.step, best.program, best.lowered_by,
    best.case_no, best.amount, best.line, gathered.facts, best.particulars,
    {MISSING.format("coalesce(late.missing, []) || coalesce(unasked.missing, [])")}
FROM rule.lowered_ground AS best
INNER JOIN (
    SELECT rule_id, subject, program, len(list_distinct(flatten(list(facts)))) AS facts
    FROM rule.lowered_ground
    GROUP BY rule_id, subject, program
) AS gathered
    ON best.rule_id = gathered.rule_id AND best.subject = gathered.subject
    AND best.program IS NOT DISTINCT FROM gathered.program
LEFT JOIN fact.missing_source AS late ON best.rule_id = late.rule_id
LEFT JOIN fact.unasked_source AS unasked
    ON best.rule_id = unasked.rule_id AND best.subject = unasked.subject
    AND best.program IS NOT DISTINCT FROM unasked.program
WHERE best.place = 1
"""


def wanted(expect: Any) -> list[Row]:
    """Return what is expected as a list: none, red, yellow, no colour, or mappings that say more."""
    if expect == "none":
        return []
    if isinstance(expect, str):
        return [{"severity": None if expect == "no colour" else expect}]
    return expect if isinstance(expect, list) else [expect]


def same(found: Any, expected: Any) -> bool:
    """Return whether a finding says what is expected; amounts to the fen, of particulars those that are named."""
    if isinstance(expected, dict):
        particulars = json.loads(found)
        return all(particulars[key] == value for key, value in expected.items())
    return found == (Decimal(str(expected)) if isinstance(expected, int | float) else expected)


def holds(case: Row, found: list[Row]) -> bool:
    """Return whether the findings of a case's rule and people are those it expects."""
    expected = wanted(case["expect"])
    return len(found) == len(expected) and all(
        any(all(same(each[key], value) for key, value in one.items()) for each in found) for one in expected
    )


def people_of(con: duckdb.DuckDBPyConnection) -> dict[str, set[int]]:
    """Return the cases whose people live in each household."""
    members = con.execute("SELECT DISTINCT household_id, person_id FROM core.household_member").fetchall()
    numbers: dict[str, set[int]] = defaultdict(set)
    for household, person in members:
        numbers[household].add(number_of(person))
    return numbers


def number_of(person: str) -> int:
    """Return the number of the case a person of a place belongs to (tests/rules/place.py)."""
    return int(person[1:].split("-")[0])


def broken(con: duckdb.DuckDBPyConnection, cases: Iterable[Row]) -> list[str]:
    """Return the cases of a place that no longer hold, by the grounds that win tonight."""
    homes = people_of(con)
    found: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for rule, household, person, *values in con.execute(FIRED).fetchall():
        severity, step, program, lowered_by, case_no, *said = values
        who = person.split("-")[1] if person else None
        row = dict(zip(NAMES, (severity, step, program, lowered_by, who, case_no, *said), strict=True))
        for number in homes.get(household, set()) | ({number_of(person)} if person else set()):
            found[rule, number].append(row)
    return [
        f"{case['rule']}: {case['name']}"
        for case in cases
        if not holds(case, found[case["rule"], case["number"]])
    ]
