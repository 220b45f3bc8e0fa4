"""Money and measures: exact decimals, no float on the way.

Two decimals of money and four of a measure are kept; what has more is rounded half away from zero (四舍五入).
"""

from decimal import Decimal

import polars as pl

from sources.values.text import second_look

_EXACT = pl.Decimal(38, 10)
_PLAIN = r"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,2})?$"
_GROUPED = r"^[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$"


def parse_decimals(
    text: pl.Series, dtype: pl.Decimal, multiply: int | Decimal = 1, *, percent: bool = False
) -> pl.Series:
    """Read numbers such as 1234.5, 1,234.50 or １２３.

    Args:
        text: trimmed text.
        dtype: the decimal type to return; what does not fit it is unreadable.
        multiply: delivered number x this = canonical number (10,000 where a department delivers 万元).
        percent: whether a percent sign may follow.
    """
    slow = _multiplied(dtype, multiply, percent=percent)
    if multiply != 1:
        return slow(text)
    whole = dtype.precision - dtype.scale
    usual = text.set(~text.str.contains(rf"^-?[0-9]{{1,{whole}}}(\.[0-9]{{1,{dtype.scale}}})?$"), None)
    return second_look(text, usual.cast(dtype, strict=False), slow)


class _multiplied:  # noqa: N801 - a function with arguments held, for `second_look`
    def __init__(self, dtype: pl.Decimal, multiply: int | Decimal, *, percent: bool) -> None:
        self._dtype, self._multiply, self._percent = dtype, multiply, percent
        self._largest = 10 ** (dtype.precision - dtype.scale) // multiply + 1

    def __call__(self, text: pl.Series) -> pl.Series:
        plain = text.str.normalize("NFKC")
        if self._percent:
            plain = plain.str.strip_suffix("%").str.strip_chars()
        grouped = plain.str.contains(_GROUPED)
        plain = plain.set(grouped, None).fill_null(
            plain.set(~grouped, None).str.replace_all(",", "", literal=True)
        )
        exact = plain.set(~plain.str.contains(_PLAIN), None).cast(_EXACT, strict=False)
        # What the type cannot hold anyway would overflow when multiplied, and end the night.
        exact = exact.set(exact.abs() > self._largest, None) * self._multiply
        rounded = exact.to_frame("x").select(pl.col("x").round(self._dtype.scale, mode="half_away_from_zero"))
        return rounded.to_series().cast(self._dtype, strict=False)
