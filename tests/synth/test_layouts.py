"""A city in another layout: the same people and the same truth, in files that are nothing like the first's."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest

import synth
from synth.descriptions import FIRST, known, layouts
from synth.flaws import NO_TEXT
from synth.layout import Increments
from synth.parts import increments, parts
from synth.texts import grouped, money

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = [name for name in known() if name != FIRST]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> dict[str, synth.City]:
    folder = tmp_path_factory.mktemp("two")
    return {name: synth.make_city(folder / name, 400, 6, plants=1, delivered_as=name) for name in known()}


def _truth(city: synth.City, name: str) -> pl.DataFrame:
    return pl.read_parquet(city.truth / f"{name}.parquet")


@pytest.mark.parametrize("name", OTHERS)
def test_the_city_is_the_same(two: dict[str, synth.City], name: str) -> None:
    told = (
        "persons",
        "links",
        "expected_findings",
        "households",
        "alerts_expected",
        "unauthorized_rows",
        "plants",
    )
    for table in told:
        assert _truth(two[name], table).equals(_truth(two[FIRST], table)), table
    for file in (two[FIRST].truth / "canonical").iterdir():
        assert pl.read_parquet(file).equals(pl.read_parquet(two[name].truth / "canonical" / file.name)), (
            file.name
        )


@pytest.mark.parametrize("name", OTHERS)
def test_the_files_are_not(two: dict[str, synth.City], name: str) -> None:
    first, other = layouts(), layouts(name)
    for source, form in other.items():
        theirs = {column.header for column in first[source].columns}
        mine = {column.header for column in form.columns}
        assert len(mine & theirs) <= 3, source
        assert {code for codes in form.codes.values() for code in codes.values()}.isdisjoint(
            {"男", "女", "是", "否"}
        )
    files = {city: {p.name for p in two[city].landing.rglob("*.*")} for city in (FIRST, name)}
    assert files[FIRST] & files[name] == {"_manifest.json", "divisions.csv"}


def test_the_same_seed_gives_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    digests = []
    for folder in ("a", "b"):
        city = synth.make_city(tmp_path / folder, 250, 3, plants=1, delivered_as="anhui")
        files = sorted(p for p in city.landing.rglob("*") if p.is_file())
        digests.append([(p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in files])
    assert digests[0] == digests[1]


def _newest(city: synth.City, source: str) -> list[Path]:
    used = _truth(city, "snapshots").filter((pl.col("source") == source) & (pl.col("kind") == "newest"))
    return [city.landing / source / day / file for day, file in used.select("snapshot", "file").iter_rows()]


def test_bytes_are_what_the_description_says(two: dict[str, synth.City]) -> None:
    city = two["anhui"]
    roll, _ = _newest(city, "assistance_roll")
    assert roll.read_bytes().startswith(b"\xff\xfe")
    assert NO_TEXT["utf-16-le"] in roll.read_bytes()
    lines = roll.read_bytes().decode("utf-16", "replace").split("\r\n")
    assert lines[0].startswith("城乡最低生活保障")
    assert lines[2].startswith("家庭编码\tLSH")
    assert lines[-2].startswith("合计\t")
    (vehicles,) = _newest(city, "vehicles")
    assert vehicles.read_bytes().startswith(b"\xfe\xff")
    bank, other = _newest(city, "bank_accounts")
    widths = [len(line) for line in bank.read_bytes().split(b"\n")[:-2]]
    assert max(set(widths), key=widths.count) == 237
    assert "SFCX" in other.read_bytes().decode("gb18030", "replace").splitlines()[0]
    (tax,) = _newest(city, "tax_income")
    with zipfile.ZipFile(tax) as archive:
        (member,) = archive.namelist()
        assert '"SKSSQ","MXXH"' in io.TextIOWrapper(archive.open(member), "gb18030", "replace").readline()
    (bills,) = _newest(city, "medical_settlements")
    assert gzip.decompress(bills.read_bytes()).startswith(b"setl_id\tsetl_time")
    (payroll,) = _newest(city, "public_payroll")
    book = openpyxl.load_workbook(payroll, read_only=True)
    assert book.sheetnames == ["行政", "事业", "其他"]
    rows = list(book["行政"].iter_rows(values_only=True))
    assert isinstance(rows[4][5], int | float)
    assert rows[-1][0] == "合计"


@pytest.mark.parametrize(
    ("unit", "fen", "text"),
    [(100, 123456, "1234.56"), (1, 123456, "123456"), (1_000_000, 123456, "0.123456"), (1_000_000, 2_000_000, "2"),
     (100_000, 450_000, "4.5"), (100, 5, "0.05"), (1_000_000, 120_000_000, "120")],
)  # fmt: skip
def test_money_in_every_unit(unit: int, fen: int, text: str) -> None:
    assert pl.DataFrame({"x": [fen]}).select(money("x", unit)).item() == text


def test_thousands_are_parted() -> None:
    given = pl.DataFrame({"x": ["1", "123", "1234", "1234567.8", "123456.00"]})
    assert given.select(grouped(pl.col("x")))["x"].to_list() == [
        "1",
        "123",
        "1,234",
        "1,234,567.8",
        "123,456.00",
    ]


def test_every_row_stands_in_one_file(two: dict[str, synth.City]) -> None:
    for name in known():
        used = _truth(two[name], "snapshots").filter("used", pl.col("kind") == "newest")
        for source, form in layouts(name).items():
            if form.increments is None:
                rows = used.filter(pl.col("source") == source)["rows"].sum()
                assert rows == two[name].rows[source]
    roll = pl.DataFrame({"program": ["0101", "0201", None, "??9"], "record_no": list("abcd")})
    day = _truth(two["anhui"], "persons")["birth_date"][0]
    shared = [
        part.cells["record_no"].to_list() for part in parts(layouts("anhui")["assistance_roll"], day, roll)
    ]
    assert shared == [["a"], ["b", "c", "d"]]


def test_increments_hold_each_month_once_in_the_end() -> None:
    days = pl.date_range(pl.date(2020, 6, 15), pl.date(2021, 11, 20), "1d", eager=True)
    rows = pl.DataFrame({"day": days, "total_amount": 100, "self_paid_in_scope": 50}).with_row_index("n")
    newest = days[-1]
    whole = increments(Increments("day", 12, "month"), newest, rows)
    assert [day for day, _ in whole][:3] == [
        newest,
        newest.replace(month=10, day=31),
        newest.replace(month=9, day=30),
    ]
    seen: dict[object, pl.DataFrame] = {}
    for _, part in whole:  # the newest delivery that has a month gives all of it
        for (month,), of_month in part.group_by(pl.col("day").dt.truncate("1mo")):
            seen.setdefault(month, of_month)
    assert sorted(n for of_month in seen.values() for n in of_month["n"]) == rows["n"].to_list()
    assert sum(part.height for _, part in whole) > rows.height
    right: dict[int, int] = {}
    for _, part in increments(Increments("day", 12, "row"), newest, rows):
        for n, amount in part.select("n", "total_amount").iter_rows():
            right.setdefault(n, amount)
    assert right == dict.fromkeys(rows["n"].to_list(), 100)


def test_an_unknown_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are anhui, jiangsu"):
        synth.make_city(tmp_path, 300, 1, delivered_as="hainan")
