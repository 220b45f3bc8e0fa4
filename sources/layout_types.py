"""The words a layout may use: encodings, date formats, units, patterns, each checked when the layout is loaded.

Here belong the types of single values and the sentence for a wrong one. Not here: which key takes which
(`layout`).
"""

import codecs
import re
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

import polars as pl
from pydantic import AfterValidator, Field

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
    if not _is_of_lines(known):
        raise ValueError("is no encoding of lines of text; use gb18030, utf-8, utf-8-sig or utf-16")
    if known.startswith("iso2022") or known == "hz" or known == "utf-7":
        raise ValueError("is an encoding with shift states, which cannot be read line by line")
    return {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf-8-sig": "utf-8"}.get(known, known)


def _is_of_lines(known: str) -> bool:
    """Whether text comes back as it was, and a line ends with a line feed; not so of rot13, punycode or a mainframe's."""
    text = "1,a|b\n"
    try:
        data = text.encode(known)
        return data.decode(known) == text and (
            known.startswith(("utf-16", "utf-32")) or data.endswith(b"b\n")
        )
    except (LookupError, UnicodeError):
        return False


def _one_byte(text: str) -> str:
    if len(text) != 1 or not text.isascii() or text in "\r\n\0" or text.isalnum():
        raise ValueError(
            "must be one ASCII character that is no letter, digit or line end: a comma, a tab ('\\t'), | or ;"
        )
    return text


def _unlike_nothing(text: str) -> str:
    if re.search(_pattern(text), "") is not None:
        raise ValueError(
            "fits every line, so that no row would be left; write what the line says, for example 合计"
        )
    return text


def _trailer(text: str) -> str:
    group = re.search(r"\(\?P<rows>((?:[^()\\\[\]]|\\.|\[[^\]]*\])*)\)", _unlike_nothing(text))
    if "rows" in re.compile(text).groupindex and (group is None or not _holds_digits_alone(group[1])):
        raise ValueError("has a group `rows` that is no number of rows; write (?P<rows>[0-9]+)")
    return text


def _holds_digits_alone(pattern: str) -> bool:
    """Whether a pattern fits some number, filled up with noughts or blanks to some width, and no word."""
    shown = (f"{12:{filled}{width}}" for filled in ("0", ">", "<") for width in range(1, 21))
    return any(re.fullmatch(pattern, each) for each in (*shown, "7", "1,234")) and not any(
        re.fullmatch(pattern, "行" * width) for width in range(1, 21)
    )


def _date_format(text: str) -> str:
    if text in SPECIAL_DATES:
        return text
    if "%" not in text or "%" in re.sub(f"%[{_DIRECTIVES}]", "", text):
        raise ValueError(f"is no date format; write one like %Y-%m-%d, or one of {', '.join(SPECIAL_DATES)}")
    if not reads_a_day(text):
        raise ValueError("reads no day: name the year and the month, and beside hours the minutes")
    return text


Value = TypeVar("Value")
Named = Annotated[list[Value], Field(min_length=1)]
"""A list that names at least one."""
Regex = Annotated[str, AfterValidator(_pattern)]
Part = Annotated[str, AfterValidator(_part)]
Encoding = Annotated[str, AfterValidator(_encoding)]
DateFormat = Annotated[str, AfterValidator(_date_format)]
OneCharacter = Annotated[str, AfterValidator(_one_byte)]
TotalsLine = Annotated[str, AfterValidator(_unlike_nothing)]
TrailerLine = Annotated[str, AfterValidator(_trailer)]
