"""What holds of every value: what is written in a layout's form reads back, and no text makes typing raise."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sources.contract import MONEY, NUMBER
from sources.layout_types import SPECIAL_DATES, UNITS, DateFormat
from sources.onboarding.look.values import DAYS as LOOKED_DAYS
from sources.onboarding.look.values import MONTHS as LOOKED_MONTHS
from sources.onboarding.look.values import column_seen
from sources.values.amounts import parse_decimals
from sources.values.codes import UNKNOWN, parse_bools, parse_codes
from sources.values.dates import parse_dates, parse_months
from sources.values.identity_number import birth_and_sex
from tests.chance import examples
from tests.sources.odd import NUMBERS, TEXTS, without_panic

QUICK = examples(50)
FORMS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日", "%d.%m.%Y")
DAYS = st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=1, max_size=8)
DIRECTIVES = tuple(f"%{letter}" for letter in "YymdHMSbB")
LITERALS = ("", "-", "/", ".", "年", "月", "日", "T", " ", ":", "%", "[", "{", "\\", "十")


def full_width(text: str) -> str:
    return text.translate({ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789"})


@QUICK
@given(DAYS, st.sampled_from(FORMS), st.booleans())
def test_days_and_months_read_back(days: list[date], form: str, wide: bool) -> None:
    written = pl.Series([day.strftime(form) for day in days])
    if wide:
        written = pl.Series([full_width(text) for text in written])
    assert parse_dates(written, [form], native=False).to_list() == days
    assert parse_months(written, [form], native=False).to_list() == [day.replace(day=1) for day in days]


@QUICK
@given(DAYS)
def test_serial_days_of_a_workbook_read_back(days: list[date]) -> None:
    late = [day for day in days if day >= date(1900, 3, 1)]
    serials = pl.Series([str((day - date(1899, 12, 30)).days) for day in late], dtype=pl.String)
    assert parse_dates(serials, ["excel"], native=False).to_list() == late


@QUICK
@given(st.lists(st.decimals(-(10**11), 10**11, places=2), min_size=1, max_size=8), st.booleans())
def test_amounts_read_back_with_and_without_separators(amounts: list[object], grouped: bool) -> None:
    written = pl.Series([format(amount, ",.2f" if grouped else ".2f") for amount in amounts])
    assert parse_decimals(written, MONEY).to_list() == amounts


def cells_of(texts: Sequence[str | None]) -> pl.Series:
    cells = pl.Series(texts, dtype=pl.String).str.strip_chars()
    return cells.set(cells.str.len_bytes() == 0, None)


def read_in_every_way(cells: pl.Series) -> dict[str, Callable[[], pl.Series]]:
    """Everything that reads a cell, by what to call it; formats and units as any layout may have them."""
    days = dict.fromkeys((*FORMS, *SPECIAL_DATES, *LOOKED_DAYS))
    months = dict.fromkeys((*SPECIAL_DATES, *LOOKED_MONTHS))
    factors = {
        f"{unit} x {factor}": UNITS[unit] * factor for unit in ("元", "分", "亿元") for factor in (1, 10**12)
    }
    return {
        **{f"day {form}": lambda form=form: parse_dates(cells, [form], native=True) for form in days},
        **{f"month {form}": lambda form=form: parse_months(cells, [form], native=False) for form in months},
        **{f"money {name}": lambda by=by: parse_decimals(cells, MONEY, by) for name, by in factors.items()},
        "number": lambda: parse_decimals(cells, NUMBER, percent=True),
        "share": lambda: parse_decimals(cells, NUMBER, 100, percent=True),
        "bool": lambda: parse_bools(cells, ["是"], ["否"]),
        "birth": lambda: birth_and_sex(cells)["birth_date"],
    }


@QUICK
@given(st.lists(st.one_of(st.none(), NUMBERS, TEXTS), max_size=10))
@example(["1640966400000", "9007062177020", "-211822902501987", "999999999999999"])
@example(["22187245283952636170824025", "-" + "9" * 28, "9" * 30, "1e99", "0.0000000000000000000001"])
def test_no_text_makes_typing_raise_and_nothing_stays_nothing(texts: list[str | None]) -> None:
    cells = cells_of(texts)
    for way, read in read_in_every_way(cells).items():
        with without_panic(way):
            values = read()
        assert len(values) == len(cells), way
        assert values.filter(cells.is_null()).null_count() == cells.null_count(), way


@QUICK
@given(st.lists(st.one_of(NUMBERS, TEXTS), max_size=10))
@example(["9007062177020"])
def test_any_column_can_be_looked_at(texts: list[str]) -> None:
    seen = column_seen(pl.Series(texts, dtype=pl.String))
    for look in ("codes", "nothing", "days", "months", "numeric", "median", "valid_ids", "unique"):
        with without_panic(look):
            getattr(seen, look)


@pytest.mark.parametrize(
    ("form", "first", "earliest", "last"),
    [
        ("excel", 1, date(1900, 1, 1), 2_958_465),
        ("excel_1904", 1, date(1904, 1, 2), 2_957_003),
        (
            "epoch_s",
            -62_135_625_943,
            date(1, 1, 1),
            253_402_271_999,
        ),  # the clocks of Shanghai were 8:05:43 ahead
        ("epoch_ms", -62_135_625_943_000, date(1, 1, 1), 253_402_271_999_999),
    ],
)
def test_serial_numbers_end_with_the_year_9999_and_beyond_it_are_unreadable(
    form: str, first: int, earliest: date, last: int
) -> None:
    written = [first, last, last + 1, last * 10, last * 10**9, first - 86_400_000, -(10**20)]
    read = parse_dates(pl.Series([str(number) for number in written]), [form], native=False).to_list()
    assert read == [earliest, date(9999, 12, 31), None, None, None, None, None]


def test_amounts_end_where_their_type_does() -> None:
    kept, lost = "99999999.99999", "100000000"
    assert parse_decimals(pl.Series([kept, lost, "9" * 27]), MONEY, 10_000).to_list() == [
        Decimal("999999999999.90"),
        None,
        None,
    ]


@st.composite
def formats(draw: st.DrawFn) -> str:
    """A format that a layout may have: year and month, perhaps a day, perhaps a time, in any order and with any signs."""
    day = [draw(st.sampled_from(("%Y", "%y"))), draw(st.sampled_from(("%m", "%b", "%B"))), "%d"]
    time = draw(st.sampled_from(((), ("%H", "%M"), ("%H", "%M", "%S"))))
    parts = draw(st.permutations([*day[: draw(st.sampled_from((2, 3)))], *time]))
    signs = [draw(st.sampled_from(LITERALS[1:10])) for _ in parts]
    return "".join(part + sign for part, sign in zip(parts, signs, strict=True))


ANY_FORMAT = st.lists(st.sampled_from((*DIRECTIVES, *LITERALS)), max_size=12).map("".join)
PARTS = st.one_of(
    st.text("0123456789", min_size=1, max_size=4),
    st.sampled_from(("2021", "9999", "0000", "02", "29", "31", "24", "60", "Feb", "September")),
)


@QUICK
@given(st.one_of(formats(), ANY_FORMAT), st.lists(st.lists(PARTS, min_size=12, max_size=12), max_size=6))
@example("%Y-%m-%d %H", [])
@example("%Y-%m-%d %S", [])
@example("%Y-%m-%", [])
def test_a_format_is_refused_when_the_layout_is_read_or_reads_any_text(
    form: str, parts: list[list[str]]
) -> None:
    try:
        TypeAdapter(DateFormat).validate_python(form)
    except ValidationError:
        return
    texts = []
    for row in parts:
        text = form
        for directive, part in zip(DIRECTIVES, row, strict=False):
            text = text.replace(directive, part)
        texts.append(text)
    cells = cells_of([*texts, "20211301", "9" * 13])
    with without_panic(form):
        parse_dates(cells, [form], native=False)
        parse_months(cells, [form], native=True)


@QUICK
@given(formats())
def test_every_format_with_a_year_and_a_month_is_taken(form: str) -> None:
    assert TypeAdapter(DateFormat).validate_python(form) == form


@QUICK
@given(st.lists(st.sampled_from(("低保", " 低保　", "低 保", "dibao", "")), max_size=8))
def test_a_code_is_a_spelling_of_the_layout_or_unknown(spellings: list[str]) -> None:
    cells = pl.Series([text.strip() or None for text in spellings], dtype=pl.String)
    read = parse_codes(cells, {"低保": "dibao"}).to_list()
    assert read == [
        None if not t.strip() else "dibao" if "".join(t.split()) == "低保" else UNKNOWN for t in spellings
    ]
