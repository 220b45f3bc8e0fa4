"""What decides whether a rule fires, as a digest: another condition is a cause of other findings.

Not here: what a rule says of itself (findings/catalogue.py), the figures it reads (policy), why a finding changed (sql/change).
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from sql.models import lineage, models

SAME: Final = Path(__file__).with_name("same_conditions.yaml")
MODEL: Final = re.compile(r"rule\.([xocp])([0-9]{2})(?:_\1([0-9]{2}))?")
JUDGED_BY: Final = ("rule.lowered_ground", "rule.finding")
"""Every ground passes through these; what else they rest on is the rules themselves."""


class ConditionError(ValueError):
    """A rule has no condition, or more than one; the message names the rule."""


def model_of(rule_id: str) -> str:
    """Return the name of the model that holds the rule's condition; a family is called by its first and last rule.

    Raises:
        ConditionError: none, or several.
    """
    letter, number = rule_id[0].lower(), rule_id[1:]
    found = [
        name
        for name in models()
        if (parts := MODEL.fullmatch(name))
        and parts[1] == letter
        and parts[2] <= number <= (parts[3] or parts[2])
    ]
    if len(found) != 1:
        raise ConditionError(
            f"{rule_id}: {len(found)} models in sql/rule are called after it; there must be one (docs/rules.md)."
        )
    return found[0]


def condition_digest(rule_id: str, version: int) -> str:
    """Return a digest of the rule's version and of every query its findings rest on.

    Queries that were only written otherwise keep the digest that they had: else the first night after an upgrade would tell a rule
    as the cause of changes that no rule brought about.
    """
    written = written_digest(rule_id, version)
    return _said_before().get(rule_id, {}).get(written, written)


def written_digest(rule_id: str, version: int) -> str:
    """Return the digest of the queries as they are written."""
    return digest_of([*(model.name for model in lineage(model_of(rule_id))), *JUDGED_BY], version)


@cache
def _said_before() -> dict[str, dict[str, str]]:
    return yaml.safe_load(SAME.read_text(encoding="utf-8")) or {}


def digest_of(names: Iterable[str], version: int) -> str:
    """Return a digest of a version and of the queries of models."""
    queries = [models()[name] for name in names]
    text = "|".join([str(version), *sorted(f"{model.name}={model.version}" for model in queries)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
