"""Every rule has one condition, and its digest moves with what decides whether it fires."""

import pytest

from findings.catalogue import rules
from findings.conditions import ConditionError, condition_digest, model_of
from sql.models import lineage, models


@pytest.mark.parametrize(
    ("rule", "model"),
    [("X05", "rule.x05"), ("X08", "rule.x07_x08"), ("C03", "rule.c01_c04"), ("P03", "rule.p03_p04")],
)
def test_a_family_holds_the_condition_of_each_of_its_rules(rule: str, model: str) -> None:
    assert model_of(rule) == model


def test_every_rule_of_the_catalogue_has_one_condition() -> None:
    assert {model_of(rule) for rule in rules()} == {
        name for name in models() if name.startswith("rule.") and name[5] in "xocp" and name[6].isdigit()
    }


def test_a_rule_without_a_condition_is_named() -> None:
    with pytest.raises(ConditionError, match="X99: 0 models"):
        model_of("X99")


def test_the_digest_moves_with_the_version_and_is_each_rules_own() -> None:
    assert condition_digest("X05", 1) != condition_digest("X05", 2)
    assert condition_digest("X05", 1) != condition_digest("X06", 1)


def test_lineage_goes_down_to_what_is_delivered_and_not_to_other_rules() -> None:
    names = {model.name for model in lineage("rule.x05")}
    assert {"rule.x05", "means.vehicle", "core.case_member"} <= names
    assert "rule.ground" not in names and "rule.x06" not in names
