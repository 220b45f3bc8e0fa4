"""What normalising promises of any text at all: it never raises, keeps length and order, and is done once."""

from datetime import date

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from matching.normalise import addresses, identity_numbers, name_keys, names
from tests.chance import examples

from .made import number

QUICK = examples(80)
SIGNS = st.sampled_from(
    "张三欧阳·•・.?*□○〇 　\ue863\u200b𠮷昇戱Ａ１x号组村路镇第附0123456789X'\"=-E+\0\u0301÷≮()[]/男某先生女士⿰⿱"
)
TEXT = st.one_of(st.none(), st.text(max_size=12), st.text(SIGNS, max_size=20))
TEXTS = st.lists(TEXT, max_size=12)


def series(texts: list[str | None]) -> pl.Series:
    # Half a surrogate pair never passes a reader; Polars does not take one.
    return pl.Series(
        [None if t is None else t.encode("utf-8", "replace").decode() for t in texts], dtype=pl.String
    )


@examples(25)
@given(TEXTS)
def test_any_text_is_read_in_order_and_without_company(texts: list[str | None]) -> None:
    raw = series(texts)
    for read in (names, identity_numbers, addresses):
        whole = read(raw)
        assert whole.height == len(raw)
        for at in range(0, len(raw), 5):
            assert read(raw.slice(at, 1)).equals(whole.slice(at, 1))


@QUICK
@given(TEXTS)
@example(["÷X؆X", "÷x÷x÷x", "张XXXXXXXXX红", "张" + "x" * 99])  # a run of hidden characters, and the next one
@example(["≮", "≠王", "Å·\u0338="])  # an accent on a sign that is none without it
@example(["戱", "薴"])  # variants of traditional characters
@example(["王先生先生", "王" + "女士同志" * 30, "⿰" * 9 + "木" * 10])
def test_a_name_key_is_its_own_key(texts: list[str | None]) -> None:
    once = name_keys(series(texts))
    assert name_keys(once).equals(once)
    assert names(series(texts))["name_key"].equals(once)


@QUICK
@given(TEXTS)
def test_a_name_key_has_one_dot_between_parts_and_no_blank(texts: list[str | None]) -> None:
    for key in name_keys(series(texts)).drop_nulls():
        assert key
        assert "··" not in key and not key.startswith("·") and not key.endswith("·")
        assert not any(character.isspace() for character in key)


@QUICK
@given(TEXTS)
def test_a_number_that_is_read_has_its_form_and_valid_means_valid(texts: list[str | None]) -> None:
    read = identity_numbers(series(texts))
    for given_number, kind in read.select("id_number", "id_class").rows():
        if given_number is not None:
            assert len(given_number) == 18 and given_number.isascii()
            assert given_number[:17].isdigit() and given_number[17] in "0123456789X"
        if kind == "valid":
            assert given_number == number(given_number[:17])
    for column in ("id_number", "masked_number", "slipped"):
        there = read[column].is_not_null()
        assert identity_numbers(read[column]).filter(there)[column].equals(read[column].drop_nulls())


@QUICK
@given(TEXTS)
def test_no_part_of_an_address_is_there_without_saying_anything(texts: list[str | None]) -> None:
    read = addresses(series(texts))
    assert all((read[column] != "").all() for column in read.columns)
    assert read.filter(pl.col("door_key").is_not_null() & pl.col("door").is_null()).is_empty()


WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789X"}
days = st.dates(min_value=date(1920, 1, 1), max_value=date(2021, 1, 1))


@QUICK
@given(days, st.integers(0, 999), st.sampled_from(["{}", " {}", "{} ", "'{}", "{}\t", "{}.0"]), st.booleans())
def test_a_number_survives_how_it_is_typed(day: date, serial: int, form: str, wide: bool) -> None:
    good = number(f"320682{day:%Y%m%d}{serial:03d}")
    typed = form.format(good.translate(WIDE) if wide else good.lower())
    if typed.endswith(".0") and (wide or "x" in good.lower()):
        return
    assert identity_numbers(pl.Series([typed]))["id_number"].item() == good
