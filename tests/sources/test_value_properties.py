"""What holds of every value: what is written in a layout's form reads back, and no text makes typing raise."""

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import MONEY, NUMBER
from sources.values.amounts import parse_decimals
from sources.values.codes import UNKNOWN, parse_bools, parse_codes
from sources.values.dates import parse_dates, parse_months

QUICK = settings(max_examples=50, deadline=None)
FORMS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日", "%d.%m.%Y")
DAYS = st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=1, max_size=8)
TEXTS = st.lists(
    st.one_of(st.none(), st.text(max_size=10), st.text("0123456789.,-+eE/年月%１", max_size=14)), max_size=10
)


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


@QUICK
@given(TEXTS)
def test_no_text_makes_typing_raise_and_nothing_stays_nothing(texts: list[str | None]) -> None:
    cells = pl.Series(texts, dtype=pl.String).str.strip_chars()
    cells = cells.set(cells.str.len_bytes() == 0, None)
    read = [
        parse_decimals(cells, MONEY),
        parse_decimals(cells, NUMBER, percent=True),
        parse_decimals(cells, MONEY, 10_000),
        parse_bools(cells, ["是"], ["否"]),
        *(parse_dates(cells, [form], native=True) for form in (*FORMS, "excel", "epoch_ms", "epoch_s")),
        *(parse_months(cells, [form], native=False) for form in ("%Y%m", "%Y-%m")),
    ]
    for values in read:
        assert len(values) == len(cells)
        assert values.filter(cells.is_null()).null_count() == cells.null_count()


@QUICK
@given(st.lists(st.sampled_from(("低保", " 低保　", "低 保", "dibao", "")), max_size=8))
def test_a_code_is_a_spelling_of_the_layout_or_unknown(spellings: list[str]) -> None:
    cells = pl.Series([text.strip() or None for text in spellings], dtype=pl.String)
    read = parse_codes(cells, {"低保": "dibao"}).to_list()
    assert read == [None if not t.strip() else "dibao" if t.strip() == "低保" else UNKNOWN for t in spellings]
