"""What a careful office must find in a plant, and what the night must tell, from the words of its entry.

Here: "X05 red dibao", "not X01 man tekun", "may C06"; "new data man tekun". Not here: the colours that follow
(hue.py).
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from synth.frames import year_before
from synth.plants.days import ago
from synth.plants.defaults import AMOUNTS

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from synth.plants.cases import Case
    from synth.plants.plot import Person, Plot

RULE = re.compile(r"[XOCP]\d\d")
MUST = {"not": -1, "may": 0}
COLOURS = ("red", "yellow")
STEPS = ("reassess", "taper", "verify_at_home")
CHANGES = ("new", "worse", "better", "cleared")
CAUSES = ("data", "time", "authorization")
WHEN: dict[str, Callable[[Plot], bool]] = {
    "the month begins tonight": lambda p: p.night.day == 1,
    "the day is in every month": lambda p: p.night.day <= 28,
    # On 29 February a year before that day and before the 28th is the same day.
    "a year ago was within yesterday": lambda p: year_before(ago(p.night, 1)) < year_before(p.night),
    "the plant is undamaged": lambda p: not p.damaged,
}
"""When a change is told that not every night has."""


def on_a_case(rule: str) -> bool:
    """Whether a programme in words on a rule is the plant's case; of an omission it is what is owed, but in O13."""
    return rule[0] != "O" or rule == "O13"


def no_word_left(p: Plot, words: list[str], *known: Container[str]) -> None:
    """Refuses words that mean nothing.

    Raises:
        ValueError: a word that is none of what is known.
    """
    for word in words:
        if not any(word in each for each in known):
            raise ValueError(f"{p.scenario}: {word!r} is neither a person nor a case nor a colour")


def expected(p: Plot, words: str, people: dict[str, Person], cases: dict[str, Case]) -> None:
    """Says that rules must fire, must "not" or "may": of each person and on each case that the words name."""
    first, *rest = words.split()
    must = MUST.get(first, 1)
    said = [first, *rest] if must == 1 else rest
    rules = [word for word in said if RULE.fullmatch(word)]
    rest = said[len(rules) :]
    no_word_left(p, rest, people, cases, COLOURS, STEPS, AMOUNTS)
    owed = next((word for word in rest if word in AMOUNTS), None)
    colour, step = (next((word for word in rest if word in each), None) for each in (COLOURS, STEPS))
    for rule in rules:
        subjects = [people[word] for word in rest if word in people]
        on = [cases[word] for word in rest if word in cases and on_a_case(rule)]
        # P rules stand on no programme, and X12 on two.
        silent = must != 1 or rule[0] in "PC" or rule == "X12"
        for who, case in product(subjects or (None,), on or (None,)):
            program = None if silent else case.program if case else owed
            p.finding(must, rule, colour, who, case.number if case else None, program, step)


def told(p: Plot, words: str, people: dict[str, Person], cases: dict[str, Case]) -> None:
    """Says that the night must tell a change since the night before: change, cause, rule if another, subject."""
    said, _, when = words.partition(" if ")
    if when and not WHEN[when](p):
        return
    change, cause, *rest = said.split()
    rule = next((word for word in rest if RULE.fullmatch(word)), p.rule)
    no_word_left(p, [change], CHANGES)
    no_word_left(p, [cause], CAUSES)
    no_word_left(p, rest, people, cases, (rule,))
    who = next((people[word] for word in rest if word in people), None)
    case = next((cases[word].number for word in rest if word in cases), None)
    p.alert(rule, change, cause, who, case)
