"""Rows sent back: as delivered, with line, reason and column in front; nothing of a gated row but those."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from exports import ExportError, Form, rejects_of
from exports.reject_file import ADDED

NIGHT, DAY = date(2021, 12, 31), date(2021, 12, 28)
HEADINGS = {"kind": "类别", "died_on": "死亡日期", "balance": "余额", "zt": "zt"}
TITLES = {
    "inmates": "司法 服刑",
    "deaths": "民政 死亡",
    "tax_income": "税务 个税",
    "business": "市监 主体",
    "bank": "银行",
}
FORMS = {
    "inmates": Form("lines", "gb18030", ",", '"', ("编号", "姓名", "类别"), HEADINGS),
    "bank": Form("lines", "gb18030", "|", None, None, HEADINGS),
    "tax_income": Form("lines", "utf-8", ",", '"', ("编号", "姓名"), HEADINGS),
    "deaths": Form("sheet", "utf-8", ",", '"', ("编号", "姓名", "死亡日期"), HEADINGS),
    "business": Form("objects", "utf-8", ",", '"', None, HEADINGS),
}
LINES = {
    "inmates": [
        (3, "R2", "bad_value", "kind", 'R2,"张,三",杀人'),
        (5, None, "unreadable", None, 'R4,"李四'),
        (9, "R8", "duplicate_row", None, 'R8,"王\n五",监狱服刑'),
    ],
    "bank": [(1, "1", "bad_value", "balance", "1|億墊|")],
    "tax_income": [(2, None, "bad_value", "kind", None), (4, None, "no_identity", None, None)],
    "deaths": [(4, "S1", "bad_value", "died_on", "S1\t=1+1\t@x"), (7, "S2", "no_identity", None, "+S2\t\t-3")],
    "business": [
        (1, "a", "bad_value", "zt", '{"xh": "a", "n": 320106199003072711, "zt": "x"}'),
        (2, None, "unreadable", None, '{"xh": '),
        (3, None, "no_identity", None, "{}"),
    ],
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A published night with rows set aside in every format, and a refused file."""
    path = tmp_path / "2021-12-31.duckdb"
    rows = [(s, DAY, f"{s} 终.x", *row) for s, listed in LINES.items() for row in listed]
    quarantine = pl.DataFrame(
        rows,
        schema=["source", "snapshot_date", "file", "line", "record_no", "reason", "column_name", "raw"],
        orient="row",
        infer_schema_length=None,
    )
    files = pl.DataFrame(
        [(s, DAY, f"{s} 终.x", None, None, 20) for s in LINES]
        + [("inmates", DAY, "sf_2.csv", "is empty (0 bytes)", "empty in kind", None)],
        schema=["source", "snapshot_date", "file", "refused_why", "refusal", "rows_delivered"],
        orient="row",
        infer_schema_length=None,
    )
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA audit")
        cells = pl.DataFrame(
            [("inmates", "to_date", "unreadable", 3), ("inmates", "to_date", "sentinel", 2)],
            schema=["source", "column_name", "reason", "n"],
            orient="row",
        )
        for name, frame in (("quarantine", quarantine), ("source_snapshot", files), ("cell_refused", cells)):
            connection.register("given", frame)
            connection.execute(f"CREATE TABLE audit.{name} AS SELECT * FROM given")
    return path


Made = Callable[[str], Path]


def say(refusal: str | None, headings: Mapping[str, str]) -> str:
    """The words for a refusal: made by others, of the headings that the department knows."""
    if refusal is None:
        raise ExportError("of another version")
    return refusal.replace("empty in kind", f"{headings['kind']}是空的")


def written(database: Path, out: Path, titles: dict[str, str]) -> list[Path]:
    """Write the files as they are handed out: a folder a source."""
    files = []
    for one in rejects_of(database, NIGHT, titles, lambda source, *_: FORMS[source], say):
        files.append(out / one.source / one.file)
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        one.write(files[-1])
    return files


@pytest.fixture
def made(database: Path, tmp_path: Path) -> Made:
    """Give a function that returns a source's file of rejects."""
    written(database, tmp_path / "out", TITLES)

    def of(source: str) -> Path:
        (path,) = (tmp_path / "out" / source).glob("退回*[!明].[cjtx]*[!t]")
        return path

    return of


def test_delivered_lines_come_back_as_they_were(made: Made) -> None:
    text = made("inmates").read_bytes().decode("gb18030")
    head, *lines = text.rstrip("\n").split("\n")
    assert head.split(",") == [*ADDED, "编号", "姓名", "类别"]
    assert lines[0].startswith("3,必填项为空、格式不对") and lines[0].endswith(',类别,R2,"张,三",杀人')
    assert lines[1].endswith(',,R4,"李四')
    assert "\n".join(lines[2:]).endswith('R8,"王\n五",监狱服刑')


def test_fields_without_the_added_columns_are_those_delivered(made: Made) -> None:
    rows = list(csv.reader(io.StringIO(made("inmates").read_bytes().decode("gb18030"))))
    assert [row[3:] for row in rows[:2]] == [["编号", "姓名", "类别"], ["R2", "张,三", "杀人"]]


def test_a_department_without_header_and_quotes_gets_none(database: Path, tmp_path: Path) -> None:
    sent = written(database, tmp_path / "o", {"bank": "银行"})
    line = sent[0].read_bytes().decode("gb18030")
    assert line.split("|")[0] == "1" and line.endswith("|余额|1|億墊|\n")


def test_of_a_gated_row_only_line_reason_and_column(made: Made) -> None:
    rows = list(csv.reader(io.StringIO(made("tax_income").read_text("utf-8-sig"))))
    assert rows[0] == ["行号", "流水号", "退回原因", "问题列"]
    assert [(row[0], row[1], row[3]) for row in rows[1:]] == [("2", "", "类别"), ("4", "", "")]


def test_no_cell_of_a_workbook_becomes_a_formula(made: Made) -> None:
    sheet = openpyxl.load_workbook(made("deaths")).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == [*ADDED, "编号", "姓名", "死亡日期"]
    assert [row[3:] for row in cells[1:]] == [["S1", "=1+1", "@x"], ["+S2", "", "-3"]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_objects_keep_their_keys_and_digits(made: Made) -> None:
    first, second, third = map(json.loads, made("business").read_text("utf-8").splitlines())
    assert (first["行号"], first["问题列"], first["n"], first["zt"]) == (1, "zt", 320106199003072711, "x")
    assert second["原文"] == '{"xh": '
    assert set(third) == set(ADDED)


def test_the_note_counts_says_what_to_do_and_names_nobody(made: Made) -> None:
    note = (made("inmates").parent / "退回说明.txt").read_text("utf-8-sig")
    assert "共 20 行，退回 3 行" in note
    assert "1 行：必填项为空、格式不对，或代码不在约定范围内（问题列：类别）" in note
    assert "sf_2.csv 未能采用：类别是空的。" in note
    assert "张" not in note and "李" not in note


def test_the_same_night_gives_the_same_bytes(database: Path, tmp_path: Path) -> None:
    one, other = ([file.read_bytes() for file in written(database, tmp_path / at, TITLES)] for at in "ab")
    assert one == other and len(one) == 10


def test_nothing_to_send_back_is_no_file_and_no_night_is_said(database: Path, tmp_path: Path) -> None:
    assert not rejects_of(database, NIGHT, {"students": "x"}, lambda s, *_: FORMS[s], say)
    with pytest.raises(ExportError, match="no published database"):
        rejects_of(tmp_path / "no.duckdb", NIGHT, TITLES, lambda s, *_: FORMS[s], say)


def test_the_note_says_what_the_files_hold(database: Path, made: Made) -> None:
    def closing(source: str) -> str:
        return (made("deaths").parents[1] / source / "退回说明.txt").read_text("utf-8-sig").splitlines()[-1]

    assert "其余与报送时相同" in closing("deaths")
    assert "不含报送内容" in closing("tax_income") and "其余" not in closing("tax_income")
    with duckdb.connect(str(database)) as connection:
        connection.execute("DELETE FROM audit.quarantine WHERE source = 'inmates'")
    folder = made("deaths").parents[1]
    written(database, folder, TITLES)
    assert closing("inmates") == "改正后请重新报送。"


def test_of_a_night_that_kept_no_refusal_its_teller_decides(database: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute("ALTER TABLE audit.source_snapshot DROP COLUMN refusal")
    rows_alone = {name: title for name, title in TITLES.items() if name != "inmates"}
    assert len(written(database, tmp_path / "rows", rows_alone)) == 8
    with pytest.raises(ExportError, match="of another version"):
        written(database, tmp_path / "o", TITLES)
