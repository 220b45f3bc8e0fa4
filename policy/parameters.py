"""What parameters exist: the catalogue `parameters.yaml` as typed entries.

Here belong kinds, units and their conversion. Not here: figures, dates, places.
"""

import functools
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict

PATH: Final = Path(__file__).with_name("parameters.yaml")
Kind = Literal["money", "rate", "count", "words"]
Group = Literal["standard", "income", "asset", "expenditure", "time", "programme", "visit", "data"]

# (written, used): the written figure is divided by this. A year's figure is a month's times 12.
DIVISORS: Final = {("yuan per person and year", "yuan per person and month"): 12}
STEP: Final = {"money": Decimal("0.01"), "rate": Decimal("0.0001"), "count": Decimal(1)}
LIMIT: Final = {"money": Decimal(10**9), "rate": Decimal(10**4), "count": Decimal(10**6)}
"""What a figure must stay under: far over any real one, and what sums of it still fit into the night's columns."""


class Parameter(BaseModel):
    """One entry of the catalogue.

    ``keys`` is empty for a plain figure; ``units[0]`` is the unit the night uses; ``words`` and ``pairs``
    say what a list may hold; ``required`` figures must be in force on the night; ``group`` is its heading in listings.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Kind
    group: Group
    units: tuple[str, ...]
    en: str
    zh: str
    keys: tuple[str, ...] = ()
    required: bool = False
    words: tuple[str, ...] = ()
    pairs: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys, or one empty key for a figure that has none."""
        return self.keys or ("",)

    def column(self, key: str) -> str:
        """The column of ``policy.night`` that holds the part ``key``."""
        stem = self.name.replace(".", "_")
        return f"{stem}_{key}" if key else stem

    def convert(self, amount: Decimal, unit: str) -> Decimal:
        """Return ``amount`` in ``units[0]``: divided exactly, then rounded half up to the kind's last digit.

        2,200 yuan a year are 183.33 a month; 4,350 a year are 362.50.
        """
        divisor = DIVISORS.get((unit, self.units[0]), 1)
        return (amount / divisor).quantize(STEP[self.kind], rounding=ROUND_HALF_UP)


@functools.cache
def catalogue() -> dict[str, Parameter]:
    """Return every parameter by name, in the order of the catalogue."""
    entries = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return {name: Parameter(name=name, **entry) for name, entry in entries.items()}
