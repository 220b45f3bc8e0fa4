"""The layouts in which a made city's departments deliver, as objects: what is written, where and how.

Here: files, headers, codes and formats of the 18 sources, and each one's record number. Not here: reading
the descriptions (descriptions.py), writing files. Descriptions of the folder's own, not of the product's
layouts: the city must not agree with the product by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

RECORD_PREFIX = {
    "assistance_roll": "JZ", "household_registry": "HJ", "tax_income": "GS", "real_estate": "BDC",
    "bank_accounts": "YH", "medical_settlements": "YB", "vehicles": "JDC", "business_registrations": "SC",
    "social_insurance": "SB", "public_payroll": "CZ", "deaths": "SW", "disability_certificates": "CL",
    "students": "XJ", "financial_products": "JR", "inmates": "SF", "poverty_monitoring": "FP",
    "marriages": "HY", "children_care": "ET",
}  # fmt: skip
SOURCES = tuple(RECORD_PREFIX)
GATED = ("bank_accounts", "financial_products", "tax_income")
PERSON: tuple[tuple[str, str, str | None], ...] = (("id_number", "name", None),)
SEATS: dict[str, tuple[tuple[str, str, str | None], ...]] = {
    "marriages": (("id_number_a", "name_a", "a"), ("id_number_b", "name_b", "b")),
    "children_care": (("id_number", "name", None), ("guardian_id_number", "guardian_name", "guardian")),
}
"""Number column, name column and seat of the people a row names."""


@dataclass(frozen=True)
class Column:
    """A column of a source as its department writes it.

    Attributes:
        header: what it is called.
        canonical: its canonical name.
        type: text, code, date, month, yuan, number or yes/no: t, c, d, m, y, n, b.
        pattern: of a date or month: strftime, or `excel`, or `epoch_ms`.
        unit: of money: fen in one unit (100: yuan, 1: fen, 1,000,000: 万元).
        scale: of a number: delivered = true x scale.
        grouped: thousands separators.
        wide: full-width digits.
        native: a number in JSON or a workbook, not a text.
        width: in a fixed-width file.
        adds: a canonical column written behind the value, and how: `("former_name", "(曾用名:{})")`.
        blank: what is written where there is nothing.
    """

    header: str
    canonical: str
    type: str
    pattern: str = "%Y-%m-%d"
    unit: int = 100
    scale: float = 1.0
    grouped: bool = False
    wide: bool = False
    native: bool = False
    width: int = 0
    adds: tuple[str, str] | None = None
    blank: str = ""


@dataclass(frozen=True)
class File:
    """A file of a snapshot, or several of one shape.

    Attributes:
        name: with `{d}` for the date and `{part}` for what `each` tells apart.
        format: csv (any separator), jsonl, fixed, xlsx.
        titles: lines above the header.
        groups: the upper row of a header of two, with the number of columns under each: `("户主信息", 3)`.
        totals: a line below the rows; `{n}` is their number.
        trailer: the last line; `{n}` is the number of rows.
        packed: none, `gz` or `zip`.
        member: name of the file in the archive.
        sheets: names of a workbook's sheets, which share the rows.
        quoted: every field stands in quotes.
        columns: canonical columns that stand in the file, in order; none: all of the source.
        only: a column and the values of it whose rows are here.
        without: a column and the values of it whose rows are not here.
        each: a column and how many signs of it tell the files apart.
    """

    name: str
    format: str
    encoding: str = "utf-8"
    separator: str = ","
    header: bool = True
    newline: str = "\n"
    titles: tuple[str, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    totals: str | None = None
    trailer: str | None = None
    packed: str | None = None
    member: str = ""
    sheets: tuple[str, ...] = ("Sheet1",)
    quoted: bool = False
    columns: tuple[str, ...] | None = None
    only: tuple[str, tuple[str, ...]] | None = None
    without: tuple[str, tuple[str, ...]] | None = None
    each: tuple[str, int] | None = None

    @property
    def codec(self) -> str:
        """The encoding of a line; marks at the start of the file are apart."""
        return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(self.encoding, self.encoding)

    @property
    def mark(self) -> bytes:
        """The byte-order mark the file begins with."""
        marks = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
        return marks.get(self.encoding, b"")


@dataclass(frozen=True)
class Increments:
    """A source that delivers by the month: the column that says a row's month, and how it corrects itself.

    Attributes:
        column: date or month.
        months: how many deliveries there are.
        restates: `month`: a month comes in part and then whole; `row`: some rows come wrong and then right.
    """

    column: str
    months: int
    restates: str


@dataclass(frozen=True)
class Layout:
    """How one source is delivered."""

    source: str
    columns: tuple[Column, ...]
    codes: dict[str, dict[str, str]]
    files: tuple[File, ...]
    yes_no: tuple[str, str] = ("是", "否")
    increments: Increments | None = None
    seats: tuple[tuple[str, str, str | None], ...] = PERSON

    def standing(self, file: File) -> list[Column]:
        """The columns that stand in a file, in its order."""
        known = {column.canonical: column for column in self.columns}
        return [known[name] for name in file.columns or known if name in known]

    def column(self, name: str) -> Column:
        """The column with a canonical name."""
        return next(column for column in self.columns if column.canonical == name)
