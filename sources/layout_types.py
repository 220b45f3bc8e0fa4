"""The words a layout may use: encodings, date formats, units, patterns, each checked when the layout is loaded.

Here belong the types of single values and the sentence for a wrong one. Not here: which key takes which
(`layout`).
"""

import codecs
import re
from decimal import Decimal
from typing import Annotated, Literal

import polars as pl
from pydantic import AfterValidator, StringConstraints

from sources.values.dates import reads_a_day

Format = Literal["csv", "tsv", "text", "fixed", "jsonl", "xlsx", "parquet"]
DEFAULT_DELIMITER: dict[str, str] = {"csv": ",", "tsv": "\t", "text": "|"}
Unit = Literal[
    "fen",
    "分",
    "yuan",
    "元",
    "thousand_yuan",
    "千元",
    "ten_thousand_yuan",
    "万元",
    "hundred_million_yuan",
    "亿元",
]
UNITS: dict[str, Decimal] = {
    "fen": Decimal("0.01"),
    "分": Decimal("0.01"),
    "yuan": Decimal(1),
    "元": Decimal(1),
    "thousand_yuan": Decimal(1_000),
    "千元": Decimal(1_000),
    "ten_thousand_yuan": Decimal(10_000),
    "万元": Decimal(10_000),
    "hundred_million_yuan": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
"""Yuan in one of each unit; exact, for no float touches money."""
SPECIAL_DATES = ("excel", "excel_1904", "epoch_ms", "epoch_s")
"""Dates that are numbers: Excel's serial day (of either of its calendars), or time since 1970 (a day in Shanghai)."""
_DIRECTIVES = "YymdHMSbB"


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from None
    return text


def _part(text: str) -> str:
    if re.compile(_pattern(text)).groups != 1:
        raise ValueError("needs exactly one group ( ), which says what part of the cell is meant")
    try:
        pl.Series([""]).str.extract(text, 1)
    except pl.exceptions.ComputeError:
        raise ValueError("looks around or back ((?=, (?<=, \\1), which no reader of cells can") from None
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
    if text in SPECIAL_DATES:
        return text
    if "%" not in text or "%" in re.sub(f"%[{_DIRECTIVES}]", "", text):
        raise ValueError(f"is no date format; write one like %Y-%m-%d, or one of {', '.join(SPECIAL_DATES)}")
    if not reads_a_day(text):
        raise ValueError("reads no day: name the year and the month, and beside hours the minutes")
    return text


Regex = Annotated[str, AfterValidator(_pattern)]
Part = Annotated[str, AfterValidator(_part)]
Encoding = Annotated[str, AfterValidator(_encoding)]
DateFormat = Annotated[str, AfterValidator(_date_format)]
OneCharacter = Annotated[str, StringConstraints(min_length=1, max_length=1)]
