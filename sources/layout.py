"""How a province delivers its facts: the layout, as validated configuration.

Here belong the keys a layout file may have and what they mean. Not here: single values (`layout_types`), reading
deliveries (`readers`), finding and merging the files of a layout (`layout_files`).
"""

import fnmatch
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sources.layout_types import (
    DEFAULT_DELIMITER,
    DateFormat,
    Encoding,
    Format,
    Named,
    OneCharacter,
    Part,
    Regex,
    TotalsLine,
    TrailerLine,
    Unit,
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ColumnLayout(_Strict):
    """One delivered column: under which header it comes and which canonical column it becomes."""

    header: list[str] = Field(default=[], description="Spellings of the header; the first is the usual one.")
    to: str | None = Field(default=None, description="Canonical column; none: delivered, not wanted.")
    dates: Named[DateFormat] | None = None
    months: Named[DateFormat] | None = None
    yes_words: Named[str] | None = None
    no_words: Named[str] | None = None
    unit: Unit | None = None
    factor: int | None = Field(
        default=None, ge=1, le=10**12, description="Delivered number x factor = canonical."
    )
    codes: dict[str, str] = Field(default={}, description="Delivered spelling: canonical word.")
    blank: list[str] | None = None
    part: Part | None = Field(
        default=None, description="The group of this pattern is the value, not the whole cell."
    )
    of: str | None = Field(default=None, description="Canonical column whose cell this is another `part` of.")
    value: str | None = Field(
        default=None, description="Not delivered: every row of the file has this value."
    )
    fill_down: bool = Field(
        default=False, description="Of a workbook: a merged cell stands for every row that it covers."
    )
    width: int | None = Field(default=None, ge=1, description="Of a fixed-width file: how wide the field is.")

    @property
    def delivered(self) -> bool:
        """Whether the column stands in the file, and is not said by the layout or cut from another one."""
        return self.value is None and self.of is None

    @model_validator(mode="before")
    @classmethod
    def _one_header_or_more(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        # `codes:` with nothing but comments below it, as a draft leaves it, is no codes yet.
        given = {key: value for key, value in given.items() if key != "codes" or value is not None}
        return {**given, "header": [given["header"]]} if isinstance(given.get("header"), str) else given


class FileLayout(_Strict):
    """One shape of file: its name, its format, its columns."""

    pattern: str | None = Field(default=None, description="File name with * and ?, for example roll_*.csv.")
    regex: Regex | None = Field(default=None, description="Instead of pattern: the whole file name.")
    optional: bool = Field(default=False, description="Whether a delivery may lack files of this shape.")
    format: Format
    encoding: Encoding = "utf-8"
    delimiter: OneCharacter | None = None
    quote: OneCharacter | Literal["none"] | None = None
    header: bool = True
    title_rows: int = Field(default=0, ge=0)
    trailer: TrailerLine | None = Field(
        default=None, description="Last line; a group `rows` holds the row count."
    )
    totals: list[TotalsLine] = Field(default=[], description="Lines that begin so are totals, no rows.")
    sheet: str | Annotated[int, Field(ge=0)] | None = Field(
        default=None,
        description="Sheet name or number from 0; a name with * means all that fit. None: the first that can be seen.",
    )
    sheets_aside: list[str] = Field(
        default=[], description="Sheets that are not read though they look like it; names with *."
    )
    header_rows: int = Field(
        default=1, ge=1, le=5, description="Of a workbook: rows that make up the header."
    )
    member: str = Field(
        default="*", description="Of a zip archive: name of the one file in it, with * and ?."
    )
    width_in: Literal["characters", "bytes"] = "characters"
    dates: Named[DateFormat] = ["%Y-%m-%d"]
    months: Named[DateFormat] = ["%Y-%m"]
    yes_words: Named[str] = ["是"]
    no_words: Named[str] = ["否"]
    unit: Unit = "yuan"
    blank: list[str] = Field(default=[], description="Cells that say nothing: NULL, 无, --.")
    columns: list[ColumnLayout]

    @model_validator(mode="after")
    def _is_whole(self) -> "FileLayout":
        if (self.pattern is None) == (self.regex is None):
            raise ValueError("give either pattern or regex, to say which files are meant")
        if not self.header and self.format in ("jsonl", "parquet"):
            raise ValueError(f"header: false makes no sense for {self.format}")
        self._headers_are_of_one()
        if self.quote_character == self.separator:
            raise ValueError(f"delimiter and quote are both {self.separator!r}; they must differ")
        for key in ("sheet", "sheets_aside"):
            if getattr(self, key) not in (None, []) and self.format != "xlsx":
                raise ValueError(f"{key} is for workbooks")
        if self.header_rows > 1 and self.format != "xlsx":
            raise ValueError("header_rows is for workbooks; other files have one line of header")
        for column in self.columns:
            self._column_is_whole(column)
        if self.width_in == "bytes" and self.encoding.startswith(("utf-16", "utf-32")):
            raise ValueError("width_in: bytes makes no sense for this encoding; count characters")
        return self

    def _headers_are_of_one(self) -> None:
        said: dict[str, str | None] = {}
        for column in self.columns:
            for header in column.header:
                if header in said and column.to is not None and said[header] is not None:
                    raise ValueError(
                        f"header {header!r} is given to {said[header]!r} and to {column.to!r}; to take two values of one"
                        " column write of and part"
                    )
                said[header] = column.to or said.get(header)

    def _column_is_whole(self, column: ColumnLayout) -> None:
        about = f"column to {column.to!r}"
        if not column.delivered:
            if column.header or column.to in (None, "record_no"):
                raise ValueError(
                    f"{about}: value and of are for a column that is not in the file; no header, no record_no"
                )
            if column.of is not None and (column.part is None or column.value is not None):
                raise ValueError(f"{about}: of needs a part, and no value")
            source = [c for c in self.columns if c.delivered and c.to == column.of]
            if column.of is not None and not source:
                raise ValueError(
                    f"{about}: of names {column.of!r}, which is no delivered column of this file"
                )
        elif self.header and not column.header:
            raise ValueError(f"{about} has no header")
        if column.to == "record_no" and column.part is not None:
            raise ValueError("record_no is taken whole; it can have no part")
        if (column.width is not None) != (self.format == "fixed" and column.delivered):
            raise ValueError(f"{about}: width is for format: fixed, and there every delivered column has one")

    @property
    def separator(self) -> str:
        """The character between two fields."""
        return self.delimiter or DEFAULT_DELIMITER.get(self.format, ",")

    @property
    def quote_character(self) -> str | None:
        """The quote character; for `text` none unless the layout says so."""
        if self.quote is None:
            return None if self.format == "text" else '"'
        return None if self.quote == "none" else self.quote

    @property
    def standing(self) -> list[ColumnLayout]:
        """The columns that stand in the file, in order."""
        return [column for column in self.columns if column.delivered]

    @property
    def native_dates(self) -> bool:
        """Whether a cell may be a real date (workbook, Parquet), which arrives in ISO form whatever `dates` is."""
        return self.format in ("xlsx", "parquet")

    def names(self, file: str) -> bool:
        """Whether `file` (a bare name) is of this shape; case does not count."""
        if self.regex is not None:
            return re.fullmatch(self.regex, file, re.IGNORECASE) is not None
        return fnmatch.fnmatchcase(file.casefold(), (self.pattern or "").casefold())


class SourceLayout(_Strict):
    """How one source is delivered: full or in increments, in one or more shapes of file."""

    source: str
    delivery: Literal["full", "increment"] = "full"
    window_months: int | None = Field(default=None, ge=1)
    replaces: Literal["month", "record_no"] | None = None
    month_of: str | None = Field(
        default=None, description="Date or month column that `replaces: month` means."
    )
    usable_numbers: float | None = Field(
        default=None, ge=0, le=1, description="The share of rows with a usable number that is expected here."
    )
    files: list[FileLayout] = Field(min_length=1)

    @model_validator(mode="after")
    def _increments_are_said_fully(self) -> "SourceLayout":
        if self.delivery == "increment" and (self.window_months is None or self.replaces is None):
            raise ValueError("delivery: increment needs window_months and replaces")
        if self.delivery == "full" and (self.window_months or self.replaces):
            raise ValueError("window_months and replaces belong to delivery: increment only")
        return self

    def shape_of(self, file: str) -> FileLayout | None:
        """The first shape that `file` (a bare name) has, or None."""
        return next((shape for shape in self.files if shape.names(file)), None)


@dataclass(frozen=True)
class Layout:
    """A province's layout: one `SourceLayout` for each source it delivers."""

    name: str
    description: str
    folder: Path
    sources: dict[str, SourceLayout]
    digest: str
    """SHA-256 over the layout's files: two nights with one digest read deliveries alike."""

    def __getitem__(self, source: str) -> SourceLayout | None:
        """The layout of `source`; None if this province does not deliver it."""
        return self.sources.get(source)
