"""A rule is four things with one name, and the catalogue lists them all."""

import re

import pytest
import sqlglot
import yaml

from findings.catalogue import FOLDER, rule_table, rules
from findings.phrase import words
from policy import catalogue as parameters
from sources import CONTRACTS
from sql.models import ROOT, lineage, models

GATHERING = {"ground", "lowered_ground", "finding"}
SHAPE = (
    "rule_id", "person_id", "household_id", "case_no", "program", "severity", "step", "amount", "line",
    "evidence_key", "lowered_by", "particulars", "figures", "facts",
)  # fmt: skip


def rule_models() -> list[str]:
    return [
        name for name, model in models().items() if model.schema == "rule" and model.table not in GATHERING
    ]


def covered(table: str) -> set[str]:
    """Return the rules of a model: its own, or of a family first to last (c01_c04)."""
    first, _, last = table.upper().partition("_")
    last = last or first
    return {f"{first[0]}{number:02d}" for number in range(int(first[1:]), int(last[1:]) + 1)}


def test_every_rule_has_its_model_and_every_model_its_rules() -> None:
    found = [rule for name in rule_models() for rule in covered(name.split(".")[1])]
    assert sorted(found) == sorted(rules())


def test_every_model_is_gathered() -> None:
    assert set(rule_models()) == set(models()["rule.ground"].reads)


def test_parameters_and_sources_exist() -> None:
    for rule in rules().values():
        assert set(rule.figures) <= {parameter.name for parameter in parameters().values()}, rule.id
        assert set(rule.sources) <= set(CONTRACTS), rule.id


# Figures that a rule's SQL can reach though they cannot change what it finds, by the reason.
UNUSED = {
    "rigid_expenditure_floor": {"O04"},  # O04's and O05's settlements are gathered from the lower of their two figures
    "living_alone_age": {"C01", "C02", "C03"},  # one model serves C01 to C04; the age is C04's
    "recheck_months": {"P04"},  # one model serves P03 and P04
    "recheck_months_can_work": {"P04"},
    "rigid_recheck_months": {"P03"},
    # means.household_unit brings the standard along; these rules compare nothing with it
    "dibao_standard": {
        "O04", "O05", "O08", "O13", "P03", "P04", "P05", "X07", "X08", "X09", "X11", "X14", "X16",
    },
    # means.vehicle judges price and age for X05; "no evidence of means" asks for any counting car
    "vehicle_value_limit": {"O03", "O04", "O05", "O06", "O08"},
    "vehicle_value_years": {"O03", "O04", "O05", "O06", "O08"},
    # means.person_income also sums what X03 leaves out while somebody begins to work
    "taper_months": {"O03", "O04", "O05", "O06", "O08", "P06", "X20"},
    # supporters belong to a case: a registry household has none
    "support_line_multiple": {"O03", "O04", "O05", "O06", "O08"},
    "support_rate": {"O03", "O04", "O05", "O06", "O08"},
    "supporter_age_limit": {"O03", "O04", "O05", "O06", "O08"},
    # O08 asks whether there is any pay at all
    "job_cost_rate": {"O08"},
    # X03 stands, red or yellow, and X20 is silent; P06 asks about the line, not the tolerance
    "income_tolerance": {"P06", "X20"},
    # X20 is about dibao alone
    "marginal_multiple": {"X20"},
    "mean_disposable_income": {"X20"},
}  # fmt: skip


def test_every_figure_that_a_rule_rests_on_is_listed() -> None:
    """Or a change of it would be told as something else (`change.policy`)."""
    names = {parameter.name for parameter in parameters().values()}
    table_of = {rule: name for name in rule_models() for rule in covered(name.split(".")[1])}
    unlisted: dict[str, set[str]] = {}
    for rule in rules().values():
        text = " ".join(model.query for model in lineage(table_of[rule.id]))
        reached = {name for name in names if re.search(rf"\b{name.replace('.', '_')}\b", text)}
        for name in reached - {figure.split(".")[0] for figure in rule.figures} - set(rule.figures):
            unlisted.setdefault(name, set()).add(rule.id)
    assert unlisted == UNUSED


@pytest.mark.parametrize("name", rule_models())
def test_a_model_selects_the_shape_of_a_ground(name: str) -> None:
    selected = sqlglot.parse_one(models()[name].query, read="duckdb").named_selects
    assert tuple(selected) == SHAPE


def test_no_rule_reads_a_prohibited_feature() -> None:
    for folder in ("fact", "rule", "means", "lists"):
        for path in (ROOT / folder).glob("*.sql"):
            text = path.read_text(encoding="utf-8").lower()
            assert "ethnicity" not in text, path.name
            assert "religion" not in text, path.name


def test_every_source_has_a_name_and_every_code_its_words() -> None:
    assert set(words()["sources"]) == set(CONTRACTS)
    spoken = words()["codes"].keys() | {what.split(":")[-1] for what in words()["what"]}
    for source, column in (
        ("assistance_roll", "program"), ("assistance_roll", "status"), ("vehicles", "vehicle_class"),
        ("vehicles", "usage"), ("medical_settlements", "visit_type"), ("deaths", "evidence"), ("inmates", "kind"),
    ):  # fmt: skip
        assert set(CONTRACTS[source].column[column].codes) <= spoken, (source, column)


def test_the_published_catalogue_lists_every_rule() -> None:
    table = rule_table(rules())
    assert table["rule_id"].to_list() == sorted(
        [*rules(), "P07"]
    )  # P07 names no household: audit.source has its rows
    assert {"rule_id", "kind", "title_zh", "title_en", "legal_basis", "parameters", "version"} <= set(
        table.columns
    )
    files = [yaml.safe_load(path.read_text(encoding="utf-8"))["id"] for path in sorted(FOLDER.glob("*.yaml"))]
    assert sorted([*files, "P07"]) == table["rule_id"].to_list()
