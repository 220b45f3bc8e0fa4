"""What a delivered text means, and what means nothing."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.contract import MONEY, NUMBER
from sources.layout_types import UNITS
from sources.values.amounts import parse_decimals
from sources.values.codes import UNKNOWN, parse_bools, parse_codes
from sources.values.dates import parse_dates, parse_months
from sources.values.identity_number import birth_and_sex
from sources.values.text import part_of, trimmed, without_words


def text(*values: str | None) -> pl.Series:
    return trimmed(pl.Series(values, dtype=pl.String))


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("12", "12.00"),
        ("1,234.50", "1234.50"),
        ("1，234.50", "1234.50"),
        ("１２３", "123.00"),
        (" 12 ", "12.00"),
        ("-0.5", "-0.50"),
        ("+7", "7.00"),
        ("1e3", "1000.00"),
        ("2.675", "2.68"),
        ("-2.675", "-2.68"),
        ("0.125", "0.13"),
        ("999999999999.99", "999999999999.99"),
        ("1000000000000.00", None),
        ("1,23.4", None),
        ("12,34", None),
        ("NaN", None),
        ("inf", None),
        ("abc", None),
        ("12元", None),
        ("--1", None),
        ("1 2", None),
        ("", None),
    ],
)
def test_money(given_: str, expected: str | None) -> None:
    found = parse_decimals(text(given_), MONEY)
    assert found.dtype == MONEY
    assert found.to_list() == [None if expected is None else Decimal(expected)]


def test_ten_thousand_yuan_and_percent() -> None:
    assert parse_decimals(text("12.3456", "0.00005"), MONEY, 10_000).to_list() == [
        Decimal("123456.00"),
        Decimal("0.50"),
    ]
    assert parse_decimals(text("33.33%", "50％", "0.12345"), NUMBER, percent=True).to_list() == [
        Decimal("33.3300"),
        Decimal("50.0000"),
        Decimal("0.1235"),
    ]


@given(st.decimals(min_value=-999999999999, max_value=999999999999, places=2))
def test_every_amount_of_fen_is_exact(amount: Decimal) -> None:
    assert parse_decimals(text(f"{amount:f}", f"{amount:,f}"), MONEY).to_list() == [amount, amount]


@pytest.mark.parametrize(
    ("form", "given_", "expected"),
    [
        ("%Y-%m-%d", "2021-01-05", date(2021, 1, 5)),
        ("%Y-%m-%d", "2021-1-5", date(2021, 1, 5)),
        ("%Y-%m-%d", "２０２１－０１－０５", date(2021, 1, 5)),
        ("%Y-%m-%d", "2021-02-30", None),
        ("%Y-%m-%d", "2021-01-05 00:00:00", None),
        ("%Y-%m-%d", "0000-01-01", None),
        ("%Y-%m-%d", "20210105", None),
        ("%Y%m%d", "20210105", date(2021, 1, 5)),
        ("%Y%m%d", "2021105", None),
        ("%Y/%m/%d", "2021/12/31", date(2021, 12, 31)),
        ("%Y年%m月%d日", "2021年1月5日", date(2021, 1, 5)),
        ("%d.%m.%Y", "05.01.2021", date(2021, 1, 5)),
        ("%Y-%m-%d %H:%M:%S", "2021-01-05 13:04:05", date(2021, 1, 5)),
        ("excel", "44562", date(2022, 1, 1)),
        ("excel", "44562.75", date(2022, 1, 1)),
        ("excel", "0", None),
        ("epoch_ms", "1640966400000", date(2022, 1, 1)),
        ("epoch_s", "1640966399", date(2021, 12, 31)),
        ("epoch_ms", "soon", None),
    ],
)
def test_dates(form: str, given_: str, expected: date | None) -> None:
    assert parse_dates(text(given_), [form], native=False).to_list() == [expected]


def test_several_formats_and_native_dates() -> None:
    found = parse_dates(
        text("20210105", "2021-01-06", "44562", "x"), ["%Y%m%d", "%Y-%m-%d", "excel"], native=False
    )
    assert found.to_list() == [date(2021, 1, 5), date(2021, 1, 6), date(2022, 1, 1), None]
    native = parse_dates(text("2021-01-05 00:00:00", "2021/1/6"), ["%Y/%m/%d"], native=True)
    assert native.to_list() == [date(2021, 1, 5), date(2021, 1, 6)]


@pytest.mark.parametrize(
    ("form", "given_", "expected"),
    [
        ("%Y%m", "202104", date(2021, 4, 1)),
        ("%Y%m", "202113", None),
        ("%Y%m", "2021-13", None),
        ("%Y-%m", "2021-4", date(2021, 4, 1)),
        ("%Y年%m月", "2021年4月", date(2021, 4, 1)),
        ("%m/%Y", "04/2021", date(2021, 4, 1)),
        ("%Y-%m-%d", "2021-04-17", date(2021, 4, 1)),
    ],
)
def test_months(form: str, given_: str, expected: date | None) -> None:
    assert parse_months(text(given_), [form], native=False).to_list() == [expected]


def test_codes_are_the_layouts_spellings_and_nothing_else() -> None:
    words = {"在保": "active", "(在保)": "active", "A1": "active"}
    found = parse_codes(text("在保", " 在保　", "（在保）", "Ａ１", "active", "?", None), words)
    assert found.to_list() == ["active"] * 4 + [UNKNOWN, UNKNOWN, None]


def test_yes_and_no() -> None:
    assert parse_bools(text("是", "１", "否", "0", "也许", None), ["是", "1"], ["否", "0"]).to_list() == [
        True,
        True,
        False,
        False,
        None,
        None,
    ]


def test_blanks_of_any_width_are_nothing() -> None:
    assert text(" 　", "", "　a b ").to_list() == [None, None, "a b"]


def test_a_valid_number_shows_birth_and_sex() -> None:
    numbers = text(
        "110101199003072711", "11010119900307273X", "110101199003072712", "110101199002302717", "1101", None
    )
    found = birth_and_sex(numbers)
    assert found["birth_date"].to_list()[0] == date(1990, 3, 7)
    assert found["sex"].to_list()[0] == "male"
    assert found["birth_date"].to_list()[2:] == [None] * 4


@pytest.mark.parametrize(
    ("unit", "given_", "expected"),
    [
        ("分", "1234567", "12345.67"),
        ("fen", "000000000000000001", "0.01"),
        ("元", "１，２３４．５", "1234.50"),
        ("千元", "1.2345", "1234.50"),
        ("万元", "1,234.567891", "12345678.91"),
        ("万元", "0.0000005", "0.01"),
        ("亿元", "0.01", "1000000.00"),
        ("亿元", "99999", None),
    ],
)
def test_units_are_exact(unit: str, given_: str, expected: str | None) -> None:
    found = parse_decimals(text(given_), MONEY, UNITS[unit])
    assert found.to_list() == [None if expected is None else Decimal(expected)]


@given(st.decimals(min_value=0, max_value=9_999_999, places=2))
def test_an_amount_is_the_same_in_every_unit(amount: Decimal) -> None:
    for unit, yuan in UNITS.items():
        assert parse_decimals(text(f"{amount / yuan:f}"), MONEY, yuan).to_list() == [amount], unit


@pytest.mark.parametrize(
    ("form", "given_", "expected"),
    [
        ("excel", "1", date(1900, 1, 1)),
        ("excel", "59", date(1900, 2, 28)),
        ("excel", "60", None),
        ("excel", "61", date(1900, 3, 1)),
        ("excel", "0", None),
        ("excel", "44561", date(2021, 12, 31)),
        ("excel", "44561.75", date(2021, 12, 31)),
        ("excel", "４４５６１", date(2021, 12, 31)),
        ("excel_1904", "0", date(1904, 1, 1)),
        ("excel_1904", "43099", date(2021, 12, 31)),
    ],
)
def test_serial_days(form: str, given_: str, expected: date | None) -> None:
    assert parse_dates(text(given_), [form], native=False).to_list() == [expected]


@pytest.mark.parametrize(
    ("form", "given_"),
    [
        ("%Y年%m月", "2021年12月"), ("%Y%m", "202112"), ("%Y-%m", "2021-12"), ("%Y.%m", "2021.12"), ("%Y/%m", "2021/12"),
        ("%b-%Y", "Dec-2021"), ("%b %Y", "dec 2021"), ("%B %Y", "December 2021"), ("%y%m", "2112"), ("excel", "44531"),
        ("%Y年%m月", "２０２１年１２月"), ("%Y%m%d", "20211231"),
    ],
)  # fmt: skip
def test_months_in_every_form(form: str, given_: str) -> None:
    assert parse_months(text(given_), [form], native=False).to_list() == [date(2021, 12, 1)]


@pytest.mark.parametrize("given_", ["9" * 28, "-1e27", "170141183460469231731", "999999999999.99"])
def test_an_amount_beyond_every_range_is_unreadable_in_any_unit(given_: str) -> None:
    for dtype in (MONEY, NUMBER):
        assert parse_decimals(text("1", given_), dtype, UNITS["万元"]).to_list() == [10_000, None]


def test_words_that_say_nothing_and_parts_of_a_cell() -> None:
    given_ = pl.Series(["NULL", " -- ", "张三", None, "NULLA"])
    assert without_words(given_, ["NULL", "--"]).to_list() == [None, None, "张三", None, "NULLA"]
    names = pl.Series(["张三(曾用名:张四)", "李四", None])
    part, unread = part_of(names, r"^(.*?)(?:\(曾用名:.*\))?$")
    assert (part.to_list(), unread.to_list()) == (["张三", "李四", None], [False, False, False])


@pytest.mark.parametrize(
    ("pattern", "cell", "part", "unread"),
    [
        (r"至(.*)$", "2019-01-01至2020-05-01", "2020-05-01", False),
        (r"至(.*)$", "2020-05-01", None, True),  # filled, and the pattern does not fit
        (r"至(.*)$", "2019-01-01至", "", True),  # it fits, and takes nothing
        (r"^([0-9-]*)", "二〇二〇年五月一日", "", True),  # fits every text, and reads none of this one
        (r"^[^至]*(?:至(.*))?$", "2019-01-01", None, False),  # the layout says that a cell may lack this part
        (r"^[^至]*(?:至(.*))?$", "2019-01-01至2020-05-01", "2020-05-01", False),
        (r"^[^至]*(?:至(.*))?$", "2019\n至2020-05-01至", "2020-05-01至", False),
        (r"^.*(?:至(.*))?$", "2019\n", None, True),  # the pattern knows of no second line
        (r"至(.*)$", "　", None, False),
        (r"至(.*)$", "", None, False),
        (r"至(.*)$", None, None, False),
    ],
)
def test_a_filled_cell_of_which_a_pattern_reads_nothing_is_unread(
    pattern: str, cell: str | None, part: str | None, unread: bool
) -> None:
    assert [each.to_list() for each in part_of(pl.Series([cell], dtype=pl.String), pattern)] == [
        [part],
        [unread],
    ]
