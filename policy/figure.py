"""A figure as the night sees it: dated values, each with its unit, reference and marks.

Here belongs which value is in force on a day. Not here: how a file is written or inherited.
"""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, Field

from policy.parameters import Parameter


class Value(BaseModel):
    """One dated value.

    Of a list, each element is a Value whose ``key`` is the element and whose ``amount`` is null.
    ``amount`` is in the unit the night uses, ``as_written`` and ``unit`` are the file's. ``confirmed``
    is what the file says of the renewal: true or false where it says so, null where it does not. ``file``
    is where it is written; it says nothing of the figure, so that no digest knows it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    since: date
    amount: Decimal | None
    as_written: str
    unit: str
    reference: str
    illustrative: bool = False
    confirmed: bool | None = None
    file: str = Field(default="", exclude=True)

    @property
    def unconfirmed(self) -> bool:
        """Whether nobody has confirmed that this value (still) holds: findings on it are yellow at most."""
        return self.confirmed is False


class Figure(BaseModel):
    """A parameter with all its values, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parameter: Parameter
    values: tuple[Value, ...]

    def at(self, day: date) -> dict[str, Value]:
        """Return the values in force on ``day`` by key: the newest begun; a list is replaced as a whole."""
        begun = [value for value in self.values if value.since <= day]
        if self.parameter.kind == "words":
            newest = max((value.since for value in begun), default=None)
            return {value.key: value for value in begun if value.since == newest}
        return {value.key: value for value in begun}


def with_expiry(values: tuple[Value, ...], unconfirmed_from: date | None) -> tuple[Value, ...]:
    """Return ``values`` sorted, with those that hold from ``unconfirmed_from`` on marked unconfirmed.

    A value that began before that day goes on as a new, unconfirmed value from that day; one that the
    file confirms (``unconfirmed: false``) stays confirmed.
    """
    ordered = sorted(values, key=lambda value: (value.since, value.key))
    if unconfirmed_from is None:
        return tuple(ordered)
    result: list[Value] = []
    for key in dict.fromkeys(value.key for value in ordered):
        own = [value for value in ordered if value.key == key]
        for value, follower in pairwise([*own, None]):
            if value is None or value.confirmed is not None:
                result += [value] if value else []
            elif value.since >= unconfirmed_from:
                result.append(value.model_copy(update={"confirmed": False}))
            else:
                result.append(value)
                if follower is None or follower.since > unconfirmed_from:
                    result.append(value.model_copy(update={"since": unconfirmed_from, "confirmed": False}))
    return tuple(sorted(result, key=lambda value: (value.since, value.key)))
