"""One telephone however it is written; what is hidden or fills a form is none."""

import polars as pl
import pytest

from matching.normalise import telephones

MOBILE, LANDLINE = "13912345670", "87654320"


@pytest.mark.parametrize(
    "written",
    ["13912345670", "13912345670.0", "１３９１２３４５６７０", "+86 139-1234-5670", "0086 13912345670", "8613912345670",
     "013912345670", "139 1234 5670", "13912345670/13812345671", "13912345670、0513-87654320",
     "0513-87654320 / 13912345670", "手机13912345670", "13912345670转801"],
)  # fmt: skip
def test_a_mobile(written: str) -> None:
    assert telephones(pl.Series([written])).to_list() == [MOBILE]


@pytest.mark.parametrize(
    "written",
    [
        "87654320",
        "0513-87654320",
        "(0513)87654320",
        "051387654320",
        "0513-87654320-801",
        "87654320转801",
        "87654320 ext. 12",
        "02187654320",
    ],
)
def test_a_landline_with_and_without_its_area(written: str) -> None:
    assert telephones(pl.Series([written])).to_list() == [LANDLINE]


@pytest.mark.parametrize(
    "written",
    ["139****5670", "1391234????", "00000000", "11111111111", "13800000000", "88888888", "1391234567", "无", "", None,
     "13912345678901", "1390"],
)  # fmt: skip
def test_what_is_hidden_too_short_or_fills_a_form_is_none(written: str | None) -> None:
    assert telephones(pl.Series([written], dtype=pl.String)).to_list() == [None]
