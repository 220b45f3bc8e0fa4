"""The cases cover the rules: every programme, colour, figure and condition has a case that would notice it was wrong.

Conditions are broken one at a time, figures moved by one step to either side (tests/rules/mutants.py, noticing.py). What
no case notices stands in `tests/rules/unnoticed.yaml`, each with the reason why nothing can.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from findings.catalogue import rules
from sql.models import models
from tests.rules.judging import FIRED, number_of, people_of
from tests.rules.mutants import mutants
from tests.rules.noticing import cases_of, kinds, noticed_by, place, survivors
from tests.rules.place import NIGHT, all_cases
from tests.sql.core.conftest import own_models
from tests.sql.core.noticing import survivors as unnoticed_by_scenarios

Row = dict[str, Any]
GATHERING = ("rule.finding", "rule.ground", "rule.lowered_ground")
# What rules.md 6 lets a rule give; of a rule that is red it may always be lowered to yellow.
COLOURS: dict[str, set[str | None]] = {
    **{rule: {"yellow"} for rule in rules()},
    **{
        rule: {"red", "yellow"}
        for rule in ("X01", "X02", "X03", "X04", "X05", "X06", "X12", "X17", "X19", "O04", "O07")
    },
    **{rule: {"red"} for rule in ("C01", "C02", "C03", "C04")},
    "P02": {None},
}
MONTHLY = {
    "job_cost_rate": ("job_cost_rate", "0.0001"),
    "basic_pension_disregard.means_test": ("pension_disregard", "0.01"),
    "basic_pension_disregard.tekun": ("pension_disregard_tekun", "0.01"),
}
STEPS = {"DECIMAL(14,2)": "0.01", "DECIMAL(9,4)": "0.0001", "INTEGER": "1"}
QUICK = ("rule.x02", "rule.x10", "rule.x16", "rule.p02")


@pytest.fixture(scope="module")
def fired() -> dict[str, list[Row]]:
    """Return what each rule's own cases make it find: programme and colour."""
    found: dict[str, list[Row]] = defaultdict(list)
    for kind in kinds():
        con, own = place(kind), {case["number"]: case["rule"] for case in cases_of(kind)}
        homes = people_of(con)
        for rule, household, person, severity, _, program, *_ in con.execute(FIRED).fetchall():
            numbers = {number_of(person)} if person else homes.get(household, set())
            if rule in {own.get(number) for number in numbers}:
                found[rule].append({"program": program, "severity": severity})
    return found


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_programme_of_a_rule_has_a_hit(rule: str, fired: dict[str, list[Row]]) -> None:
    spoken = {each["program"] for each in fired[rule]}
    assert set(rules()[rule].programs) - spoken == set()


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_colour_of_a_rule_has_a_hit_and_no_other(rule: str, fired: dict[str, list[Row]]) -> None:
    found = {each["severity"] for each in fired[rule]}
    lowered = {"yellow"} if "red" in COLOURS[rule] else set()
    assert COLOURS[rule] <= found <= COLOURS[rule] | lowered


def test_every_rule_has_hits_and_near_misses() -> None:
    for rule in rules():
        own = [case for case in all_cases() if case["rule"] == rule]
        hits = [case for case in own if case["expect"] != "none"]
        assert len(hits) >= 2, f"{rule} has too few cases that it finds"
        assert len(own) - len(hits) >= 2, f"{rule} has too few cases that it must not find"


def test_the_days_on_which_rules_go_wrong_are_among_the_nights() -> None:
    nights = {str(case.get("night", NIGHT)) for case in all_cases()}
    assert {"2021-12-31", "2022-02-28", "2022-03-01", "2024-02-29", "2025-12-31", "2026-01-01"} <= nights


def steps(con: duckdb.DuckDBPyConnection, parameter: str) -> list[tuple[str, str]]:
    """Return (table, SQL) for every step to either side of a figure; of a list, for every entry."""
    if parameter == "exclusive_programs":
        pairs = con.execute("SELECT program_a, program_b FROM policy.exclusive_pair ORDER BY ALL").fetchall()
        where = "DELETE FROM policy.exclusive_pair WHERE program_a = '{}' AND program_b = '{}'"
        return [("policy.exclusive_pair", where.format(*pair)) for pair in pairs]
    if parameter == "vehicle_exempt_classes":
        more = "INSERT INTO policy.vehicle_exempt_class VALUES ('{}')"
        return [("policy.vehicle_exempt_class", more.format(each)) for each in ("car", "truck", "bus")]
    if parameter in MONTHLY:
        column, step = MONTHLY[parameter]
        changes = [("policy.month", column, step)]
    else:
        columns = con.execute("DESCRIBE policy.night").fetchall()
        own = [
            (name, kind)
            for name, kind, *_ in columns
            if name == parameter or name.startswith(f"{parameter}_")
        ]
        changes = [("policy.night", name, STEPS[kind]) for name, kind in own]
    assert changes, f"no figure of the night is called {parameter}"
    return [
        (table, f"UPDATE {table} SET {column} = {column} {sign} {step}")
        for table, column, step in changes
        for sign in "+-"
    ]


def listed() -> dict[str, dict[str, str]]:
    """Return what is known to go unnoticed, by model or rule, with its reason."""
    text = (Path(__file__).parent / "unnoticed.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in yaml.safe_load(text):
        for where, changes in entry["where"].items():
            found[where] |= dict.fromkeys(changes, entry["reason"])
    return found


def parameters() -> list[str]:
    return sorted({parameter for rule in rules().values() for parameter in rule.parameters})


@pytest.mark.soak
@pytest.mark.parametrize("parameter", parameters())
def test_a_step_of_a_figure_is_noticed_by_each_rule_that_reads_it(parameter: str) -> None:
    readers = {rule.id for rule in rules().values() if parameter in rule.parameters}
    for table, change in steps(place(kinds()[0]), parameter):
        excused = {rule for rule in readers if change in listed()[rule]}
        assert readers - noticed_by(table, change, readers) == excused, change


@pytest.mark.parametrize("name", QUICK)
def test_a_broken_condition_is_noticed_quickly(name: str) -> None:
    left = {mutant.change for mutant in survivors(mutants(models()[name]))}
    assert left == set(listed()[name])


@pytest.mark.soak
@pytest.mark.parametrize(
    "name", [n for n, m in models().items() if m.schema == "rule" and n not in GATHERING]
)
def test_a_broken_condition_is_noticed(name: str) -> None:
    left = {mutant.change for mutant in survivors(mutants(models()[name]))}
    assert left == set(listed()[name])


@pytest.mark.soak
@pytest.mark.parametrize("name", [n for n, m in models().items() if m.schema in ("fact", "means")])
def test_a_broken_step_is_noticed(name: str) -> None:
    """By a case of a rule, or by a scenario of the means test; what neither notices is listed, exactly."""
    left = survivors(mutants(models()[name]))
    if name in {model.name for model in own_models()}:
        left = unnoticed_by_scenarios(left)
    assert {mutant.change for mutant in left} == set(listed()[name])
