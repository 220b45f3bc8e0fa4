"""Columns of frames that people bring, in the types that matching works with: converted where that is safe, else refused.

Here belongs what a birth date, a sex or a telephone may look like in somebody's frame. Not here: what departments deliver
(sources), how a value is normalised once it has its type (normalise).
"""

from typing import Final

import polars as pl

DATES: Final = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
"""Ways to write a date that are read; time of day behind it is left aside."""
SEXES: Final = {
    "male": ("male", "m", "男", "男性", "1"),
    "female": ("female", "f", "女", "女性", "2"),
}
"""GB/T 2261.1 and what people write; its 0 (unknown) and 9 (not said) are null, as are the words for it."""
UNSAID: Final = (
    "",
    "0",
    "9",
    "unknown",
    "null",
    "none",
    "nan",
    "na",
    "n/a",
    "未知",
    "不详",
    "未说明的性别",
    "-",
    "无",
)
_LARGEST_WHOLE: Final = 2**53
"""Above this a float no longer holds every whole number."""


def typed(frame: pl.DataFrame, kinds: dict[str, pl.DataType], what: str) -> pl.DataFrame:
    """Return the frame with columns in the wanted types; absent ones are null of everybody.

    Args:
        frame: somebody's rows or people.
        kinds: column to wanted type (`String` or `Date`); other columns stay as they are.
        what: the frame's name in errors.

    Raises:
        ValueError: a column cannot be taken; it says which, how many values, and what to do. Values are never named.
    """
    out = []
    for column, kind in kinds.items():
        if column not in frame.columns:
            out.append(pl.Series(column, [None], dtype=kind).new_from_index(0, frame.height))
            continue
        series = frame[column]
        if series.null_count() == len(series):
            out.append(pl.Series(column, [None], dtype=kind).new_from_index(0, frame.height))
        elif column == "sex":
            out.append(_sexes(series, what))
        elif kind == pl.Date:
            out.append(_dates(series, what))
        else:
            out.append(_texts(series, what))
    return frame.with_columns(out)


def _dates(series: pl.Series, what: str) -> pl.Series:
    if series.dtype == pl.Date:
        return series
    if isinstance(series.dtype, pl.Datetime):
        return series.dt.date()
    written = _texts(series, what).str.strip_chars()
    written = written.set(written.str.to_lowercase().is_in(list(UNSAID)), None)
    plain = written.str.replace(r"[T ]\d{1,2}:.*$", "")
    read = pl.select(pl.coalesce(plain.str.to_date(form, strict=False) for form in DATES)).to_series()
    _check(series, written.is_not_null() & read.is_null(), what, "are no dates that can be read",
           "Give dates (pl.Date), or text like 1950-03-12, 19500312 or 1950/3/12.")  # fmt: skip
    return read.alias(series.name)


def _sexes(series: pl.Series, what: str) -> pl.Series:
    known = {word: sex for sex, words in SEXES.items() for word in words}
    written = _texts(series, what).str.normalize("NFKC").str.strip_chars().str.to_lowercase()
    written = written.set(written.is_in(list(UNSAID)), None)
    read = written.replace_strict(known, default=None, return_dtype=pl.String)
    _check(series, written.is_not_null() & read.is_null(), what, "are no sex that is known",
           "Give male and female, 男 and 女, M and F, or 1 and 2; null where it is not known.")  # fmt: skip
    return read


def _texts(series: pl.Series, what: str) -> pl.Series:
    """Text as it is; whole numbers as their digits, floats too where each of them is whole and exact."""
    kind = series.dtype
    if kind == pl.String:
        return series
    if kind.is_integer() or kind in (pl.Date, pl.Categorical, pl.Enum) or isinstance(kind, pl.Enum):
        return series.cast(pl.String)
    if kind.is_float():
        series = series.fill_nan(None)
        _check(series, (series.abs() > _LARGEST_WHOLE) | (series != series.floor()), what,
               "are numbers that have lost digits", "Read the column as text where it comes from.")  # fmt: skip
        return series.cast(pl.Int64).cast(pl.String)
    raise ValueError(
        f"{what}: column {series.name} holds {kind}, which says nothing that can be compared. Give it as text."
    )


def _check(series: pl.Series, wrong: pl.Series, what: str, why: str, cure: str) -> None:
    count = int(wrong.fill_null(value=False).sum())
    if count:
        raise ValueError(f"{what}: column {series.name}: {count} of {len(series)} values {why}. {cure}")
