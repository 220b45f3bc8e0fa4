"""When each department delivers, and what of it is to be used.

Here: dates of the snapshots of a night, the night before, older ones, one after the night and those that must
be refused. Not here: bytes (delivery.py), contents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from synth.frames import months_before

AGES = {
    "household_registry": 2, "real_estate": 11, "medical_settlements": 5, "business_registrations": 6,
    "social_insurance": 9, "public_payroll": 20, "students": 17, "financial_products": 16, "inmates": 3,
    "poverty_monitoring": 24, "marriages": 8, "children_care": 13,
}  # fmt: skip
"""Days before the night, all fresh (rules.md 6); the others follow."""

DAILY = ("assistance_roll", "deaths", "disability_certificates", "vehicles")
"""Delivered on the night and on the night before."""

MONTHLY = ("tax_income", "bank_accounts")
"""Dated the last day of the month before the night's."""

REFUSED = {
    "public_payroll": ("column_missing", 4), "children_care": ("too_many_bad", 4), "inmates": ("broken_manifest", 1),
}  # fmt: skip
"""Newer than the snapshot to use, and not to be used: why, and days before the night."""

WITHOUT_MANIFEST = ("business_registrations", "students")
"""Departments that send none."""


@dataclass(frozen=True)
class Snapshot:
    """A snapshot of a source: its date, what it is (`newest` is to be used)."""

    source: str
    date: date
    kind: str


def newest(source: str, night: date) -> date:
    """The date of the snapshot that the night is to use."""
    if source in MONTHLY:
        return months_before(night, 0) - timedelta(days=1)
    return night - timedelta(days=AGES.get(source, 0))


def snapshots(source: str, night: date, *, previous_night: bool) -> list[Snapshot]:
    """Lists the snapshots of a source, the one to use first."""
    out = [Snapshot(source, newest(source, night), "newest")]
    if source in DAILY:
        back = 1 if previous_night else 7
        out.append(Snapshot(source, night - timedelta(days=back), "older"))
    if source == "deaths":
        out.append(Snapshot(source, night + timedelta(days=1), "after_night"))
    if source in REFUSED:
        why, age = REFUSED[source]
        out.append(Snapshot(source, night - timedelta(days=age), why))
    return out
