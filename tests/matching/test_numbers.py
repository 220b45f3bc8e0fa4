"""Identity numbers: cleaned, completed, classed, read."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.normalise import identity_numbers
from matching.repairs import month_and_day_exchanged, one_edit

from .made import number

GOOD = number("32068219820627076")
days = st.dates(date(1900, 1, 1), date(2021, 12, 31)).map(lambda d: d.strftime("%Y%m%d"))
numbers = st.builds(lambda d, n: number(f"320682{d}{n:03d}"), days, st.integers(0, 999))


def read(*raw: str | None) -> pl.DataFrame:
    return identity_numbers(pl.Series(list(raw), dtype=pl.String))


@pytest.mark.parametrize(
    ("raw", "id_number", "masked", "id_class"),
    [
        (GOOD, GOOD, None, "valid"),
        (f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}\u3000", GOOD, None, "valid"),
        (f"'{GOOD}", GOOD, None, "valid"),
        (f"{GOOD}.0", GOOD, None, "valid"),
        ("".join(chr(ord(c) + 0xFEE0) for c in GOOD), GOOD, None, "valid"),
        (GOOD[:6] + GOOD[8:17], GOOD, None, "valid"),
        ("32068219971022028x", "32068219971022028X", None, "valid"),
        (GOOD[:17] + "0", GOOD[:17] + "0", None, "bad_check_digit"),
        (number("32068219821345076"), number("32068219821345076"), None, "bad_date"),
        (number("32068218200627076"), number("32068218200627076"), None, "bad_date"),
        (number("99068219820627076"), number("99068219820627076"), None, "bad_division"),
        ("3206**********0769", None, "3206**********0769", "masked"),
        ("3206****0769", None, "3206**********0769", "masked"),
        ("320682＊＊＊＊＊＊＊＊0769", None, "320682********0769", "masked"),
        ("320682198206xxxx69", None, "320682198206****69", "masked"),
        ("320682820627***", None, "32068219820627****", "masked"),
        ("3.20682E+17", None, "320682************", "destroyed"),
        ("3.20682198206270E+17", None, "32068219820627****", "destroyed"),
        ("320682198206270000", None, "32068219820627****", "destroyed"),
        ("E12345678", None, None, "destroyed"),
        ("", None, None, "missing"),
        (" \u3000", None, None, "missing"),
        (None, None, None, "missing"),
    ],
)
def test_what_is_delivered_and_what_it_is(
    raw: str | None, id_number: str | None, masked: str | None, id_class: str
) -> None:
    row = read(raw).row(0, named=True)
    assert (row["id_number"], row["masked_number"], row["id_class"]) == (id_number, masked, id_class)


def test_what_a_number_shows() -> None:
    rows = read(GOOD, "320682198206270***", "3206**********0769", "3.20682E+17").rows(named=True)
    born = date(1982, 6, 27)
    assert [r["birth_date"] for r in rows] == [born, born, None, None]
    assert [r["sex"] for r in rows] == ["female", None, "female", None]
    assert [r["division6"] for r in rows] == ["320682", "320682", None, "320682"]


@given(st.lists(numbers, min_size=1, max_size=20))
def test_valid_numbers_stay_as_they_are_in_order(made: list[str]) -> None:
    out = read(*made)
    assert out["id_number"].to_list() == made
    assert set(out["id_class"]) == {"valid"}


@given(numbers, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(good: str, place: int, step: int) -> None:
    wrong = "0123456789X"[("0123456789X".index(good[place]) + step) % (10 if place < 17 else 11)]
    bad = good[:place] + wrong + good[place + 1 :]
    if bad != good:
        assert read(bad)["id_class"].item() != "valid"


@given(numbers)
def test_fifteen_digits_of_the_last_century_come_back(good: str) -> None:
    if good[6:8] == "19":
        assert read(good[:6] + good[8:17])["id_number"].item() == good


def slow_one_edit(bad: str) -> set[str]:
    """Every number one slip away with its check digit right, by trying them all."""
    tried = {
        bad[:i] + d + bad[i + 1 :] for i in range(18) for d in ("0123456789" if i < 17 else "0123456789X")
    }
    tried |= {bad[:i] + bad[i + 1] + bad[i] + bad[i + 2 :] for i in range(17)}
    return {t for t in tried if t != bad and "X" not in t[:17] and number(t[:17]) == t}


@given(st.lists(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True), min_size=1, max_size=5))
def test_repairs_are_those_that_trying_all_finds(bad: list[str]) -> None:
    made = one_edit(pl.Series(bad))
    for row, text in enumerate(bad):
        assert set(made.filter(pl.col("row") == row)["repaired"]) == slow_one_edit(text)


@given(numbers)
def test_exchanging_month_and_day_twice_changes_nothing(good: str) -> None:
    once = month_and_day_exchanged(pl.Series([good]))
    assert month_and_day_exchanged(once + "0").item() == good[:17]
