"""A claim is number and name, however they were written, and nothing where the number says nothing."""

import polars as pl

from matching.claims import claim_texts

NUMBER = "11010519491231002X"


def claims(*rows: tuple[str | None, str | None]) -> list[str | None]:
    numbers, names = zip(*rows, strict=True)
    return claim_texts(pl.Series(numbers, dtype=pl.String), pl.Series(names, dtype=pl.String)).to_list()


def test_one_claim_however_it_is_written() -> None:
    written = claims((NUMBER, "张伟"), (" 11010519491231002x", "张 伟"), ("110105491231002", "張偉"))
    assert len(set(written)) == 1 and written[0] is not None


def test_what_is_masked_stays_masked() -> None:
    assert claims(("110105**********2X", "张伟")) == ["110105**********2X|张伟"]
    assert claims(("3.21324E+17", "张伟")) == ["321324************|张伟"]


def test_no_digit_or_no_name_is_no_claim() -> None:
    assert (
        claims((None, "张伟"), ("不详", "张伟"), ("*" * 18, "张伟"), (NUMBER, None), (NUMBER, " "))
        == [None] * 5
    )


def test_another_number_or_name_is_another_claim() -> None:
    found = claims((NUMBER, "张伟"), (NUMBER, "张玮"), ("110105194912310038", "张伟"))
    assert len(set(found)) == 3
