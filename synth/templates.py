"""The shapes of booklets: who lives together, how old, how related.

Here: the shapes with their shares, as data. Not here: how people are drawn from them (population.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Age = Literal["head", "spouse", "child", "parent", "parents_spouse"]


@dataclass(frozen=True)
class Slot:
    """A place in a booklet.

    Attributes:
        relation: GB/T 4761 code to the head; children's 20 becomes 30 for daughters.
        age: how the age is found: own range, or from the head's.
        low: lowest age in years (`child`, `head`), or least distance in years (`parent`).
        high: the same, highest.
    """

    relation: str
    age: Age
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Template:
    """A shape of booklet and its share of all booklets."""

    name: str
    share: float
    slots: tuple[Slot, ...]
    couple: bool = False
    minors: bool = False


def _head(low: float, high: float) -> Slot:
    return Slot("01", "head", low, high)


SPOUSE = Slot("10", "spouse")
PARENT = Slot("50", "parent", 21, 31)


def _child(low: float, high: float, relation: str = "20") -> Slot:
    return Slot(relation, "child", low, high)


TEMPLATES: tuple[Template, ...] = (
    Template("old_alone", 0.08, (_head(60, 96),)),
    Template("adult_alone", 0.12, (_head(21, 60),)),
    Template("old_couple", 0.14, (_head(60, 92), SPOUSE), couple=True),
    Template("couple", 0.13, (_head(38, 60), SPOUSE), couple=True),
    Template("one_child", 0.17, (_head(25, 48), SPOUSE, _child(0, 17.8)), couple=True, minors=True),
    Template(
        "two_children", 0.085, (_head(28, 46), SPOUSE, _child(5, 16), _child(0, 11)), couple=True, minors=True
    ),
    Template("grown_child", 0.10, (_head(45, 63), SPOUSE, _child(18.2, 33)), couple=True),
    Template("three_ages", 0.075, (_head(27, 47), SPOUSE, _child(0, 17), PARENT), couple=True, minors=True),
    Template(
        "three_ages_full",
        0.035,
        (_head(27, 45), SPOUSE, _child(1, 16), PARENT, Slot("50", "parents_spouse")),
        couple=True,
        minors=True,
    ),
    Template(
        "six",
        0.006,
        (_head(30, 44), SPOUSE, _child(6, 16), _child(0, 9), PARENT, Slot("50", "parents_spouse")),
        couple=True,
        minors=True,
    ),
    Template("lone_parent", 0.02, (_head(26, 50), _child(1, 17)), minors=True),
    Template("grandparent", 0.006, (_head(56, 76), _child(3, 15, "40"))),
    Template("grandparents", 0.012, (_head(56, 76), SPOUSE, _child(3, 15, "40")), couple=True),
    Template("old_parent", 0.03, (_head(48, 66), SPOUSE, PARENT), couple=True),
)
SHAPE = {template.name: number for number, template in enumerate(TEMPLATES)}
"""Position of each shape by its name."""
