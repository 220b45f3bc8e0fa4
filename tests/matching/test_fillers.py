"""Numbers that fill a form are nobody's: by their look, and by how many people of the spine have them."""

import polars as pl
import pytest

from matching import link_frames, normalise

from .made import number


@pytest.mark.parametrize(
    "raw",
    ["111111111111111111", "000000000000000000", "999999999999999999", "111111111111111", "123456789012345678",
     "12345678901234567X", "012345678901234567", "987654321098765432", "32068219000101000X", "320682190001010011",
     "32068219000101123x", " 1111 1111 1111 1111 11"],
)  # fmt: skip
def test_what_fills_a_form_is_missing(raw: str) -> None:
    row = normalise.identity_numbers(pl.Series([raw])).row(0, named=True)
    assert (row["id_number"], row["masked_number"], row["id_class"]) == (None, None, "missing")


@pytest.mark.parametrize(
    "raw", [number("32068219780705047"), number("32068219000102001"), number("11010119900307271")]
)
def test_a_number_is_no_filler(raw: str) -> None:
    assert normalise.identity_numbers(pl.Series([raw]))["id_class"].to_list() == ["valid"]


def people(holders: int) -> pl.DataFrame:
    """So many people of one valid number, and a place around them."""
    shared, names = number("32068219640909021"), ["钱进财", "朱荣芳", "孙桂香", "沈国平", "韩玉兰"]
    others = [number(f"3206821980{1 + i % 12:02}{1 + i % 28:02}{100 + i:03}") for i in range(300)]
    return pl.DataFrame(
        {
            "person_id": [f"h{i}" for i in range(holders)] + [f"n{i}" for i in range(300)],
            "id_number_raw": [shared] * holders + others,
            "name": names[:holders]
            + ["王李张刘陈"[i % 5] + "伟芳娜敏静强"[i % 6] + "磊军洋勇"[i // 6 % 4] for i in range(300)],
        }
    )


@pytest.mark.parametrize(("holders", "by_number"), [(2, True), (3, True), (4, False), (5, False)])
def test_a_number_that_many_people_have_links_nobody_by_number(holders: int, by_number: bool) -> None:
    row = pl.DataFrame({"id_number_raw": [number("32068219640909021")], "name": ["钱进财"]})
    link = link_frames(row, people(holders)).links.row(0, named=True)
    assert link["by_number"] == by_number
    assert link["method"] == ("exact" if by_number else "probabilistic")


def test_seventeen_digits_tell_the_last() -> None:
    whole = people(1)["id_number_raw"][0]
    rows = pl.DataFrame({"id_number_raw": [whole[:17] + mark for mark in "*?_"], "name": ["钱进财"] * 3})
    links = link_frames(rows, people(1)).links
    assert links["person_id"].to_list() == ["h0"] * 3
    assert links["by_number"].to_list() == [False] * 3 and links["tentative"].to_list() == [False] * 3
