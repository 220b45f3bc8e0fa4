"""The colour of a plant's household, from what must be found there.

Here: one function. Not here: the base's colours (verdicts.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def worst_colour(findings: Sequence[dict[str, Any]], kinds: str, *, damaged: bool) -> str | None:
    """The worst severity of the rules of a kind; None where something may fire besides, or red may be yellow."""
    mine = [f for f in findings if f["rule_id"][0] in kinds]
    if any(f["must"] == 0 for f in mine):
        return None
    found = {f["severity"] for f in mine if f["must"] == 1}
    if "red" in found:
        return None if damaged else "red"
    return "yellow" if "yellow" in found else "green"
