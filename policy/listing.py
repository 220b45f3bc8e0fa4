"""The figures of a place as people read them: what is in force on a day, and what differs between two of them.

Here belong the lines of such lists, grouped and in the catalogue's order. Not here: how they are printed (pipelines),
the tables of a night (night.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from policy.figure import Figure, Value
from policy.parameters import Parameter, catalogue
from policy.profile import Profile

State = Literal["in_force", "past", "future"]
GROUPS: Final = {
    "standard": ("标准与收入线", "Standards and lines"),
    "income": ("收入核算", "Income"),
    "asset": ("财产", "Assets"),
    "expenditure": ("支出与困难", "Expenditure and hardship"),
    "time": ("期限", "Terms"),
    "programme": ("项目与疑点", "Programmes and doubts"),
    "visit": ("抽查", "Visits"),
    "data": ("数据与授权", "Data and authorization"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One dated value of a figure: from ``since`` to ``until`` (the day before the next value; None: open)."""

    parameter: Parameter
    value: Value
    until: date | None
    state: State

    @property
    def name(self) -> str:
        """The figure with its part, as rules cite it."""
        return named(self.parameter.name, self.value.key if self.parameter.kind != "words" else "")

    @property
    def said(self) -> str:
        """The value as the profile writes it."""
        return self.value.as_written

    @property
    def marks(self) -> tuple[str, ...]:
        """``illustrative`` and ``unconfirmed``, where they hold."""
        marked = {"illustrative": self.value.illustrative, "unconfirmed": self.value.unconfirmed}
        return tuple(mark for mark, holds in marked.items() if holds)

    def row(self) -> dict[str, str | None]:
        """Return the line as a flat row of text, for CSV and JSON."""
        return {
            "group": self.parameter.group,
            "name": self.parameter.name,
            "key": self.value.key,
            "title_zh": self.parameter.zh,
            "title_en": self.parameter.en,
            "value": self.said,
            "unit": self.value.unit,
            "since": self.value.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "state": self.state,
            "marks": " ".join(self.marks),
            "reference": self.value.reference,
            "file": self.value.file,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What a figure was and is; None where it has no value in force."""

    parameter: Parameter
    key: str
    old: Value | None
    new: Value | None

    @property
    def what(self) -> str:
        """``value``, ``mark`` or ``reference``: the weightiest thing that differs."""
        if self.old is None or self.new is None or self._amount(self.old) != self._amount(self.new):
            return "value"
        same = (self.old.illustrative, self.old.unconfirmed) == (self.new.illustrative, self.new.unconfirmed)
        return "reference" if same else "mark"

    @property
    def name(self) -> str:
        """The figure with its part."""
        return named(self.parameter.name, self.key)

    @staticmethod
    def _amount(value: Value) -> Decimal | str:
        return value.key if value.amount is None else value.amount


def named(name: str, key: str) -> str:
    """Return a figure's name with its part, as rules cite it: ``dibao_standard.urban``."""
    return f"{name}.{key}" if key else name


def lines(profile: Profile, day: date, *, every: bool = False) -> Iterator[Line]:
    """Yield the values in force on ``day``, by group; with ``every`` also those that held before or will hold."""
    for group in GROUPS:
        for name, parameter in catalogue().items():
            if parameter.group == group and name in profile.figures:
                yield from (
                    line for line in _of(profile.figures[name], day) if every or line.state == "in_force"
                )


def missing(profile: Profile, day: date) -> list[str]:
    """Return the figures that a night of ``day`` needs and that have no value in force."""
    found = []
    for name, parameter in catalogue().items():
        held = profile.figures[name].at(day) if name in profile.figures else {}
        if parameter.kind == "words":
            found += [name] if parameter.required and not held else []
        else:
            found += [named(name, key) for key in parameter.parts if parameter.required and key not in held]
    return found


def differences(old: Profile, on: date, new: Profile, then: date) -> list[Difference]:
    """Return what differs between the figures of ``old`` in force ``on`` and those of ``new`` in force ``then``."""
    found = []
    for name, parameter in catalogue().items():
        before = old.figures[name].at(on) if name in old.figures else {}
        after = new.figures[name].at(then) if name in new.figures else {}
        keys = [key for key in (*parameter.parts, *before, *after) if key in before or key in after]
        pairs = [Difference(parameter, key, before.get(key), after.get(key)) for key in dict.fromkeys(keys)]
        found += [pair for pair in pairs if not _same(pair.old, pair.new)]
    return found


def _same(old: Value | None, new: Value | None) -> bool:
    """Whether nobody would notice: value, marks and reference agree, whatever the day or the file."""
    if old is None or new is None:
        return old is new
    return (old.amount, old.unconfirmed, old.illustrative, old.reference) == (
        new.amount,
        new.unconfirmed,
        new.illustrative,
        new.reference,
    )


def _of(figure: Figure, day: date) -> Iterator[Line]:
    held = set(map(id, figure.at(day).values()))
    lists = figure.parameter.kind == "words"  # a list is replaced as a whole, a part on its own
    for value in figure.values:
        later = (
            one.since for one in figure.values if one.since > value.since and (lists or one.key == value.key)
        )
        follower = min(later, default=None)
        state: State = "in_force" if id(value) in held else "future" if value.since > day else "past"
        yield Line(
            figure.parameter,
            value,
            date.fromordinal(follower.toordinal() - 1) if follower else None,
            state,
        )
