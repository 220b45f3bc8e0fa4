"""Text that leaves the house: harmless cells, masked numbers, legal names, whatever was delivered."""

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from exports.text import LONGEST, file_stem, harmless, masked_number, sheet_names

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80)


def shown(value: str | None) -> str | None:
    result: str | None = pl.select(harmless(pl.lit(value, dtype=pl.String))).item()
    return result


@given(TEXT, st.sampled_from(["", "=", "+", "-", "@", "\t=", "\r\n@", "\x00=", " ＝", "\u2028="]))
def test_no_cell_begins_like_a_formula_and_cleaning_twice_changes_nothing(text: str, start: str) -> None:
    once = shown(start + text)
    assert once is not None
    assert not re.match(r"\s*[=+\-@＝＋－＠]", once)
    assert not re.search(r"[\x00-\x1f]", once)
    assert len(once) <= LONGEST + 2
    assert shown(once) == once


def test_plain_text_stays_and_null_stays_null() -> None:
    assert [shown(value) for value in ("欧阳·买买提", "李𠮷祥 2-301", None, "9" * 600)] == [
        "欧阳·买买提",
        "李𠮷祥 2-301",
        None,
        "9" * LONGEST + "…",
    ]


def test_masking_shows_ten_characters_of_a_number_and_nothing_of_anything_else() -> None:
    numbers = pl.Series("id", ["32068219500101001X", "320682500101001", "", None, "李"])
    assert pl.select(masked_number(numbers)).to_series().to_list() == [
        "320682********001X",
        None,
        None,
        None,
        None,
    ]


@given(st.lists(TEXT, max_size=12))
def test_sheet_names_are_legal_whatever_the_villages_are_called(titles: list[str]) -> None:
    names = sheet_names(titles, taken=("清单说明",))
    assert len(names) == len(titles)
    assert len({name.casefold() for name in [*names, "清单说明", "history"]}) == len(titles) + 2
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]|^'|'$", name)


def test_file_names_hold_letters_digits_and_hyphens() -> None:
    assert file_stem("2021-12-31", "320682001", "../如澜 街道/\x00") == "2021-12-31_320682001_如澜街道"
