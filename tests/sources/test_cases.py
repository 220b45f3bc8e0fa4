"""Deliveries that were once read wrongly, or stopped a night, as they lie beside the checkout: each ends as its README says."""

from datetime import date
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest

from sources import CONTRACTS, SourceLayout
from sources.onboarding.rehearsal import rehearse
from tests.sources.collecting import JIANGSU, taken

CASES = Path(__file__).parents[3] / "shared" / "cases"
NIGHT = date(2021, 12, 31)
ANY_BOOK = "swxx*.xls*"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"no deliveries at {CASES}")


def shape(source: str, **changed: object) -> SourceLayout:
    usual = JIANGSU[source]
    assert usual is not None
    return usual.model_copy(update={"files": [usual.files[0].model_copy(update=changed)]})


def landing(case: str, folder: Path) -> Path:
    return copytree(CASES / case / "landing", folder / "landing")  # in CI they can only be read


def rows_of(case: str, source: str, folder: Path, **changed: object) -> pl.DataFrame:
    intake, rows = taken(landing(case, folder), source, shape(source, **changed))
    assert intake.files["refused_why"].drop_nulls().to_list() == []
    return rows


def refused(case: str, source: str, folder: Path, **changed: object) -> tuple[str, date | None]:
    intake = rehearse(landing(case, folder), CONTRACTS[source], shape(source, **changed), NIGHT, gated=False)
    (why,) = intake.files["refused_why"].drop_nulls()
    return str(why), intake.snapshot_date


def test_dates_of_chinese_excel_are_days(tmp_path: Path) -> None:
    rows = rows_of("cjk-date-format", "deaths", tmp_path)
    assert rows["died_on"].to_list() == [date(2021, 12, 20)] * 10


def test_a_time_of_day_leaves_the_day_and_nought_is_none(tmp_path: Path) -> None:
    rows = rows_of("excel-time-of-day", "public_payroll", tmp_path)
    assert (
        rows.filter(pl.col("record_no").str.starts_with("z"))["unreadable"].to_list() == [["from_date"]] * 2
    )
    assert rows.filter(~pl.col("record_no").str.starts_with("z"))["from_date"].null_count() == 0
    assert (rows["from_date"].drop_nulls() > date(2000, 1, 1)).all()


def test_merged_cells_are_named_and_may_be_filled_down(tmp_path: Path) -> None:
    rows = rows_of("merged-down", "public_payroll", tmp_path / "a")
    assert rows["unreadable"].to_list() == [[], ["unit_name"], ["unit_name"]]
    usual = shape("public_payroll").files[0]
    filled = [column.model_copy(update={"fill_down": column.to == "unit_name"}) for column in usual.columns]
    rows = rows_of("merged-down", "public_payroll", tmp_path / "b", columns=filled)
    assert rows["unit_name"].to_list() == ["某单位"] * 3 and rows["unreadable"].to_list() == [[]] * 3


def test_rows_in_a_second_sheet_refuse_until_they_are_read(tmp_path: Path) -> None:
    why, day = refused("second-sheet", "deaths", tmp_path / "a")
    assert "sheet 'Sheet2' has 3 rows like those that are read" in why and day is None
    assert rows_of("second-sheet", "deaths", tmp_path / "b", sheet="Sheet*").height == 6
    assert rows_of("second-sheet", "deaths", tmp_path / "c", sheets_aside=["Sheet2"]).height == 3


def test_armour_against_spreadsheets_is_no_part_of_a_number(tmp_path: Path) -> None:
    rows = rows_of("csv-excel-armour", "inmates", tmp_path)
    assert rows["id_number_raw"].str.contains("^[0-9]{17}[0-9X]$").all() and rows.height == 20


def test_a_code_that_looks_the_same_is_the_same(tmp_path: Path) -> None:
    intake = rehearse(
        landing("code-with-invisible", tmp_path),
        CONTRACTS["public_payroll"],
        shape("public_payroll"),
        NIGHT,
        gated=False,
    )
    assert intake.quarantine["column_name"].to_list() == ["status"]  # 在岗（借调） is another word


def test_the_euro_sign_of_windows_costs_no_line(tmp_path: Path) -> None:
    assert "王€" in rows_of("gbk-euro", "inmates", tmp_path)["name"].to_list()


def test_an_archive_with_unreadable_names_is_refused_and_the_older_one_used(tmp_path: Path) -> None:
    why, day = refused("zip-gbk-name-1", "inmates", tmp_path)
    assert "whose file names cannot be read" in why and day == date(2021, 12, 20)


def test_a_stray_cell_refuses_its_workbook_alone(tmp_path: Path) -> None:
    why, _ = refused("stray-cell", "deaths", tmp_path)
    assert "a stray cell far from the table" in why


@pytest.mark.parametrize("case", ["xls-as-xls", "xls-as-xlsx", "xlsx-as-xls"])
def test_a_workbook_is_known_by_its_first_bytes(case: str, tmp_path: Path) -> None:
    rows = rows_of(f"xls-names/{case}", "deaths", tmp_path, pattern=ANY_BOOK, sheet="Sheet*")
    assert rows.height == 6
