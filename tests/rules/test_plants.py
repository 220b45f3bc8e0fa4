"""Every plant of a made city is a rule case too: judged on its rows, it is found, and no more than that.

What the matcher makes of a plant's rows, and what a night tells of yesterday, `make sample` measures in whole cities.
"""

from collections import defaultdict
from typing import Any

import pytest

from findings.catalogue import rules
from synth.plants import Book
from tests.rules.planting import book, of_the_matcher, place_of
from tests.rules.running import run

Row = dict[str, Any]
FOUND = """
SELECT finding.rule_id, finding.severity, finding.suggested_step AS step, finding.program, finding.case_no, finding.person_id,
       list(DISTINCT member.person_id) AS people
FROM out.finding AS finding
LEFT JOIN core.household_member AS member ON finding.household_id = member.household_id
WHERE finding.status = 'open'
GROUP BY ALL
"""


@pytest.fixture(scope="module")
def planted() -> Book:
    return book()


@pytest.fixture(scope="module")
def found(planted: Book) -> dict[int, list[Row]]:
    """Return what is found of each plant."""
    con = run(place_of(planted))
    rows = con.execute(FOUND).fetchall()
    names = [column[0] for column in con.description or ()]
    con.close()
    plants: dict[int, list[Row]] = defaultdict(list)
    for row in (dict(zip(names, each, strict=True)) for each in rows):
        who = [row["person_id"]] if row["person_id"] else row["people"]
        for plant in {int(person[1:].split("-")[0]) for person in who if person}:
            plants[plant].append(row)
    return plants


def meets(row: Row, said: Row) -> bool:
    """Return whether a finding is the one that a plant speaks of."""
    who = None if said["pid"] is None else f"T{said['plant']:04d}-{said['pid']}"
    return (
        row["rule_id"] == said["rule_id"]
        and (who is None or row["person_id"] == who)
        and (said["must"] == 1 or said["case_no"] is None or row["case_no"] in (None, said["case_no"]))
    )


def wrong(said: Row, rows: list[Row]) -> bool:
    """Return whether what a plant says does not hold."""
    mine = [row for row in rows if meets(row, said)]
    if said["must"] != 1:
        return said["must"] == -1 and bool(mine)
    wanted = {
        name: said[name] for name in ("severity", "step", "program", "case_no") if said[name] is not None
    }
    return not any(all(row[name] == value for name, value in wanted.items()) for row in mine)


@pytest.mark.parametrize("rule", sorted(set(rules()) - {"P07"}))
def test_the_plants_of_a_rule_are_found(rule: str, planted: Book, found: dict[int, list[Row]]) -> None:
    left = of_the_matcher(planted)
    own = [
        said for said in planted.findings if said["scenario"].startswith(rule) and said["plant"] not in left
    ]
    assert own
    assert [said for said in own if wrong(said, found[said["plant"]])] == []


def test_nothing_else_is_found_in_a_plant(planted: Book, found: dict[int, list[Row]]) -> None:
    named = defaultdict(set)
    for said in planted.findings:
        named[said["plant"]].add(said["rule_id"])
    names = {plant["plant"]: plant["scenario"] for plant in planted.plants}
    besides = {
        names[plant]: sorted({row["rule_id"] for row in rows} - named[plant]) for plant, rows in found.items()
    }
    assert {name: more for name, more in besides.items() if more} == {}
