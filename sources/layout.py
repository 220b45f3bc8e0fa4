"""How a province delivers its facts: the layout, as validated configuration.

Here belong the keys a layout file may have and what they mean. Not here: reading deliveries (`readers`) or
finding and merging the files of a layout (`layout_files`).
"""

import codecs
import fnmatch
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Format = Literal["csv", "tsv", "text", "jsonl", "xlsx", "parquet"]
DEFAULT_DELIMITER: dict[str, str] = {"csv": ",", "tsv": "\t", "text": "|"}
TEN_THOUSAND = 10_000
UNITS = {"yuan": 1, "元": 1, "ten_thousand_yuan": TEN_THOUSAND, "万元": TEN_THOUSAND}


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from None
    return text


def _encoding(name: str) -> str:
    """The codec to decode with; GBK and its kin are read as GB18030, which contains them."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        raise ValueError("is no known encoding; use gb18030, utf-8, utf-8-sig or utf-16") from None
    if known.startswith("iso2022") or known == "hz" or known == "utf-7":
        raise ValueError("is an encoding with shift states, which cannot be read line by line")
    return {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf-8-sig": "utf-8"}.get(known, known)


def _date_format(text: str) -> str:
    if text not in SPECIAL_DATES and "%" not in text:
        raise ValueError(f"is no date format; write one like %Y-%m-%d, or one of {', '.join(SPECIAL_DATES)}")
    return text


SPECIAL_DATES = ("excel", "epoch_ms", "epoch_s")
"""Dates that are numbers: Excel's serial day, or milliseconds or seconds since 1970 (a day in Shanghai)."""

Regex = Annotated[str, AfterValidator(_pattern)]
Encoding = Annotated[str, AfterValidator(_encoding)]
DateFormat = Annotated[str, AfterValidator(_date_format)]
OneCharacter = Annotated[str, StringConstraints(min_length=1, max_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ColumnLayout(_Strict):
    """One delivered column: under which header it comes and which canonical column it becomes."""

    header: list[str] = Field(default=[], description="Spellings of the header; the first is the usual one.")
    to: str | None = Field(default=None, description="Canonical column; none: delivered, not wanted.")
    dates: list[DateFormat] | None = None
    months: list[DateFormat] | None = None
    yes_words: list[str] | None = None
    no_words: list[str] | None = None
    unit: Literal["yuan", "元", "ten_thousand_yuan", "万元"] | None = None
    factor: int | None = Field(default=None, ge=1, description="Delivered number x factor = canonical.")
    codes: dict[str, str] = Field(default={}, description="Delivered spelling: canonical word.")

    @model_validator(mode="before")
    @classmethod
    def _one_header_or_more(cls, given: object) -> object:
        if isinstance(given, dict) and isinstance(given.get("header"), str):
            return {**given, "header": [given["header"]]}
        return given


class FileLayout(_Strict):
    """One shape of file: its name, its format, its columns."""

    pattern: str | None = Field(default=None, description="File name with * and ?, for example roll_*.csv.")
    regex: Regex | None = Field(default=None, description="Instead of pattern: the whole file name.")
    format: Format
    encoding: Encoding = "utf-8"
    delimiter: OneCharacter | None = None
    quote: OneCharacter | Literal["none"] | None = None
    header: bool = True
    title_rows: int = Field(default=0, ge=0)
    trailer: Regex | None = Field(default=None, description="Last line; a group `rows` holds the row count.")
    totals: list[Regex] = Field(default=[], description="Lines that begin so are totals, no rows.")
    sheet: str | int | None = Field(default=None, description="Sheet name or number from 0; none: the first.")
    dates: list[DateFormat] = ["%Y-%m-%d"]
    months: list[DateFormat] = ["%Y-%m"]
    yes_words: list[str] = ["是"]
    no_words: list[str] = ["否"]
    unit: Literal["yuan", "元", "ten_thousand_yuan", "万元"] = "yuan"
    columns: list[ColumnLayout]

    @model_validator(mode="after")
    def _is_whole(self) -> "FileLayout":
        if (self.pattern is None) == (self.regex is None):
            raise ValueError("give either pattern or regex, to say which files are meant")
        if not self.header and self.format in ("jsonl", "parquet"):
            raise ValueError(f"header: false makes no sense for {self.format}")
        unnamed = [column.to for column in self.columns if self.header and not column.header]
        if unnamed:
            raise ValueError(f"column to {unnamed[0]!r} has no header")
        return self

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
