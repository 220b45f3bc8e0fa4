# ruff: noqa: E501 - a table: one case a line
"""What a delivery holds and nobody would read, and what a workbook shows and its reader does not."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from sources import SourceLayout
from tests.sources.bad_deliveries.case import NUMBER, Bad, good, inmates, line, rows_of, shape, text, workbook

DEATHS = "deaths"


def book(
    *rows: dict[str, object], also: Callable[[openpyxl.Workbook], object] | None = None
) -> dict[str, bytes]:
    return {"swxx_1.xlsx": workbook(*rows_of(DEATHS, *rows), also=also)}


def copied(sheet: Worksheet, into: Worksheet, *, first: int = 1) -> None:
    for row in sheet.iter_rows(min_row=first, values_only=True):
        into.append(row)


def second_sheet(made: openpyxl.Workbook) -> None:
    copied(made.worksheets[0], made.create_sheet("续表"))


def second_sheet_without_header(made: openpyxl.Workbook) -> None:
    copied(made.worksheets[0], made.create_sheet("续表"), first=3)


def hidden_copy_first(made: openpyxl.Workbook) -> None:
    copied(made.worksheets[0], made.create_sheet("上月", 0))
    made.worksheets[0].sheet_state = "hidden"
    made.active = 1


def hidden_list_first(made: openpyxl.Workbook) -> None:
    codes = made.create_sheet("代码", 0)
    codes.append(["火化证明", "医学死亡证明"])
    codes.sheet_state = "hidden"
    made.active = 1


def stray(made: openpyxl.Workbook) -> None:
    made.worksheets[0].cell(1_048_576, 16_384).value = 1


def merged(cells: str) -> Callable[[openpyxl.Workbook], object]:
    return lambda made: made.worksheets[0].merge_cells(cells)


def dated(value: object, number_format: int) -> Callable[[openpyxl.Workbook], object]:
    """A date cell in one of Excel's built-in formats, by its number."""

    def make(made: openpyxl.Workbook) -> None:
        cell = made.worksheets[0].cell(22, 4)
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
        cell._style.numFmtId = number_format  # what Chinese Excel writes has no text of its own

    return make


def row_twice() -> bytes:
    """Two rows of one number: a generator's slip that hides one of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(*rows_of(DEATHS)))) as given, zipfile.ZipFile(made, "w") as out:
        for name in given.namelist():
            content = given.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb'([ "][A-Z]?)22"', rb'\g<1>21"', content)
            out.writestr(name, content)
    return made.getvalue()


def packed(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.csv", content)
    return made.getvalue()


def with_utf8_flag(content: bytes) -> bytes:
    """An archive whose member is named in GBK though its header says UTF-8."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = archive.namelist()
    gbk = "监狱.csv".encode("gbk")
    assert len(gbk) == len(name)
    content = content.replace(name.encode(), gbk)
    return content.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x00\x08").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x08"
    )


def of_inmates(**changed: object) -> SourceLayout:
    usual = shape("inmates")
    return usual.model_copy(update={"files": [usual.files[0].model_copy(update=changed)]})


def numbers(**changed: object) -> dict[str, bytes]:
    rows = [good("inmates", n, **changed) for n in range(30)]
    return {"sf_1.csv": text("inmates", *rows)}


WHOLE = inmates()["sf_1.csv"]
TIGHT = gzip.compress(
    WHOLE + b"".join(line("inmates", 5).encode("gb18030") + b"\n" for _ in range(1)) * 600_000
)
UNREAD = [
    Bad("the same header in a second sheet", book(also=second_sheet), source=DEATHS, refused="sheet '续表' has 20 rows like those that are read"),
    Bad("a second sheet that goes on without a header", book(also=second_sheet_without_header), source=DEATHS, refused="sheet '续表' has 20 rows"),
    Bad("last month's list in a hidden sheet", book(also=hidden_copy_first), source=DEATHS, refused="the hidden sheet '上月' has 20 rows"),
    Bad("a hidden list of codes in front", book(also=hidden_list_first), source=DEATHS, accepted=20),
    Bad("one stray cell in the last corner of the sheet", book(also=stray), source=DEATHS, refused="a stray cell far from the table"),
    Bad("two rows of one number", {"swxx_1.xlsx": row_twice()}, source=DEATHS, refused="has row 21 twice"),
    Bad("optional cells merged downwards", book(also=merged("E20:E22")), source=DEATHS, accepted=20, cells=("evidence merged_cell 2",)),
    Bad("required cells merged downwards", book(also=merged("D20:D22")), source=DEATHS, accepted=18, quarantined=("21 bad_value died_on", "22 bad_value died_on")),
    Bad("a footer merged over blank rows", book(also=merged("A24:E30")), source=DEATHS, accepted=20),
    Bad("a date as Chinese Excel writes it", book(also=dated(44550, 31)), source=DEATHS, accepted=20, becomes={"died_on": "2021-12-20"}),
    Bad("a date of Chinese Excel that is none", book(also=dated(0, 31)), source=DEATHS, accepted=19, quarantined=("22 bad_value died_on",)),
    Bad("a date cell of 0", book(also=dated(0, 14)), source=DEATHS, accepted=19, quarantined=("22 bad_value died_on",)),
    Bad("a date cell before its first day", book(also=dated(-1, 14)), source=DEATHS, accepted=19, quarantined=("22 bad_value died_on",)),
    Bad("a date with parts of a second", book(also=dated(datetime(2021, 5, 1, 8, 30, 15, 500_000), 22)), source=DEATHS, accepted=20, becomes={"died_on": "2021-05-01"}),  # noqa: DTZ001 - Excel knows no zones
    Bad("the other half in a file of another name", inmates() | {"second.csv": WHOLE}, refused="file second.csv has 20 rows like those that are read"),
    Bad("the other half in another member of an archive", {"sf_1.csv": packed(a=WHOLE, b=WHOLE)}, layout=of_inmates(member="a.csv"), refused="in which 'b.csv' has rows like those that are read"),
    Bad("a manifest within an archive", {"sf_1.csv": packed(a=WHOLE, _manifest=b"{}")}, accepted=20),
    Bad("an archive whose names are not as it says", {"sf_1.csv": with_utf8_flag(packed(abcd=WHOLE))}, refused="a zip archive whose file names cannot be read"),
    Bad("a stream that unpacks without end", {"sf_1.csv": TIGHT}, refused="times its size or more"),
    Bad("the euro sign of Windows", {"sf_1.csv": WHOLE + line("inmates", 101, name="王").encode("gb18030").replace("王".encode("gb18030"), "王".encode("gb18030") + b"\x80") + b"\n"}, accepted=21, becomes={"name": "王€"}),
    Bad("numbers that a spreadsheet rounded", numbers(id_number="1.10101199003073E+17"), refused="only 0% of the rows have an identity number"),
    Bad("numbers that were hashed", numbers(id_number="9e107d9d372bb6826bd81d3542a419d6"), refused="only 0% of the rows have an identity number"),
    Bad("number and name exchanged", numbers(id_number="张三", name=NUMBER), refused="only 0% of the rows have an identity number"),
    Bad("one digit in place of every number", numbers(id_number="111111111111111111"), refused="only 0% of the rows have an identity number"),
]  # fmt: skip
