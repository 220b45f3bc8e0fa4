"""Who lives in a plant's booklets: names that say sex and relation, and what is otherwise.

Here: from the people of a plant's entry to planted people. Not here: what is delivered about them (rows.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from synth.plants.days import day
from synth.plants.plot import ELSEWHERE

if TYPE_CHECKING:
    from synth.plants.plot import Person, Plot


class Role(NamedTuple):
    """What a name says of somebody; who comes first in a booklet is its head, whatever he is called."""

    male: bool
    relation: str


ROLES = {
    "man": Role(male=True, relation="01"), "woman": Role(male=False, relation="01"),
    "husband": Role(male=True, relation="10"), "wife": Role(male=False, relation="10"),
    "son": Role(male=True, relation="20"), "daughter": Role(male=False, relation="30"),
    "grandson": Role(male=True, relation="40"), "granddaughter": Role(male=False, relation="40"),
    "father": Role(male=True, relation="50"), "mother": Role(male=False, relation="50"),
    "brother": Role(male=True, relation="70"), "sister": Role(male=False, relation="70"),
}  # fmt: skip
COUPLE = {"man": 67, "wife": 65}
"""Who lives in a plant that names nobody: past work, and under 80."""
LIKE = "in the month of "
DATES = ("born", "died", "status_date", "registered_birth")


def role(name: str) -> Role:
    """What a name says; a second son is "son2"."""
    return ROLES[name.rstrip("23456")]


def settled(p: Plot, people: dict[str, Any]) -> dict[str, Person]:
    """Adds a plant's people in their order, booklet by booklet, each under the name that the plant gives him."""
    told = {
        name: {"booklet": 1, "relation": role(name).relation, **(said if isinstance(said, dict) else {"age": said})}
        for name, said in people.items()
    }  # fmt: skip
    couples = {said["booklet"] for said in told.values() if str(said["relation"]) == "10"}
    made: dict[str, Person] = {}
    heads: set[int] = set()
    for name, said in told.items():
        booklet, said["relation"] = said.pop("booklet"), str(said["relation"])
        if said.pop("elsewhere", False):
            said |= ELSEWHERE
        elif booklet not in heads:
            said |= {"relation": "01", "married": booklet in couples}
            if heads:
                p.booklet()
            heads.add(booklet)
        if str(said.get("born", "")).startswith(LIKE):
            like = made[said["born"].removeprefix(LIKE)].birth
            said["born"] = like.replace(day=like.day % 27 + 1)
        else:
            said |= {key: day(said[key], p.night) for key in DATES if key in said}
        made[name] = p.person(**{"male": role(name).male, **said})
    return made
