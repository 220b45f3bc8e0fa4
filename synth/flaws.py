"""Rows that cannot be used, and cells that cannot be read.

Here: for every source a few broken rows, about nobody in the city, with the reason for which each must be
quarantined. Not here: files (delivery.py). Their people come from a far county and their cases ended long ago,
so that nothing follows from those that are accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth.delivery import encoded
from synth.layout import RECORD_PREFIX, Layout
from synth.numbers import id_numbers
from synth.parts import here
from synth.texts import written

if TYPE_CHECKING:
    from synth.layout import File
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

HARMLESS: dict[str, dict[str, object]] = {
    "assistance_roll": {"status": "ended", "start_date": date(2016, 5, 9), "end_date": date(2019, 3, 1),
                        "status_since": date(2019, 3, 1), "authorized_on": date(2016, 5, 9),
                        "authorized_until": date(2019, 3, 1)},
    "household_registry": {"status": "moved_out", "status_date": date(2015, 6, 1), "former_name": None},
}  # fmt: skip

MOST = 0.13
"""Largest share of broken rows: a snapshot past 0.2 would be refused as a whole."""


NO_TEXT = {"gb18030": b"\xff\xff", "utf-16-le": b"\x00\xd8", "utf-16-be": b"\xd8\x00"}
"""Bytes that no decoding gives, by encoding; of UTF-16 half a surrogate pair."""


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
        self.harmless = _harmless(layout)
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
            **self.harmless,
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
        file = self.layout.files[0]
        end = len(file.newline.encode(file.codec))
        one = pl.DataFrame([row], schema=self.out.cells.schema)
        line = encoded(self.layout, file, one)[:-end]
        if how == "short":
            line = self._short(file, one, line, end)
        elif how == "long":
            more = "多余字段" if file.format == "fixed" else f"{file.separator}多余{file.separator}字段"
            line += more.encode(file.codec)
        else:
            name = str(row[self.layout.seats[0][1]]).encode(file.codec)
            broken = NO_TEXT.get(file.codec)
            line = line.replace(name, b"\xe9\x81" if broken is None else broken + name[-2:], 1)
        self.out.raw.append(line + file.newline.encode(file.codec))
        self.expect(row, "unreadable")

    def _short(self, file: File, one: pl.DataFrame, line: bytes, end: int) -> bytes:
        """The line without its last two fields, or cut in half where fields are not separated."""
        if file.format in ("jsonl", "fixed"):
            text = line.decode(file.codec)
            return text[: len(text) // 2].encode(file.codec)
        fewer = tuple(column.canonical for column in self.layout.standing(file)[:-2])
        return encoded(self.layout, replace(file, columns=fewer), one)[:-end]


def _harmless(layout: Layout) -> dict[str, str | None]:
    """The values that make a row harmless, as the layout writes them."""
    values = HARMLESS.get(layout.source, {})
    schema = {c.canonical: {"d": pl.Date, "m": pl.Date, "y": pl.Int64, "n": pl.Float64, "b": pl.Boolean}.get(c.type, pl.String)
              for c in layout.columns}  # fmt: skip
    row = pl.DataFrame([{name: values.get(name) for name in schema}], schema=schema)
    return {name: text for name, text in written(layout, row).row(0, named=True).items() if name in values}


def _impossible(layout: Layout, name: str) -> str:
    """A day or month that never was, in the form of the column."""
    column = layout.column(name)
    if column.pattern == "excel":
        return "60"  # what Excel takes for 29 February 1900
    text = date(2021, 2, 28).strftime(column.pattern)
    return text.replace("28", "31") if column.type == "d" else text.replace("02", "17")


def _bad_values(bench: _Bench) -> None:
    source, layout = bench.layout.source, bench.layout
    if column := MONEY.get(source):
        row = bench.row(**{column: "详见附件"})
        bench.put(row)
        bench.expect(row, "bad_value", column)
    if column := DATE.get(source):
        broken = _impossible(layout, column)
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
    form = bench.layout.files[0].format
    if form == "xlsx":
        return
    for how in ("short", "long", "bytes"):
        if how != "long" or form != "jsonl":
            bench.raw(bench.row(), how)


def make_flaws(streams: Streams, layout: Layout, cells: pl.DataFrame) -> Flaws:
    """Makes the broken rows of a source from its cells; fewer kinds where the source is small.

    They are modelled on rows of the layout's first file (the first bank answers with balances).
    """
    models = cells.filter(here(layout, layout.files[0]))
    if models.is_empty():
        return Flaws(cells.clear())
    bench = _Bench(streams, layout, models)
    for make in (_no_identity, _conflict, _cell, _duplicate, _bad_values, _unreadable):
        bad = sum(int(str(e["rows"])) for e in bench.out.expected)
        if bad + 3 > MOST * cells.height:
            break
        make(bench)
    return bench.out
