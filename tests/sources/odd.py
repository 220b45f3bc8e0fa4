"""Texts as nobody should deliver them, and a way to see that Polars panics at one.

Here belong cells. Not here: damaged files (`bad_deliveries`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
from hypothesis import strategies as st

DIGITS = "0123456789"
WIDE = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in f"{DIGITS}.,+-%"}


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """What looks like a number: up to 30 digits, a sign, a point, an exponent, in full width."""
    digits = draw(st.text(DIGITS, min_size=1, max_size=30))
    if draw(st.booleans()):
        at = draw(st.integers(0, len(digits)))
        digits = f"{digits[:at]}.{digits[at:]}"
    tail = draw(st.sampled_from(("", "", "", "%", ",000", "e9", "E-30", "e+99")))
    text = draw(st.sampled_from(("", "", "-", "+"))) + digits + tail
    return text.translate(WIDE) if draw(st.booleans()) else text


NUMBERS = numbers()
TEXTS = st.one_of(st.text(max_size=10), st.text("0123456789.,-+eE/年月%１", max_size=14)).map(
    lambda text: text.encode("utf-8", "replace").decode()
)


@contextmanager
def without_panic(doing: str) -> Iterator[None]:
    """Fail where Polars panics: its panic is no `Exception`, so hypothesis would not look for the smallest example."""
    try:
        yield
    except pl.exceptions.PanicException as panic:
        raise AssertionError(f"{doing}: Polars panicked: {panic}") from None
