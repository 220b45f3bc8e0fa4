"""Null has one meaning: an optional cell was read, or says nothing, or its column is named in the row's `unreadable`."""

import io
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import CONTRACTS, Intake, SourceLayout
from sources.canonical import read_column, unread_cells
from sources.contract import Column
from sources.layout import ColumnLayout, FileLayout
from sources.values.codes import UNKNOWN
from sources.values.text import cleaned
from tests.chance import examples
from tests.sources.bad_deliveries.case import NAMES, among, rows_of, shape, text
from tests.sources.collecting import deliver, taken

DAY = "2021-12-28"
ROLL, REGISTRY, ENTITIES, INMATES = (
    "assistance_roll",
    "household_registry",
    "business_registrations",
    "inmates",
)
BLANK = ["NULL", "--"]
CELL = st.one_of(
    st.sampled_from(
        ("", " ", "　", "\t", "\u200b", "\x1f", "NULL", " -- ", "2020/5/1", "2020-05-01", "２０２０-05-01", "9999-12-31", "长期",
         "0", "1e400", "９９", "12.5%", "1,234.5", "999999999999999999999999999", "是", "也许", "已婚", "至2020-05-01", "至",
         "至--")
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.text("0123456789-/.,年月日%eE+至 　", max_size=12),
)  # fmt: skip
OF_EVERY_KIND = (
    "assistance_roll.end_date", "assistance_roll.declared_monthly_income", "real_estate.area_m2", "social_insurance.to_month",
    "assistance_roll.relative_of_official", "household_registry.marital_status", "assistance_roll.phone", "assistance_roll.name",
)  # fmt: skip
MARRIED = {"已婚": "married"}
SAID = (
    ColumnLayout(codes=MARRIED),
    ColumnLayout(codes=MARRIED, part="至(.*)$"),
    ColumnLayout(codes=MARRIED, part="^[^至]*(?:至(.*))?$"),
    ColumnLayout(codes=MARRIED, unit="万元", factor=100),
    ColumnLayout(codes=MARRIED, dates=["%Y年%m月%d日", "excel", "epoch_ms"], months=["%Y%m", "epoch_s"]),
)


def optional(name: str) -> Column:
    """An optional column by source and name."""
    source, _, column = name.partition(".")
    found = CONTRACTS[source].column[column]
    assert not found.required
    return found


def says_nothing(cell: str | None, part: str | None) -> bool:
    """Whether a cell is blank by the layout: no sign in it, a word for nothing, or without a part that it may lack."""
    bare = (cleaned(pl.Series([cell], dtype=pl.String)).item() or "").strip()
    if bare in ("", *BLANK) or part is None:
        return bare in ("", *BLANK)
    _, found, after = bare.partition("至") if part.startswith("^") else bare.rpartition("至")
    return after.strip() in BLANK if found else part.startswith("^")


@examples(80)
@given(
    st.sampled_from(OF_EVERY_KIND),
    st.sampled_from(SAID),
    st.sampled_from(("csv", "xlsx")),
    st.lists(st.one_of(st.none(), CELL), max_size=6),
)
def test_any_text_is_read_or_says_nothing_or_is_told(
    name: str, said: ColumnLayout, form: str, cells: list[str | None]
) -> None:
    layout = FileLayout.model_validate({"pattern": "*", "format": form, "blank": BLANK, "columns": []})
    values, failed = read_column(pl.Series(cells, dtype=pl.String), optional(name), said, layout)
    unread = unread_cells(failed, len(cells)).to_list()
    for cell, value, told in zip(cells, values.to_list(), unread, strict=True):
        if told:
            assert value is None and (cell or "").strip("　 \t\n")
        else:
            assert value is not None or says_nothing(cell, said.part)


def roll(landing: Path, *rows: dict[str, str], blank: list[str] | None = None) -> tuple[Intake, pl.DataFrame]:
    """Take in a roll of 20 good rows (R1 to R20) and these (R101 on)."""
    layout = shape(ROLL)
    form = layout.files[0].model_copy(update={"blank": blank or []})
    deliver(landing, ROLL, DAY, NAMES[ROLL], text(ROLL, *rows_of(ROLL, *rows)))
    return taken(landing, ROLL, layout.model_copy(update={"files": [form]}))


OPTIONAL = tuple(column for column in CONTRACTS[ROLL].optional if column not in ("id_number", "name"))
DRAWN = st.lists(st.lists(CELL, min_size=len(OPTIONAL), max_size=len(OPTIONAL)), min_size=1, max_size=4)


@examples(80)
@given(DRAWN)
def test_any_delivered_cell_is_read_or_says_nothing_or_is_named_in_its_row(drawn: list[list[str]]) -> None:
    rows = [dict(zip(OPTIONAL, cells, strict=True)) for cells in drawn]
    written = [{name: '"' + cell.replace('"', '""') + '"' for name, cell in row.items()} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        intake, accepted = roll(Path(folder), *written, blank=BLANK)
    named: dict[str, int] = {}
    for found in accepted.filter(pl.col("record_no").str.len_chars() == len("R101")).iter_rows(named=True):
        for name, cell in rows[int(found["record_no"][1:]) - 101].items():
            if name in found["unreadable"]:
                assert found[name] is None and cell
                named[name] = named.get(name, 0) + 1
            else:
                assert found[name] is not None or says_nothing(cell, None), (name, cell)
    counted = intake.cells_refused.group_by("column_name").agg(pl.col("n").sum())
    assert dict(counted.iter_rows()) == named


def last(rows: pl.DataFrame) -> dict[str, object]:
    return rows.sort("file", "line").row(-1, named=True)


def test_a_row_names_its_columns_in_the_order_of_the_contract_and_the_others_name_none(
    tmp_path: Path,
) -> None:
    bad = {"relative_of_official": "也许", "authorized_until": "2020/5/1", "declared_monthly_income": "不详"}
    intake, rows = roll(tmp_path, bad, {"authorized_until": ""}, {"end_date": "2021-02-30"})
    named = rows.sort("line")["unreadable"].to_list()
    assert named[:20] == [[]] * 20
    assert named[20:] == [
        ["declared_monthly_income", "authorized_until", "relative_of_official"],
        [],
        ["end_date"],
    ]
    assert rows["authorized_until"].null_count() == 2
    assert intake.cells_refused["n"].sum() == 4


def test_an_unknown_code_is_named_as_well(tmp_path: Path) -> None:
    (content,) = among(REGISTRY, {"marital_status": "同居", "status_date": "x"}).values()
    deliver(tmp_path, REGISTRY, DAY, NAMES[REGISTRY], content)
    _, rows = taken(tmp_path, REGISTRY)
    assert last(rows)["unreadable"] == ["marital_status", "status_date"]
    assert UNKNOWN not in rows["marital_status"].to_list()


def test_what_a_valid_number_gives_is_marked_and_not_named(tmp_path: Path) -> None:
    """Birth date and sex are required: they are read, or the number gives them, or the row is set aside."""
    (content,) = among(REGISTRY, {"birth_date": "20211301"}).values()
    deliver(tmp_path, REGISTRY, DAY, NAMES[REGISTRY], content)
    _, rows = taken(tmp_path, REGISTRY)
    assert (last(rows)["birth_date_from_number"], last(rows)["unreadable"]) == (True, [])


def test_doubles_are_sought_in_what_was_delivered_not_in_what_was_understood(tmp_path: Path) -> None:
    same = [{"record_no": "R500", "authorized_until": "2020/5/1"}] * 2
    other = [{"record_no": "R600", "authorized_until": until} for until in ("2020/5/1", "2021/5/1")]
    intake, rows = roll(tmp_path, *same, *other)
    reasons = intake.quarantine.sort("line")["reason"].to_list()
    assert reasons == ["duplicate_row", "conflicting_record_no", "conflicting_record_no"]
    assert rows.filter(pl.col("record_no") == "R500")["unreadable"].to_list() == [["authorized_until"]]
    assert intake.cells_refused.select("column_name", "n").rows() == [("authorized_until", 1)]


def test_a_column_that_was_not_delivered_is_not_unreadable(tmp_path: Path) -> None:
    whole = text(INMATES, *rows_of(INMATES)).decode("gb18030").splitlines()
    without_end = (",".join(cells[:4] + cells[5:]) for cells in (line.split(",") for line in whole))
    deliver(tmp_path, INMATES, DAY, NAMES[INMATES], "\n".join(without_end).encode("gb18030"))
    _, rows = taken(tmp_path, INMATES)
    assert (rows.height, rows["to_date"].null_count()) == (20, 20)
    assert rows["unreadable"].to_list() == [[]] * 20


def test_a_source_that_is_absent_has_the_column_too(tmp_path: Path) -> None:
    _, rows = taken(tmp_path, "bank_accounts", gated=True)
    assert rows.schema["unreadable"] == pl.List(pl.String)


SPELLED: list[tuple[object, bool]] = [
    (None, False), ("", False), (" ", False), ("2020-05-01", False), ("2020/5/1", True), ({}, True), ([], True), ([None], True),
    ({"year": 2020}, True), (["2020-05-01"], True), (True, True), (20200501, True), (2020.5, True),
]  # fmt: skip


@pytest.mark.parametrize(("value", "unreadable"), SPELLED, ids=[repr(value) for value, _ in SPELLED])
def test_json_of_any_type(tmp_path: Path, value: object, unreadable: bool) -> None:
    (content,) = among(ENTITIES, {"deregistered_on": value}).values()
    deliver(tmp_path, ENTITIES, DAY, NAMES[ENTITIES], content)
    _, rows = taken(tmp_path, ENTITIES)
    assert last(rows)["unreadable"] == (["deregistered_on"] if unreadable else [])


def inmates(change: Callable[[dict[str, object]], dict[str, object]]) -> SourceLayout:
    """The layout of inmates with its one file changed."""
    layout = shape(INMATES)
    form = FileLayout.model_validate(change(layout.files[0].model_dump()))
    return layout.model_copy(update={"files": [form]})


@pytest.mark.parametrize(
    "ends",
    [
        pl.Series([["2020-05-01"], None]),
        pl.Series([{"year": 2020}, None]),
        pl.Series([timedelta(days=3), None]),
        pl.Series([20200501.0, None]),
        pl.Series([True, None]),
        pl.Series([b"2020/5/1", None]),
        pl.Series(["2020/5/1", None], dtype=pl.Categorical),
        pl.Series(["2020/5/1", " "]),
        pl.Series([pl.Series([60], dtype=pl.Int64).cast(pl.Time).item(), None]),
    ],
    ids=lambda ends: str(ends.dtype),
)
def test_parquet_of_any_type(tmp_path: Path, ends: pl.Series) -> None:
    headers = [column.header[0] for column in shape(INMATES).files[0].columns]
    rows = [list(row.values()) for row in rows_of(INMATES, good_rows=2) if isinstance(row, dict)]
    frame = pl.DataFrame(rows, schema=headers, orient="row").with_columns(ends.alias("截止日期"))
    written = io.BytesIO()
    frame.write_parquet(written)
    layout = inmates(lambda form: form | {"format": "parquet", "pattern": "*.parquet"})
    deliver(tmp_path, INMATES, DAY, "sf.parquet", written.getvalue())
    _, accepted = taken(tmp_path, INMATES, layout)
    assert accepted["to_date"].to_list() == [None, None]
    assert accepted.sort("line")["unreadable"].to_list() == [["to_date"], []]


def test_a_day_of_parquet_is_read(tmp_path: Path) -> None:
    headers = [column.header[0] for column in shape(INMATES).files[0].columns]
    rows = [list(row.values()) for row in rows_of(INMATES, good_rows=2) if isinstance(row, dict)]
    frame = pl.DataFrame(rows, schema=headers, orient="row")
    frame = frame.with_columns(pl.Series("截止日期", [date(2020, 5, 1), None]))
    written = io.BytesIO()
    frame.write_parquet(written)
    deliver(tmp_path, INMATES, DAY, "sf.parquet", written.getvalue())
    layout = inmates(lambda form: form | {"format": "parquet", "pattern": "*.parquet"})
    _, accepted = taken(tmp_path, INMATES, layout)
    assert accepted.sort("line").select("to_date", "unreadable").rows() == [
        (date(2020, 5, 1), []),
        (None, []),
    ]


@pytest.mark.parametrize(
    ("part", "cell", "becomes", "unreadable"),
    [
        ("至(.*)$", "至2020-05-01", date(2020, 5, 1), []),
        ("至(.*)$", "2020-05-01", None, ["to_date"]),
        ("至(.*)$", "至今", None, ["to_date"]),
        ("至(.*)$", "NULL", None, []),
        ("至(.*)$", "至NULL", None, []),
        ("至(.*)$", "", None, []),
        ("^[^至]*(?:至(.*))?$", "2018-03-01", None, []),
    ],
)
def test_a_cell_that_does_not_fit_the_part_is_unreadable_and_a_word_for_nothing_is_not(
    tmp_path: Path, part: str, cell: str, becomes: date | None, unreadable: list[str]
) -> None:
    columns = [
        ColumnLayout.model_validate(column | ({"part": part} if column["to"] == "to_date" else {}))
        for column in shape(INMATES).files[0].model_dump()["columns"]
    ]
    layout = inmates(lambda form: form | {"blank": ["NULL"], "columns": columns})
    rows = [*[{"to_date": "至2020-05-01"}] * 3, {"to_date": cell}]
    deliver(tmp_path, INMATES, DAY, NAMES[INMATES], text(INMATES, *rows_of(INMATES, *rows, good_rows=0)))
    intake, accepted = taken(tmp_path, INMATES, layout)
    assert (last(accepted)["to_date"], last(accepted)["unreadable"]) == (becomes, unreadable)
    assert intake.cells_refused["column_name"].to_list() == unreadable


def test_a_header_that_was_renamed_leaves_no_authorization_open(tmp_path: Path) -> None:
    """The layout says that the column comes; a file without it says nothing of when authorizations end."""
    (content,) = among(ROLL, good_rows=2).values()
    renamed = content.decode("utf-8-sig").replace("授权到期日期", "授权截至").encode("utf-8-sig")
    assert renamed != content
    deliver(tmp_path, ROLL, DAY, NAMES[ROLL], renamed)
    intake, rows = taken(tmp_path, ROLL)
    assert rows["unreadable"].to_list() == [["authorized_until"], ["authorized_until"]]
    assert ("authorized_until", 2) in set(intake.cells_refused.select("column_name", "n").iter_rows())


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_of_a_spreadsheet_is_no_empty_cell(tmp_path: Path, error: str) -> None:
    """In a workbook, whose reader knows errors, and in the CSV that was made of one, where they are text."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["死亡人员名单"])
    sheet.append([column.header[0] for column in shape("deaths").files[0].columns])
    for row in rows_of("deaths", {"evidence": error}, {"name": error}, good_rows=20):
        assert isinstance(row, Mapping)
        sheet.append(list(row.values()))
    for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.value == error):
        cell.data_type = "e"
    made = io.BytesIO()
    book.save(made)
    deliver(tmp_path, "deaths", DAY, NAMES["deaths"], made.getvalue())
    _, rows = taken(tmp_path, "deaths")
    assert rows["unreadable"].to_list()[-2:] == [["evidence"], ["name"]]
    assert rows["name"].to_list()[-1] is None
    deliver(
        tmp_path,
        INMATES,
        DAY,
        NAMES[INMATES],
        text(INMATES, *rows_of(INMATES, {"name": error}, {"to_date": error})),
    )
    _, rows = taken(tmp_path, INMATES)
    assert rows["unreadable"].to_list()[-2:] == [["name"], ["to_date"]]
