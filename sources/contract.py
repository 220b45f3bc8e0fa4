"""What a contract is: the canonical table that a department's delivery must become.

Here belong the facts that hold in every province (columns, types, codes, who a row is about). Not here: how a
delivery looks (`layout`), nor how text becomes a value (`values`).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

import pandera.polars as pa
import polars as pl

Money = Annotated[pl.Decimal, 14, 2]
"""Yuan, exact. No floats for money anywhere."""
Number = Annotated[pl.Decimal, 14, 4]
"""A measure that is no money (m2, percent), exact too: shares are added up and held against one half."""

Kind = Literal["raw", "text", "date", "month", "money", "number", "bool", "code"]

MONEY = pl.Decimal(14, 2)
NUMBER = pl.Decimal(14, 4)

UNREADABLE_COLUMNS = "unreadable"
"""Column of every canonical table: which optional columns of the row were delivered and could not be read."""

FROM_NUMBER = {"birth_date": "birth_date_from_number", "sex": "sex_from_number"}
"""Registry columns that a valid identity number can give, and the column that marks it (spec, sources.md)."""


@dataclass(frozen=True)
class Seat:
    """One place in a row where a person is named: a column with his number and one with his name."""

    id_number: str
    name: str
    subject: bool = True
    """Whether the row is about this person (a guardian is named, but the row is about the child)."""

    @property
    def id_number_raw(self) -> str:
        """Name of the column that carries the number as delivered."""
        return f"{self.id_number}_raw"


WHO = (Seat("id_number", "name"),)


@dataclass(frozen=True)
class Column:
    """One canonical column, as the pandera model declares it."""

    name: str
    kind: Kind
    required: bool
    title_zh: str
    meaning: str
    codes: tuple[str, ...] = ()
    mask: str | None = None
    """What an analyst may see of it; None where the model says nothing, and then it is never shown."""

    @property
    def dtype(self) -> pl.DataType:
        """The Polars type of the typed column."""
        types: dict[str, pl.DataType] = {
            "date": pl.Date(),
            "month": pl.Date(),
            "money": MONEY,
            "number": NUMBER,
            "bool": pl.Boolean(),
        }
        return types.get(self.kind, pl.String())


@dataclass(frozen=True)
class Contract:
    """What one department delivers, in the words of the specification (sources.md).

    Attributes:
        opening: optional columns whose silence opens something (an authorization without end). Where the layout names one
            and a file does not have it, it counts as delivered and not read in every row.
        usable_numbers: the least share of rows whose identity number somebody could be found by; below it a delivery's
            number column holds something else. A layout may say another.
    """

    name: str
    department_zh: str
    title_zh: str
    legal_basis: str
    fresh_for_days: int
    schema: type[pa.DataFrameModel]
    seats: tuple[Seat, ...] = WHO
    month_column: str | None = None
    may_be_empty: bool = True
    max_quarantine_share: float = 0.2
    opening: tuple[str, ...] = ()
    usable_numbers: float = 0.5

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The canonical columns in the order of the specification."""
        schema = self.schema.to_schema()
        return tuple(self._column(name, declared) for name, declared in schema.columns.items())

    @cached_property
    def column(self) -> dict[str, Column]:
        """The canonical columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which a row cannot be accepted."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def optional(self) -> tuple[str, ...]:
        """Columns that may be empty; one that cannot be read becomes null, is named in the row and counted."""
        return tuple(column.name for column in self.columns if not column.required)

    @property
    def grain(self) -> str:
        """What one row is, in one English sentence."""
        return (self.schema.__doc__ or "").strip().splitlines()[0]

    @cached_property
    def accepted_schema(self) -> dict[str, pl.DataType]:
        """Columns and types of the rows that a sink receives, in order."""
        raw = {seat.id_number: seat.id_number_raw for seat in self.seats}
        fields = {raw.get(column.name, column.name): column.dtype for column in self.columns}
        marks = {mark: pl.Boolean() for name, mark in FROM_NUMBER.items() if self._from_number(name)}
        unread: dict[str, pl.DataType] = {UNREADABLE_COLUMNS: pl.List(pl.String())}
        place: dict[str, pl.DataType] = {"snapshot_date": pl.Date(), "file": pl.String(), "line": pl.Int64()}
        return {**fields, **marks, **unread, **place}

    def empty(self) -> pl.DataFrame:
        """No rows, with the columns of accepted rows: the table of a source that is absent."""
        return pl.DataFrame(schema=self.accepted_schema)

    def _from_number(self, name: str) -> bool:
        return name in self.column and self.column[name].required and len(self.seats) == 1

    def _column(self, name: str, declared: pa.Column) -> Column:
        codes = next((c.statistics["allowed_values"] for c in declared.checks if c.name == "isin"), ())
        return Column(
            name=name,
            kind=self._kind(name, declared, bool(codes)),
            required=not declared.nullable,
            title_zh=declared.title,
            meaning=declared.description,
            codes=tuple(codes),
            mask=(declared.metadata or {}).get("mask"),
        )

    def _kind(self, name: str, declared: pa.Column, has_codes: bool) -> Kind:  # noqa: FBT001 - private
        if any(name in (seat.id_number, seat.name) for seat in self.seats):
            return "raw"
        if has_codes:
            return "code"
        if (declared.metadata or {}).get("month"):
            return "month"
        kinds: dict[str, Kind] = {"Date": "date", "Boolean": "bool", "String": "text"}
        dtype = declared.dtype.type
        if isinstance(dtype, pl.Decimal):
            return "money" if dtype.scale == MONEY.scale else "number"
        return kinds[str(dtype)]
