"""What is delivered about a plant's people.

Here: from a plant's entry to rows of departments, with the words for people and days. Not here: the roll's rows
(cases.py), what a row says where the plant says nothing (defaults.py).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from synth.descriptions import layouts
from synth.plants.days import day

if TYPE_CHECKING:
    from synth.plants.plot import Person, Plot, Row

MARKS = ("key", "hurt", "pid2", "number_of")
"""What a row may say beside its columns: whether the plant rests on it, its damage, a second person."""


def listed(said: Any) -> list[Any]:  # noqa: ANN401 - one of anything
    """One or several as a list."""
    return said if isinstance(said, list) else [said]


@cache
def kinds(source: str) -> dict[str, str]:
    """Kind of every column of a source by its name (layout.py)."""
    return {column.canonical: column.type for column in layouts()[source].columns}


def valued(p: Plot, source: str, column: str, said: Any) -> Any:  # noqa: ANN401 - a cell of any kind
    """A cell as its column holds it.

    Raises:
        ValueError: a column that the source does not have.
    """
    kind = kinds(source).get(column)
    if kind is None:
        raise ValueError(f"{p.scenario}: {source} has no column {column}")
    if said is None:
        return None
    if said == "as above":
        return p.latest[source][column]
    if said == "shared":
        # A head that phones (places.py) does not give: nobody else of the city has the number.
        return f"199{p.number:08d}"
    return day(said, p.night) if kind in "dm" else str(said) if kind in "ct" else said


def written(p: Plot, source: str, said: Row, people: dict[str, Person]) -> Row:
    """The values of a row as its columns hold them."""
    row: Row = {}
    for name, value in said.items():
        if name == "earlier":
            row[name] = value and {column: valued(p, source, column, old) for column, old in value.items()}
        elif name == "with":
            row["pid2"] = people[value].pid
        elif name == "number_of":
            row[name] = people[value].pid
        else:
            row[name] = value if name in MARKS else valued(p, source, name, value)
    return row


def who_is(p: Plot, words: str, people: dict[str, Person]) -> Person:
    """Somebody of the plant, or somebody from elsewhere of his name: "namesake of man", and "born that day"."""
    if not words.startswith("namesake of "):
        return people[words]
    name, _, born = words.removeprefix("namesake of ").partition(" born ")
    return p.stranger(people[name], same_birth=born == "that day")


def delivered(p: Plot, source: str, said: Row, people: dict[str, Person]) -> None:
    """Adds what an entry says of a source: a row for each of `who`, and for each of `months` before the night's own."""
    values = {"key": p.kind == "hit", **said}
    names, later = listed(values.pop("who", next(iter(people)))), values.pop("after_the_night", False)
    first, last = values.pop("months", (0, 1))
    periods = [{"period": f"the 1st of {back} months ago"} for back in range(first, last - 1, -1)]
    for name in names:
        who = who_is(p, name, people)
        for period in periods or [{}]:
            p.row(source, who, later=later, **written(p, source, {**values, **period}, people))
