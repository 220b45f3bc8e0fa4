"""Rows to be sent back: a folder a source, a file a delivered file, and a note that says what to do.

Here belong the reading of quarantine from a published night, the words for reasons, and the note. Not here: a file's bytes
(`reject_file`), where a file lies and the record that it was made (casework).
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from exports.errors import ExportError
from exports.reject_file import BOM, Form, write_rejects
from exports.text import file_stem

QUERY: Final = Path(__file__).with_name("rejects.sql")
FILES: Final = Path(__file__).with_name("reject_files.sql")
CELLS: Final = "SELECT source, column_name, reason, n FROM audit.cell_refused ORDER BY ALL"
NOTE: Final = "退回说明.txt"
REASONS: Final = {
    "unreadable": "这一行读不出来：字段个数不对、引号不成对或编码损坏",
    "no_identity": "公民身份号码和姓名都为空",
    "bad_value": "必填项为空、格式不对，或代码不在约定范围内",
    "duplicate_row": "与同一流水号的另一行完全相同，已采用第一行",
    "conflicting_record_no": "同一流水号有内容不同的几行，均未采用",
}
TO_DO: Final = {
    "unreadable": "请按约定的分隔符、引号和编码重新导出这些行",
    "no_identity": "请补上公民身份号码或姓名",
    "bad_value": "请按“问题列”核对原始登记，改正后重新报送",
    "duplicate_row": "如确为一条记录，无需处理；请检查导出是否重复",
    "conflicting_record_no": "请核实哪一行正确，每个流水号只报送一行",
}
"""What is wrong with a row and what its department should do, by the reason codes of sources.md."""

UNREAD: Final = {
    "unreadable": "格式不对，无法识别",
    "unknown_code": "的代码不在约定范围内",
    "merged_cell": "被合并单元格覆盖，请取消合并、逐行填写",
    "sentinel": "填的是占位日期（如 1900-01-01、9999-12-31），没有日期请留空",
}
"""What is wrong with a cell, by the reason codes of `audit.cell_refused`."""

FormOf = Callable[[str, date, str], Form]
"""The form of a delivered file: called with source, snapshot's date and file name."""
Say = Callable[[str | None, Mapping[str, str]], str]
"""A refusal in Chinese: called with it as the audit has it, and the department's headings by canonical column. None: the night
was published by a version that kept no more than a sentence; who says it decides what becomes of that."""


@dataclass(frozen=True, slots=True)
class Rejects:
    """One file to be sent back: its source and name, of which snapshot ("" for the note), how many rows, how it is written."""

    source: str
    file: str
    snapshot: str
    rows: int
    write: Callable[[Path], object]


def rejects_of(
    database: Path, night: date, titles: dict[str, str], form_of: FormOf, say: Say
) -> list[Rejects]:
    """Return what a night could not use, for each department.

    The same database gives the same bytes.

    Args:
        database: a published restricted database; opened read-only.
        night: its date.
        titles: sources wanted, and what each is called in the notes.
        form_of: how a delivered file looked.
        say: a refusal in words.

    Returns:
        The files, by source: rows to be sent back, then the note. None where all was well.

    Raises:
        ExportError: the database is missing, unreadable or not of the restricted audience.
    """
    rows, files, cells = _read(database)
    sent: list[Rejects] = []
    for source, title in titles.items():
        mine = rows.filter(pl.col("source") == source)
        told = files.filter(pl.col("source") == source)
        unread = cells.filter(pl.col("source") == source)
        if mine.is_empty() and unread.is_empty() and told["refused_why"].null_count() == told.height:
            continue
        made = [_of_file(part, night, form_of) for part in _by_file(mine)]
        note = _note(
            title, night, mine, _said(told, form_of, say), told, made, _unread(unread, told, form_of)
        )
        sent += [one for one, _ in made]
        sent.append(Rejects(source, NOTE, "", 0, _text(note)))
    return sent


def _read(database: Path) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    if not database.is_file():
        raise ExportError(f"There is no published database at {database}. Run the night first (hedui run).")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            rows: pl.DataFrame = connection.sql(QUERY.read_text(encoding="utf-8")).pl()
            files: pl.DataFrame = connection.sql(FILES.read_text(encoding="utf-8")).pl()
            cells: pl.DataFrame = connection.sql(CELLS).pl()
    except duckdb.Error as error:
        raise ExportError(
            f"{database} holds no quarantine that can be read ({type(error).__name__}). "
            "Give the restricted file of a finished night: published/restricted/<night>.duckdb."
        ) from error
    reason = pl.col("reason").replace_strict(REASONS, default=pl.col("reason"), return_dtype=pl.String)
    if "refusal" not in files.columns:
        files = files.with_columns(refusal=pl.lit(None, pl.String))
    return rows.with_columns(reason.alias("reason_zh")), files, cells


def _by_file(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return rows.partition_by("snapshot_date", "file", maintain_order=True)


def _of_file(rows: pl.DataFrame, night: date, form_of: FormOf) -> tuple[Rejects, pl.DataFrame]:
    first = rows.row(0, named=True)
    form = form_of(first["source"], first["snapshot_date"], first["file"])
    heading = pl.col("column_name").replace_strict(
        dict(form.headings), default=pl.col("column_name"), return_dtype=pl.String
    )
    rows = rows.with_columns(heading.alias("column_zh"))
    snapshot = first["snapshot_date"].isoformat()
    # Two delivered names may be one after what a disk cannot take is gone; the digest keeps them apart.
    mark = hashlib.sha256(first["file"].encode()).hexdigest()[:6]
    name = f"{file_stem('退回', snapshot, first['file'].split('.')[0], mark)}{form.suffix}"
    made = Rejects(
        first["source"], name, snapshot, rows.height, lambda file: write_rejects(file, rows, form, night)
    )
    return made, rows


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


def _said(files: pl.DataFrame, form_of: FormOf, say: Say) -> list[str]:
    """Why files of a source were refused, a sentence each."""
    refused = files.drop_nulls("refused_why").select("source", "snapshot_date", "file", "refusal").iter_rows()
    return [
        f"{day.isoformat()} 报送的 {name} 未能采用：{say(why, form_of(source, day, name).headings)}。"
        if day
        else f"{say(why, {})}。"  # it lies beside what was delivered for a day
        for source, day, name, why in refused
    ]


def _unread(cells: pl.DataFrame, files: pl.DataFrame, form_of: FormOf) -> list[str]:
    """Which optional cells of accepted rows could not be read, a line a column and reason."""
    used = files.filter(pl.col("refused_why").is_null()).sort("snapshot_date", descending=True)
    if cells.is_empty() or used.is_empty():
        return []
    first = used.row(0, named=True)
    headings = form_of(first["source"], first["snapshot_date"], first["file"]).headings
    told = [
        f"  “{headings.get(column, column)}”列有 {n} 个单元格{UNREAD.get(reason, UNREAD['unreadable'])}"
        for column, reason, n in cells.select("column_name", "reason", "n").iter_rows()
    ]
    return ["以下单元格没有识别（所在的行已采用，这些内容按“无法识别”处理）：", *told]


def _note(
    title: str,
    night: date,
    rows: pl.DataFrame,
    refused: list[str],
    files: pl.DataFrame,
    made: list[tuple[Rejects, pl.DataFrame]],
    unread: list[str],
) -> str:
    """What was wrong and what to do, in counts alone: it may be read by people who may not see the rows."""
    lines = [f"数据退回说明：{title}", f"核对日期：{night.isoformat()}", ""]
    for sentence in refused:
        lines += [sentence, ""]
    for sent, part in made:
        name, delivered = part["file"][0], _delivered(files, part)
        lines.append(
            f"{sent.snapshot} 报送的 {name}：共 {delivered} 行，退回 {part.height} 行，见 {sent.file}"
        )
        counted = (
            part.group_by("reason", "column_zh")
            .len()
            .sort("len", "reason", "column_zh", descending=[True, False, False])
        )
        for reason, column, count in counted.iter_rows():
            where = f"（问题列：{column}）" if column else ""
            lines.append(f"  {count} 行：{REASONS.get(reason, reason)}{where}")
        lines.append("")
    lines += [*unread, ""] if unread else []
    wanted = [reason for reason in REASONS if reason in set(rows["reason"])]
    lines += [f"- {REASONS[reason]}：{TO_DO[reason]}。" for reason in wanted]
    lines += ["", _closing(rows)]
    return BOM + "\n".join(lines) + "\n"


def _closing(rows: pl.DataFrame) -> str:
    """What the department does with the files, if any; of a gated source they hold nothing that was delivered."""
    if rows.is_empty():
        return "改正后请重新报送。"
    holds = (
        "前三列为添加，其余与报送时相同" if rows["raw"].count() else "只有行号、原因和问题列，不含报送内容"
    )
    return f"改正后请随下一次报送一并送来；退回文件{holds}，请勿另行传播。"


def _delivered(files: pl.DataFrame, part: pl.DataFrame) -> int:
    mine = files.filter(
        pl.col("file") == part["file"][0], pl.col("snapshot_date") == part["snapshot_date"][0]
    )
    return int(mine["rows_delivered"].sum())
