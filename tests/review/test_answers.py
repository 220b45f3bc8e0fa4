"""Filled workbooks and CSVs: taken whole or not at all, once, each answer for its own pair."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from casework.review.answers import Imported, import_answers
from exports import ReviewFileError
from exports.review_book import SHEET, headings
from ledger import Ledger, link_decisions, review_draws
from tests.review.made import NAMES, NIGHT
from tests.review.made import warehouse as made_warehouse

COLUMN = {name: place for place, name in enumerate(headings(), start=1)}
Filled = Callable[[Worksheet], None]


def filled(workbook: Path, fill: Filled, name: str = "filled.xlsx") -> Path:
    book = openpyxl.load_workbook(workbook)
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    path = workbook.parent / name
    book.save(path)
    return path


def say(row: int, verdict: str, by: str = "王核", reason: str = "") -> Filled:
    def fill(sheet: Worksheet) -> None:
        for column, text in (("判断", verdict), ("核对人", by), ("理由", reason)):
            sheet.cell(row, COLUMN[column]).value = text or None

    return fill


def all_of(*fills: Filled) -> Filled:
    return lambda sheet: [fill(sheet) for fill in fills] and None


def put(row: int, column: str, text: str | None) -> Filled:
    def fill(sheet: Worksheet) -> None:
        sheet.cell(row, COLUMN[column]).value = text

    return fill


def problems(warehouse: Path, file: Path, by: str | None = None) -> list[str]:
    with pytest.raises(ReviewFileError) as refused:
        import_answers(warehouse, file, by)
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        assert link_decisions(book, book.sequence()).is_empty()
    return refused.value.problems


def test_answers_are_recorded_with_what_was_drawn(warehouse: Path, workbook: Path) -> None:
    file = filled(
        workbook,
        all_of(say(2, "同一人"), say(3, "不是同一人", reason="年龄 不符"), say(4, "无法判断", by="")),
    )
    done = import_answers(warehouse, file, "李对")
    assert (done.recorded, done.known) == (3, 0)
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        found = link_decisions(book, book.sequence()).sort("seq")
        drawn = review_draws(book, book.sequence())
    assert found["verdict"].to_list() == ["same", "different", "cannot_tell"]
    assert found["decided_by"].to_list() == ["王核", "王核", "李对"]
    assert found["reason"].to_list() == [None, "年龄 不符", None]
    assert found["night"].to_list() == [NIGHT] * 3 and found["score_hidden"].all()
    columns = [
        "identity_id",
        "claim_id",
        "person_id",
        "other_person_id",
        "source",
        "stratum",
        "inclusion_probability",
    ]
    assert found.select(columns).rows() == drawn.head(3).select(columns).rows()


def test_a_file_twice_adds_nothing(warehouse: Path, workbook: Path) -> None:
    file = filled(workbook, all_of(say(2, "同一人"), say(3, "无法判断")))
    total = openpyxl.load_workbook(file)[SHEET].max_row - 1
    assert import_answers(warehouse, file, None) == Imported(2, 0, total - 2)
    assert import_answers(warehouse, file, None) == Imported(0, 2, total - 2)
    saved_again = filled(file, lambda _: None, "again.xlsx")
    assert import_answers(warehouse, saved_again, None).recorded == 0
    more = filled(file, say(4, "同一人"), "more.xlsx")
    assert import_answers(warehouse, more, None) == Imported(1, 2, total - 3)


def test_a_later_answer_corrects_an_earlier_one(warehouse: Path, workbook: Path) -> None:
    first = filled(workbook, say(2, "同一人"))
    import_answers(warehouse, first, None)
    second = filled(workbook, say(2, "不是同一人"), "second.xlsx")
    assert import_answers(warehouse, second, None).recorded == 1
    assert import_answers(warehouse, first, None).recorded == 0  # an old file does not bring its answer back
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        found = link_decisions(book, book.sequence())
    assert found.filter("in_force")["verdict"].to_list() == ["different"]


def verdicts(warehouse: Path) -> list[tuple[str, str | None]]:
    """Verdict and reason in force."""
    with Ledger.open(warehouse / "ledger" / "ledger.sqlite") as book:
        found = link_decisions(book, book.sequence()).filter("in_force")
    return [tuple(row) for row in found.sort("seq").select("verdict", "reason").iter_rows()]


def test_a_further_part_of_a_sheet_does_not_bring_back_what_was_corrected(
    warehouse: Path, workbook: Path
) -> None:
    first = say(2, "同一人", reason="住址相同")
    import_answers(warehouse, filled(workbook, first), None)
    import_answers(warehouse, filled(workbook, say(2, "不是同一人"), "corrected.xlsx"), None)
    part = filled(workbook, all_of(first, say(3, "无法判断")), "part.xlsx")
    done = import_answers(warehouse, part, None)
    assert (done.recorded, done.known) == (1, 1)
    assert verdicts(warehouse) == [("different", None), ("cannot_tell", None)]
    # Another clerk has not yet said so; and a verdict not yet given is new.
    assert (
        import_answers(warehouse, filled(workbook, say(2, "同一人", by="李对"), "li.xlsx"), None).recorded
        == 1
    )
    assert import_answers(warehouse, filled(workbook, say(2, "无法判断"), "third.xlsx"), None).recorded == 1


def test_the_verdict_in_force_may_get_another_reason(warehouse: Path, workbook: Path) -> None:
    import_answers(warehouse, filled(workbook, say(2, "同一人", reason="旧")), None)
    import_answers(warehouse, filled(workbook, say(2, "同一人", reason="新"), "new.xlsx"), None)
    part = filled(workbook, all_of(say(2, "同一人", reason="旧"), say(3, "无法判断")), "part.xlsx")
    assert import_answers(warehouse, part, None).recorded == 1
    assert ("same", "新") in verdicts(warehouse)


def test_rows_may_be_sorted_and_left_out(warehouse: Path, workbook: Path) -> None:
    def turned(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for place, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(place, column).value = value
        sheet.delete_rows(5, 3)

    file = filled(workbook, all_of(say(2, "同一人"), say(3, "无法判断"), turned))
    assert import_answers(warehouse, file, None).recorded == 2


def test_a_csv_of_the_sheet_is_taken(warehouse: Path, workbook: Path) -> None:
    sheet = openpyxl.load_workbook(filled(workbook, say(2, "同一人")))[SHEET]
    for encoding in ("utf-8-sig", "gb18030"):
        file = workbook.parent / f"{encoding}.csv"
        with file.open("w", encoding=encoding, newline="") as handle:
            csv.writer(handle).writerows(
                [["" if value is None else value for value in row] for row in sheet.values]
            )
        done = import_answers(warehouse, file, None)
        assert done.recorded + done.known == 1


def swapped(sheet: Worksheet) -> None:
    """Two rows' printed columns exchanged, codes left: what a sort over some of the columns does."""
    for column in range(COLUMN["title"], sheet.max_column + 1):
        one, other = sheet.cell(2, column).value, sheet.cell(3, column).value
        sheet.cell(2, column).value, sheet.cell(3, column).value = other, one


@pytest.mark.parametrize(
    ("fill", "where", "what"),
    [
        (say(2, "是"), "比对!B2(判断)", "Not one of the three"),
        (say(2, "同一人", by=""), "比对!D2(核对人)", "Who decided"),
        (
            all_of(say(2, "同一人"), put(2, "code", "aaaaaa-000000000000")),
            "比对!A2(回收码)",
            "another warehouse",
        ),
        (all_of(say(2, "同一人"), put(2, "code", None)), "比对!A2(回收码)", "Unknown code"),
        (all_of(say(3, "同一人"), put(3, "right_name", "某某某")), "比对!I3(姓名(底册))", "printed cell"),
        (all_of(say(2, "同一人"), swapped), "比对!", "printed cell"),
        (say(2, "同一人", by="王" * 41), "比对!C2(理由)", "Too long"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(
    warehouse: Path, workbook: Path, fill: Filled, where: str, what: str
) -> None:
    found = problems(warehouse, filled(workbook, all_of(fill, say(5, "同一人"))))
    assert found and all(where in one and what in one for one in found)


def test_a_changed_code_of_ours_is_told_from_another_warehouses(warehouse: Path, workbook: Path) -> None:
    code = str(openpyxl.load_workbook(workbook)[SHEET].cell(2, 1).value)
    changed = put(2, "code", f"{code[:-1]}{'0' if code[-1] != '0' else '1'}")
    (found,) = problems(warehouse, filled(workbook, all_of(say(2, "同一人"), changed)))
    assert "Unknown code" in found


def test_a_file_of_another_warehouse_is_refused(workbook: Path, tmp_path: Path) -> None:
    other = made_warehouse(tmp_path / "other")
    found = problems(other, filled(workbook, say(2, "同一人")))
    assert "another warehouse" in found[0]


def test_two_answers_for_one_pair_are_no_answer(warehouse: Path, workbook: Path) -> None:
    def copied(sheet: Worksheet) -> None:
        for column in range(1, sheet.max_column + 1):
            sheet.cell(6, column).value = sheet.cell(2, column).value

    said = all_of(say(2, "同一人"), copied, put(6, "判断", "无法判断"))
    (found,) = problems(warehouse, filled(workbook, said))
    assert "比对!B6" in found and "比对!B2" in found
    agreeing = filled(workbook, all_of(say(2, "同一人"), copied), "agreeing.xlsx")
    assert import_answers(warehouse, agreeing, None).recorded == 1


def test_no_message_says_what_stands_in_a_cell(warehouse: Path, workbook: Path) -> None:
    fill = all_of(say(2, "张三 320682195001011234"), say(3, "同一人"), put(3, "left_name", "秘密姓名"))
    said = "\n".join(problems(warehouse, filled(workbook, fill)))
    assert not [word for word in ("张三", "3206821950", "秘密", *NAMES) if word in said]


def test_files_that_are_not_ours_are_refused(warehouse: Path, workbook: Path, tmp_path: Path) -> None:
    def fresh(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    def without(sheet: Worksheet) -> None:
        sheet.cell(1, COLUMN["判断"]).value = "别的"

    def renamed(sheet: Worksheet) -> None:
        sheet.title = "另一张"

    refused = {
        tmp_path / "none.xlsx": "no such file",
        fresh("junk.xlsx", b"PK\x03\x04 junk"): "cannot be read",
        fresh("empty.csv", b""): "CSV",
        fresh("other.csv", "甲,乙\n1,2\n".encode()): "Columns are missing",
        fresh("bytes.csv", b"\xff\xff\xff"): "Neither",
        filled(workbook, without, "without.xlsx"): "Columns are missing",
        filled(workbook, renamed, "renamed.xlsx"): "No such sheet",
    }
    for path, what in refused.items():
        assert what in problems(warehouse, path)[0], path.name


def test_answers_do_not_need_the_night_any_more(warehouse: Path, workbook: Path) -> None:
    file = filled(workbook, say(2, "同一人"))
    shutil.rmtree(warehouse / "published")
    assert import_answers(warehouse, file, None).recorded == 1
