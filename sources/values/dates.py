"""Dates and months from the formats that a layout names.

Impossible days are unreadable, never moved to a possible one. Here belong Excel's serial days and epoch
times too.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

import polars as pl

from sources.values.text import second_look

ISO = "%Y-%m-%d"
_ISO_TIME = "%Y-%m-%d %H:%M:%S"
_NO_DAY_BEFORE, _NO_DAY_AFTER = date(1900, 1, 1), date(9999, 1, 1)
_NATIVE = "native"
_FRACTION = r"(:[0-9]{2})\.[0-9]+$"
_FIRST_NATIVE = date(1900, 1, 1)
"""Excel shows a date before it as no date: 0, which a formula gives that points at an empty cell, is 1900-01-00."""
_DIRECTIVE = re.compile(r"%([A-Za-z])")
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_NO_DAY = 60
"""Excel's serial of 29 February 1900, a day that never was; the days before it are counted from one day later."""
_EXCEL_1904 = 1462
"""Days between Excel's two calendars (files of old Macintosh versions count from 1904)."""
_LAST_EXCEL_DAY = 2_958_465  # 9999-12-31
_FARTHEST = 300_000_000_000
"""Seconds from 1970, some 9,500 years: no date lies beyond it, and Polars panics on times that are farther still."""
_SHANGHAI = "Asia/Shanghai"
_SOME_TIME = datetime(2021, 11, 23, 14, 5, 6)  # noqa: DTZ001 - in no zone, as what departments write


def parse_dates(text: pl.Series, formats: Sequence[str], *, native: bool) -> pl.Series:
    """Read days.

    Args:
        text: trimmed text.
        formats: strptime formats, or `excel`, `epoch_ms`, `epoch_s`; the first that reads a value decides.
        native: cells may be real dates of a workbook or of Parquet, which come in ISO form.
    """
    every = (*formats, *((ISO, _NATIVE) if native else ()))
    return second_look(text, _by_format(text, every[0]), lambda left: _by_formats(left, every))


def parse_months(text: pl.Series, formats: Sequence[str], *, native: bool) -> pl.Series:
    """Read months, as the first day of each; a format with a day in it reads days and keeps their month."""
    return parse_dates(text, formats, native=native).dt.truncate("1mo")


def stands_for_none(days: pl.Series) -> pl.Series:
    """Whether a day is one that programs write where there is none: 1900-01-01 or before, 9999-01-01 or later."""
    return ((days <= _NO_DAY_BEFORE) | (days >= _NO_DAY_AFTER)).fill_null(value=False)


def reads_a_day(form: str) -> bool:
    """Whether a strptime format reads back the day that is written in it, or the first of its month without a day.

    One that names no month, or an hour without minutes, reads nothing, or ends the night that tries it.
    """
    written = pl.Series([_SOME_TIME]).dt.strftime(form)
    try:
        read = _by_format(written, form)
    except pl.exceptions.ComputeError:
        return False
    day = _SOME_TIME.date()
    return bool(read.item() == (day if "%d" in form else day.replace(day=1)))


def _by_formats(text: pl.Series, formats: Sequence[str]) -> pl.Series:
    found = _by_format(text, formats[0])
    for form in formats[1:]:
        left = found.is_null() & text.is_not_null()
        if not left.any():
            break
        found = found.scatter(left.arg_true(), _by_format(text.filter(left), form))
    return found


def _by_format(text: pl.Series, form: str) -> pl.Series:
    if form == "excel":
        return _excel(text)
    if form == "excel_1904":
        return _excel(text, _EXCEL_1904)
    if form in ("epoch_ms", "epoch_s"):
        return _epoch(text, "ms" if form == "epoch_ms" else "s")
    if form == _NATIVE:
        read = _by_format(text, _ISO_TIME)
        return read.set(read < _FIRST_NATIVE, None)
    pattern, has_time, has_day = _shape(form)
    if "%S" in form:  # =NOW() and SQL Server give parts of a second
        text = text.str.replace(_FRACTION, "$1")
    fits = text.set(~text.str.contains(pattern), None)
    if not has_day:
        joint = "" if pattern == "^[0-9]{4}[0-9]{2}$" else " "
        fits, form = fits + f"{joint}01", f"{form}{joint}%d"
    read = (
        fits.str.to_datetime(form, strict=False).dt.date()
        if has_time
        else fits.str.to_date(form, strict=False)
    )
    return read.set(read.dt.year() < 1, None)


@cache
def _shape(form: str) -> tuple[str, bool, bool]:
    """A pattern of what `form` may look like, whether it has a time of day, and whether it has a day.

    Without it 2021105 would be read as the 5th of October by one and the 10th of a fifth by another.
    """
    glued = re.search(r"%[mdHMS]%[mdHMSYy]|%[Yy]%[mdHMS]", form) is not None
    short = "[0-9]{2}" if glued else "[0-9]{1,2}"
    parts = {"Y": "[0-9]{4}", "y": "[0-9]{2}", "b": "[A-Za-z]{3}", "B": "[A-Za-z]{3,9}"}
    pieces = _DIRECTIVE.split(form)
    pattern = "".join(parts.get(p, short) if at % 2 else re.escape(p) for at, p in enumerate(pieces))
    return f"^{pattern}$", "%H" in form, "%d" in form


def _excel(text: pl.Series, later: int = 0) -> pl.Series:
    fits = text.set(~text.str.contains(r"^[0-9]{1,7}(\.[0-9]+)?$"), None)
    days = fits.str.split(".").list.first().cast(pl.Int32, strict=False) + later
    days = days.set((days < 1) | (days > _LAST_EXCEL_DAY) | (days == _NO_DAY), None)
    days = days + (days < _NO_DAY).cast(pl.Int32)
    return (
        days.to_frame("days")
        .select(pl.lit(_EXCEL_DAY_ZERO) + pl.duration(days="days"))
        .to_series()
        .cast(pl.Date)
    )


def _epoch(text: pl.Series, unit: str) -> pl.Series:
    fits = text.set(~text.str.contains(r"^-?[0-9]{1,15}$"), None).cast(pl.Int64, strict=False)
    fits = fits.set(fits.abs() > _FARTHEST * (1000 if unit == "ms" else 1), None)
    times = pl.from_epoch(fits, time_unit="ms" if unit == "ms" else "s")
    days = times.dt.replace_time_zone("UTC").dt.convert_time_zone(_SHANGHAI).dt.date()
    return days.set(~days.dt.year().is_between(1, 9999), None)
