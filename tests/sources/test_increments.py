"""Increments: several snapshots make one table, and the newest word counts."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sources import CONTRACTS, SourceLayout, take_in
from tests.sources.collecting import JIANGSU, NIGHT, Collecting, deliver, taken

HEAD = "明细序号,证件号码,纳税人姓名,税款所属期,所得项目,收入额,已缴税额,扣缴义务人识别号,扣缴义务人名称"


def tax(*rows: tuple[str, str, str]) -> bytes:
    lines = [f"{number},1,张三,{month},工资薪金所得,{amount},,," for number, month, amount in rows]
    return ("\n".join([HEAD, *lines]) + "\n").encode()


def increments(replaces: str) -> SourceLayout:
    layout = JIANGSU["tax_income"]
    assert layout is not None
    shape = layout.files[0].model_dump() | {"pattern": "grsd*.csv"}
    given = {"source": "tax_income", "delivery": "increment", "window_months": 12, "replaces": replaces}
    return SourceLayout.model_validate(given | {"files": [shape]})


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    deliver(tmp_path, "tax_income", "2020-12-01", "grsd.csv", tax(("0", "202011", "5")))
    deliver(
        tmp_path,
        "tax_income",
        "2021-10-05",
        "grsd.csv",
        tax(("1", "202108", "1"), ("2", "202109", "2"), ("3", "202109", "3")),
    )
    deliver(
        tmp_path,
        "tax_income",
        "2021-11-05",
        "grsd.csv",
        tax(
            ("1", "202109", "20"),
            ("4", "202110", "4"),
            ("4", "202110", "4"),
            ("5", "202110", "5"),
            ("6", "202110", "5"),
        ),
    )
    deliver(tmp_path, "tax_income", "2021-12-05", "grsd.csv", tax(("7", "202107", "abc")))
    return tmp_path


def by_day(frame: pl.DataFrame, column: str) -> dict[str, int]:
    return {
        str(day): value for day, value in frame.select("snapshot_date", column).rows() if value is not None
    }


@pytest.mark.parametrize("gated", [False, True])
def test_the_newest_snapshot_that_holds_a_month_gives_it(landing: Path, gated: bool) -> None:
    intake, rows = taken(landing, "tax_income", increments("month"), gated=gated)
    assert intake.snapshot_date == date(2021, 11, 5)
    assert sorted(rows["gross_amount"].cast(pl.Int64).to_list()) == [1, 4, 5, 5, 20]
    assert by_day(intake.files, "rows_superseded") == {"2021-10-05": 2, "2021-11-05": 0}
    assert by_day(intake.files, "rows_accepted") == {"2021-10-05": 3, "2021-11-05": 4}
    refused = intake.files.drop_nulls("refused_why")
    assert refused["snapshot_date"].to_list() == [date(2021, 12, 5)]
    assert (intake.first_month, intake.last_month) == (date(2021, 8, 1), date(2021, 10, 1))


def test_the_newest_row_of_a_record_number_stands(landing: Path) -> None:
    intake, rows = taken(landing, "tax_income", increments("record_no"))
    assert sorted(rows["record_no"].to_list()) == ["1", "2", "3", "4", "5", "6"]
    assert by_day(intake.files, "rows_superseded") == {"2021-10-05": 1, "2021-11-05": 0}


def test_unauthorized_rows_are_dropped_before_they_are_superseded(landing: Path) -> None:
    intake, rows = taken(
        landing,
        "tax_income",
        increments("month"),
        gated=True,
        keep=lambda batch: batch.filter(pl.col("gross_amount") < 4),
    )
    assert rows["gross_amount"].cast(pl.Int64).to_list() == [1]
    assert by_day(intake.files, "rows_dropped_unauthorized") == {"2021-10-05": 0, "2021-11-05": 4}
    assert by_day(intake.files, "rows_superseded") == {"2021-10-05": 2, "2021-11-05": 0}


def test_one_sink_for_all_snapshots_loses_only_what_is_refused(landing: Path) -> None:
    bad = tax(("8", "202103", "9"), ("9", "202103", "x"))
    deliver(landing, "tax_income", "2021-09-05", "grsd.csv", bad)
    sink = Collecting("tax_income")
    intake = take_in(
        landing, CONTRACTS["tax_income"], increments("month"), NIGHT, gated=False, open_sink=lambda _: sink
    )
    assert sorted(sink.rows["gross_amount"].cast(pl.Int64).to_list()) == [1, 4, 5, 5, 20]
    assert intake.files.drop_nulls("refused_why").height == 2
