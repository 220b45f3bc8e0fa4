"""What scenarios fill: the people, rows and expectations of all plants of a city.

Here: plain records. Not here: the vocabulary that writes them (plot.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

Row = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """A planted person: his pid and what scenarios ask of him."""

    pid: int
    birth: date
    male: bool


@dataclass
class Book:
    """Everything planted in a city.

    Attributes:
        night: the city's night.
        first_pid: pid of the first planted person.
        people: a dict of naming.PEOPLE columns a person; address, division and phone come later.
        rows: rows by source, in the contract's columns, with pid, plant, key, hurt; money in yuan.
        earlier: rows as the snapshot of the night before had them: None where they were not in it.
        findings: rows of expected_findings.
        homes: rows of households.
        alerts: rows of alerts_expected.
        plants: rows of plants.
    """

    night: date
    first_pid: int
    people: list[Row] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Row] = field(default_factory=list)
    homes: list[Row] = field(default_factory=list)
    alerts: list[Row] = field(default_factory=list)
    plants: list[Row] = field(default_factory=list)
    later: list[tuple[str, Row]] = field(default_factory=list)
    cases: int = 0
    booklets: int = 0
