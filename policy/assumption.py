"""A figure as it might be: a value that nobody has decided, checked as if a place's file said it.

Here belong `name=value` and what it does to a profile's entry. Not here: what such figures would do (casework/whatif).
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from policy.entry import Entry, read_entry
from policy.errors import PolicyError, Where, nearest
from policy.parameters import Parameter, catalogue

REFERENCE: Final = "假设，未经任何机关决定"
NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Assumption:
    """``name=value`` or ``name.part=value`` from ``since`` on, in the unit that the night uses."""

    text: str
    since: date

    def entry(self) -> tuple[Parameter, Entry]:
        """Return the figure and its entry, as if a file held it.

        Raises:
            PolicyError: no such figure or part, or no value of its kind.
        """
        name, given, value = self.text.partition("=")
        parameter, key = self._parameter(name.strip())
        zh = Where(f"{self.text!r}", told=(f"{parameter.name} {parameter.zh}",))
        if not given or not value.strip():
            raise PolicyError(
                f"{zh}: the value is missing. Write {name.strip()}=..., in {parameter.units[0]}."
            )
        written = {
            "unit": parameter.units[0],
            "values": {self.since.isoformat(): self._value(parameter, key, value.strip())},
            "reference": REFERENCE,
        }
        return parameter, read_entry(parameter, written, zh)

    def _parameter(self, name: str) -> tuple[Parameter, str]:
        """Return the figure a name means and its part; a figure of several parts without one means all of them."""
        if name in catalogue():
            return catalogue()[name], ""
        stem, _, key = name.rpartition(".")
        if stem in catalogue() and key in catalogue()[stem].keys:
            return catalogue()[stem], key
        parts = [one for one in catalogue() if one.startswith(f"{name}.")]
        if parts:
            raise PolicyError(f"{self.text!r}: {name} is several figures. Set {' and '.join(parts)}.")
        known = [*catalogue(), *(f"{one.name}.{part}" for one in catalogue().values() for part in one.keys)]
        raise PolicyError(
            f"{self.text!r}: no such figure exists as {name!r}.{nearest(name, known)} "
            "`hedui policy show` lists all names."
        )

    @staticmethod
    def _value(parameter: Parameter, key: str, text: str) -> Any:  # noqa: ANN401 - checked by read_entry
        if parameter.kind == "words":
            return [word.strip() for word in text.split(",")]
        amount = Decimal(text) if NUMBER.fullmatch(text) else text
        return dict.fromkeys([key] if key else parameter.keys, amount) or amount


def assumed(inherited: Entry | None, own: Entry, parameter: Parameter) -> Entry:
    """Return an entry with what is assumed: from its day on nothing else that was written of those parts holds."""
    if inherited is None:
        return own
    since = min(value.since for value in own.values)
    whole = parameter.kind == "words"  # a list is replaced as a whole
    parts = {value.key for value in own.values}
    kept = [value for value in inherited.values if value.since < since or not (whole or value.key in parts)]
    return Entry(inherited.where, (*kept, *own.values), inherited.unconfirmed_from)
