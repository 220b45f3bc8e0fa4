"""Rows that cannot be used, and cells that cannot be read.

Here: for every source a few broken rows, about nobody in the city, with the reason for which each must be
quarantined. Not here: files (delivery.py). Their people come from a far county and their cases ended long ago,
so that nothing follows from those that are accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.delivery import lines
from synth.layout import RECORD_PREFIX, Layout
from synth.numbers import id_numbers

if TYPE_CHECKING:
    from synth.streams import Streams

FAR = 659001
"""The county of the people in broken rows: nobody else is from there."""

MONEY = {
    "assistance_roll": "monthly_amount", "tax_income": "gross_amount", "medical_settlements": "total_amount",
    "social_insurance": "monthly_amount", "financial_products": "market_value",
}  # fmt: skip
DATE = {
    "assistance_roll": "start_date", "household_registry": "birth_date", "tax_income": "period",
    "real_estate": "registered_on", "medical_settlements": "settled_on", "social_insurance": "from_month",
    "deaths": "died_on", "disability_certificates": "issued_on", "inmates": "from_date",
    "poverty_monitoring": "identified_on", "marriages": "event_date", "children_care": "identified_on",
}  # fmt: skip
CODE = {
    "assistance_roll": "program", "household_registry": "sex", "tax_income": "income_item", "real_estate": "usage",
    "bank_accounts": "account_type", "medical_settlements": "visit_type", "vehicles": "vehicle_class",
    "business_registrations": "entity_type", "social_insurance": "scheme", "public_payroll": "status",
    "disability_certificates": "disability_class", "students": "stage", "financial_products": "kind",
    "inmates": "kind", "poverty_monitoring": "kind", "marriages": "event", "children_care": "kind",
}  # fmt: skip
CELL = {
    "assistance_roll": "declared_monthly_income", "household_registry": "marital_status", "tax_income": "tax_amount",
    "real_estate": "area_m2", "bank_accounts": "average_balance_12m", "medical_settlements": "fund_paid",
    "vehicles": "purchase_price", "business_registrations": "subscribed_capital", "social_insurance": "to_month",
    "public_payroll": "from_date", "deaths": "evidence", "disability_certificates": "expires_on",
    "students": "enrolled_on", "financial_products": "as_of", "inmates": "to_date", "poverty_monitoring": "removed_on",
    "children_care": "removed_on",
}  # fmt: skip
"""Required and optional columns that are made unreadable."""

HARMLESS: dict[str, dict[str, str | None]] = {
    "assistance_roll": {"status": "已停保", "start_date": "2016-05-09", "end_date": "2019-03-01",
                        "status_since": "2019-03-01", "authorized_on": "2016-05-09", "authorized_until": "2019-03-01"},
    "household_registry": {"status": "迁出", "status_date": "20150601", "former_name": None},
}  # fmt: skip

MOST = 0.13
"""Largest share of broken rows: a snapshot past 0.2 would be refused as a whole."""


@dataclass
class Flaws:
    """The broken rows of a source.

    Attributes:
        cells: rows to be written like any other.
        raw: whole lines, encoded, that no reader can split.
        expected: rows of quarantine_expected without snapshot and file.
        refused: rows of cells_refused_expected.
    """

    cells: pl.DataFrame
    raw: list[bytes] = field(default_factory=list)
    expected: list[dict[str, object]] = field(default_factory=list)
    refused: list[dict[str, object]] = field(default_factory=list)


class _Bench:
    """Makes broken rows of one source from rows of its own."""

    def __init__(self, streams: Streams, layout: Layout, cells: pl.DataFrame) -> None:
        rng = streams.of(f"flaws:{layout.source}")
        self.layout, self.out = layout, Flaws(cells.clear())
        self.models = cells[rng.integers(0, cells.height, 12)]
        born = np.arange(12) * 371 - 6000 + rng.integers(0, 300)
        self.numbers = id_numbers(np.full(12, FAR), born, np.arange(12) % 2 == 0, streams.seed)
        self.used = 0

    def row(self, **values: str | None) -> dict[str, str | None]:
        """The next model row, about somebody from afar, under a record number of its own."""
        at = self.used
        self.used += 1
        row: dict[str, str | None] = self.models.row(at, named=True)
        for seat, (number, name, _) in enumerate(self.layout.seats):
            row |= {
                number: self.numbers[(at + seat) % 12],
                name: "遥" + "甲乙丙丁戊己庚辛壬癸子丑"[(at + seat) % 12],
            }
        row |= {
            "record_no": f"{RECORD_PREFIX[self.layout.source]}80{at:05d}",
            **HARMLESS.get(self.layout.source, {}),
        }
        row |= {"case_no": f"AJ3206828{at:07d}"} if "case_no" in row else {}
        row |= {"household_no": f"3206828{at:07d}"} if "household_no" in row else {}
        return row | values

    def put(self, *rows: dict[str, str | None]) -> None:
        """Adds rows to be written."""
        self.out.cells = pl.concat([self.out.cells, pl.DataFrame(list(rows), schema=self.out.cells.schema)])

    def expect(
        self, row: dict[str, str | None], reason: str, column: str | None = None, rows: int = 1
    ) -> None:
        """Says that a row is to be quarantined."""
        self.out.expected.append(
            {"record_no": row["record_no"], "reason": reason, "column": column, "rows": rows}
        )

    def raw(self, row: dict[str, str | None], how: str) -> None:
        """Adds a line with too few or too many fields, or with bytes that no decoding gives."""
        layout, encoding = (
            self.layout,
            "utf-8" if self.layout.encoding == "utf-8-sig" else self.layout.encoding,
        )
        text = lines(layout, pl.DataFrame([row], schema=self.out.cells.schema))[0]
        if how == "short":
            cut = (
                text[: len(text) // 2]
                if layout.format == "jsonl"
                else layout.separator.join(text.split(layout.separator)[:-2])
            )
            line = cut.encode(encoding)
        elif how == "long":
            line = (text + f"{layout.separator}多余{layout.separator}字段").encode(encoding)
        else:
            name = str(row[layout.seats[0][1]]).encode(encoding)
            line = text.encode(encoding).replace(
                name, b"\xff\xff" + name[-2:] if encoding == "gb18030" else b"\xe9\x81", 1
            )
        self.out.raw.append(line)
        self.expect(row, "unreadable")


def _bad_values(bench: _Bench) -> None:
    source, layout = bench.layout.source, bench.layout
    if column := MONEY.get(source):
        row = bench.row(**{column: "详见附件"})
        bench.put(row)
        bench.expect(row, "bad_value", column)
    if column := DATE.get(source):
        kind = next(c.type for c in layout.columns if c.canonical == column)
        text = date(2021, 2, 28).strftime(layout.date if kind == "d" else layout.month)
        broken = text.replace("28", "31") if kind == "d" else text.replace("02", "17")
        # A registry birth date is taken from a valid number: without one the row is lost.
        row = bench.row(**{column: broken, **({"id_number": None} if source == "household_registry" else {})})
        bench.put(row)
        bench.expect(row, "bad_value", column)
    if column := CODE.get(source):
        row = bench.row(**{column: "??9", **({"id_number": None} if source == "household_registry" else {})})
        bench.put(row)
        bench.expect(row, "bad_value", column)


def _no_identity(bench: _Bench) -> None:
    seats = bench.layout.seats if bench.layout.source == "marriages" else bench.layout.seats[:1]
    row = bench.row(**{column: None for seat in seats for column in seat[:2]})
    bench.put(row)
    bench.expect(row, "no_identity")


def _conflict(bench: _Bench) -> None:
    row, other = bench.row(), bench.row()
    bench.put(row, other | {"record_no": row["record_no"]})
    bench.expect(row, "conflicting_record_no", rows=2)


def _duplicate(bench: _Bench) -> None:
    row = bench.row()
    bench.put(row, row)
    bench.expect(row, "duplicate_row")


def _cell(bench: _Bench) -> None:
    if column := CELL.get(bench.layout.source):
        bench.put(bench.row(**{column: "另行说明"}))
        bench.out.refused.append({"source": bench.layout.source, "column": column, "rows": 1})


def _unreadable(bench: _Bench) -> None:
    if bench.layout.format == "xlsx":
        return
    for how in ("short", "long", "bytes"):
        if how != "long" or bench.layout.format != "jsonl":
            bench.raw(bench.row(), how)


def make_flaws(streams: Streams, layout: Layout, cells: pl.DataFrame) -> Flaws:
    """Makes the broken rows of a source from its cells; fewer kinds where the source is small.

    Bank rows are modelled on the first bank's, which answers with balances.
    """
    models = cells.filter(pl.col("bank_code") == "BANK-A") if layout.split else cells
    if models.is_empty():
        return Flaws(cells.clear())
    bench = _Bench(streams, layout, models)
    for make in (_no_identity, _conflict, _cell, _duplicate, _bad_values, _unreadable):
        bad = sum(int(str(e["rows"])) for e in bench.out.expected)
        if bad + 3 > MOST * cells.height:
            break
        make(bench)
    return bench.out
