"""The layout in which a made city's departments deliver: the data of layouts/jiangsu.json as objects.

Here: files, headers, codes and formats of the 18 sources, and each one's record number. Not here: writing.
A copy of the folder's own data, not of the product's layouts: the city must not agree with the product by
construction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

RECORD_PREFIX = {
    "assistance_roll": "JZ", "household_registry": "HJ", "tax_income": "GS", "real_estate": "BDC",
    "bank_accounts": "YH", "medical_settlements": "YB", "vehicles": "JDC", "business_registrations": "SC",
    "social_insurance": "SB", "public_payroll": "CZ", "deaths": "SW", "disability_certificates": "CL",
    "students": "XJ", "financial_products": "JR", "inmates": "SF", "poverty_monitoring": "FP",
    "marriages": "HY", "children_care": "ET",
}  # fmt: skip
SOURCES = tuple(RECORD_PREFIX)
GATED = ("bank_accounts", "financial_products", "tax_income")


@dataclass(frozen=True)
class Column:
    """A column: its header in the file, its canonical name, its type (t, c, d, m, y, n, b)."""

    header: str
    canonical: str
    type: str


@dataclass(frozen=True)
class Layout:
    """How one source is delivered."""

    source: str
    format: str
    file: str
    columns: tuple[Column, ...]
    codes: dict[str, dict[str, str]]
    encoding: str = "utf-8"
    separator: str = ","
    header: bool = True
    trailer: bool = False
    split: str | None = None
    gzip: bool = False
    title: str | None = None
    date: str = "%Y-%m-%d"
    month: str = "%Y%m"
    yes_no: tuple[str, str] = ("是", "否")
    seats: tuple[tuple[str, str, str | None], ...] = field(default=(("id_number", "name", None),))


SEATS: dict[str, tuple[tuple[str, str, str | None], ...]] = {
    "marriages": (("id_number_a", "name_a", "a"), ("id_number_b", "name_b", "b")),
    "children_care": (("id_number", "name", None), ("guardian_id_number", "guardian_name", "guardian")),
}
"""Number column, name column and seat of the people a row names."""


def _one(source: str, raw: dict[str, Any]) -> Layout:
    given: dict[str, Any] = {
        "encoding": raw.get("enc"), "separator": raw.get("sep"), "header": raw.get("header"),
        "trailer": raw.get("trailer"), "split": raw.get("split"), "gzip": raw.get("gz"),
        "title": raw.get("title"), "date": raw.get("date"), "month": raw.get("month"),
        "yes_no": tuple(raw["bool"]) if "bool" in raw else None, "seats": SEATS.get(source),
    }  # fmt: skip
    return Layout(
        source=source,
        format=raw["fmt"],
        file=raw["file"],
        columns=tuple(Column(c["header"], c["canonical"], c["type"]) for c in raw["columns"]),
        codes=raw["codes"],
        **{key: value for key, value in given.items() if value is not None},
    )


def text() -> str:
    """The layout as delivered beside the truth."""
    return (Path(__file__).parent / "layouts" / "jiangsu.json").read_text(encoding="utf-8")


@cache
def layouts() -> dict[str, Layout]:
    """Layout by source, in the order of RECORD_PREFIX."""
    raw = json.loads(text())
    return {source: _one(source, raw[source]) for source in SOURCES}
