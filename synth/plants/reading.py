"""The plants of every rule, from the files beside this one: x05.yaml has those of X05.

Here: files to entries, and an entry onto a bench. Not here: what the parts of an entry mean (people.py,
cases.py, rows.py, truths.py), the whole language (docs/synth.md).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from synth.descriptions import layouts
from synth.plants.cases import cases_of
from synth.plants.people import COUPLE, settled
from synth.plants.rows import delivered, listed
from synth.plants.truths import expected, told

if TYPE_CHECKING:
    from synth.plants.plot import Plot

FOLDER = Path(__file__).parent
KINDS = ("hit", "near")
PARTS = ("people", "cases", "expect", "tell", "colourless")


class Scenario(NamedTuple):
    """One plant's entry: whose, a `hit` or a `near` miss, its name, and what it says."""

    rule: str
    kind: str
    name: str
    entry: dict[str, Any]


def scenario(rule: str, given: dict[str, Any], said: dict[str, Any]) -> Scenario:
    """An entry with what is given in its file; null takes away.

    Raises:
        ValueError: an entry that is no plant.
    """
    entry = {key: value for key, value in {**given, **said}.items() if value is not None}
    kind = next(iter(said))
    name = str(entry.pop(kind))
    if kind not in KINDS or set(entry) - {*PARTS, *layouts()} or "expect" not in entry:
        raise ValueError(f"{rule}: {kind} {name} says {', '.join(entry)}")
    return Scenario(rule, kind, name, entry)


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario, in the order in which plants are numbered: rule, hits before near misses, name."""
    found = []
    for path in FOLDER.glob("*.yaml"):
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [scenario(path.stem.upper(), file.get("given", {}), said) for said in file["plants"]]
    return tuple(sorted(found, key=lambda each: each[:3]))


def told_on(p: Plot, entry: dict[str, Any]) -> None:
    """Tells an entry on a bench: people, their cases, what is delivered about them, what must be found."""
    people = settled(p, entry.get("people", COUPLE))
    cases = cases_of(p, entry.get("cases", []), people)
    for source in entry:
        if source in layouts():
            for said in listed(entry[source]):
                delivered(p, source, said, people)
    for words in listed(entry["expect"]):
        expected(p, words, people, cases)
    for words in listed(entry.get("tell", [])):
        told(p, words, people, cases)
    p.colourless = entry.get("colourless", False)
