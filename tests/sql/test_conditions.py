"""Every rule has one condition, and its digest moves with what decides whether it fires."""

import pytest
import yaml

from findings.catalogue import rules
from findings.conditions import SAME, ConditionError, condition_digest, model_of, written_digest
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


def test_what_was_only_written_otherwise_keeps_its_digest_and_no_entry_is_stale() -> None:
    """An entry that is no longer met is a condition that was changed since: prove it equal again, or take the entry out."""
    entries = yaml.safe_load(SAME.read_text(encoding="utf-8"))
    stale = {
        rule: f"{written_digest(rule, rules()[rule].version)}: {next(iter(same.values()))}"
        for rule, same in entries.items()
        if set(same) != {written_digest(rule, rules()[rule].version)}
    }
    assert stale == {}
    for rule, same in entries.items():
        assert condition_digest(rule, rules()[rule].version) in same.values()
