# ruff: noqa: E501 - a table: one case a line
"""Workbooks and JSON Lines: cells with types of their own, and files that are no such thing."""

import io
import zipfile
from datetime import datetime

import openpyxl

from tests.sources.bad_deliveries.case import (
    Bad,
    Row,
    among,
    good,
    json_lines,
    rows_of,
    workbook,
)

DEATHS, ENTITIES = "deaths", "business_registrations"
BAD_DAY = ("23 bad_value died_on",)
BROKEN = ("21 unreadable",)


def dead(**changed: object) -> dict[str, bytes]:
    return among(DEATHS, changed)


def entity(**changed: object) -> bytes:
    return json_lines(good(ENTITIES, 101, **changed)).rstrip()


def entities(*rows: Row) -> dict[str, bytes]:
    return among(ENTITIES, *rows)


def book(content: bytes) -> dict[str, bytes]:
    return {"swxx_1.xlsx": content}


def not_applicable(made: openpyxl.Workbook) -> None:
    """The error a broken lookup leaves in a cell."""
    cell = made.worksheets[0].cell(22, 4)
    cell.value, cell.data_type = "#N/A", "e"


def empty_sheet_first(made: openpyxl.Workbook) -> None:
    made.move_sheet(made.create_sheet("说明"), -1)


def far_blank(made: openpyxl.Workbook) -> None:
    made.worksheets[0].cell(9_000, 5).value = " "


def other_archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("document.xml", "<x/>")
    return made.getvalue()


WHOLE = workbook(*rows_of(DEATHS))
TABLES = [
    Bad("a workbook of 0 bytes", book(b""), source=DEATHS, refused="is empty (0 bytes)"),
    Bad("a web page renamed to xlsx", book(b"<html><table><tr><td>1"), source=DEATHS, refused="is no workbook"),
    Bad("a CSV renamed to xlsx", book("编号,逝者姓名\n1,张三\n".encode()), source=DEATHS, refused="is no workbook"),
    Bad("a workbook with a password", book(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)), source=DEATHS, refused="protected by a password"),
    Bad("a workbook cut off", book(WHOLE[: len(WHOLE) // 2]), source=DEATHS, refused="cannot be read to its end"),
    Bad("a text document renamed to xlsx", book(other_archive()), source=DEATHS, refused="cannot be read to its end"),
    Bad("a workbook without its title", book(workbook(*rows_of(DEATHS), title=False)), source=DEATHS, refused="has no header"),
    Bad("a workbook whose first sheet is empty", book(workbook(*rows_of(DEATHS), also=empty_sheet_first)), source=DEATHS, refused="has no header"),
    Bad("a workbook of headers only", book(workbook()), source=DEATHS),
    Bad("an error in a required cell", book(workbook(*rows_of(DEATHS), also=not_applicable)), source=DEATHS, accepted=19, quarantined=("22 bad_value died_on",)),
    Bad("the text of an error in a required cell", dead(died_on="#N/A "), source=DEATHS, accepted=20, quarantined=BAD_DAY),
    Bad("a formula that was never computed", dead(died_on="=TODAY()"), source=DEATHS, accepted=20, quarantined=BAD_DAY),
    Bad("a date that is a date", dead(died_on=datetime(2021, 5, 1)), source=DEATHS, accepted=21, becomes={"died_on": "2021-05-01"}),  # noqa: DTZ001 - Excel knows no zones
    Bad("a date that is a number", dead(died_on=44317), source=DEATHS, accepted=20, quarantined=BAD_DAY),
    Bad("an identity number kept as a number", dead(id_number=320106199003072711), source=DEATHS, accepted=21),
    Bad("a record number kept as a number", dead(record_no=123.0), source=DEATHS, accepted=21, becomes={"record_no": "123"}),
    Bad("a stray blank far below the table", book(workbook(*rows_of(DEATHS), also=far_blank)), source=DEATHS, accepted=20),
    Bad("half an object", entities(entity()[:-1]), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("two objects on one line", entities(entity() + entity(record_no="R102")), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("a comma after the object", entities(entity() + b","), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("single quotes in JSON", entities("{'xh': 'R101'}"), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("a list where an object should be", entities(b"[" + entity() + b"]"), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("brackets without end", entities('{"xh":' + "[" * 100_000), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("an escaped NUL", entities(entity(name="张\0三")), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("half a surrogate pair", entities(entity().replace("张".encode(), b"\\ud842")), source=ENTITIES, accepted=20, quarantined=BROKEN),
    Bad("an object without keys", entities("{}"), source=ENTITIES, accepted=20, quarantined=("21 no_identity",)),
    Bad("an identity number as a JSON number", entities(entity(id_number=320106199003072711)), source=ENTITIES, accepted=21, becomes={"id_number_raw": "320106199003072711"}),
    Bad("null for a required value", entities(entity(entity_code=None)), source=ENTITIES, accepted=20, quarantined=("21 bad_value entity_code",)),
    Bad("one array in place of lines", {"scjg_1.jsonl": b"[" + entity() + b"," + entity(record_no="R2") + b"]"}, source=ENTITIES, refused="would be quarantined"),
    Bad("objects of unknown keys only", {"scjg_1.jsonl": b'{"a": 1}\n{"a": 2}\n'}, source=ENTITIES, refused="has no header"),
    Bad("objects that all lack a required key", {"scjg_1.jsonl": json_lines(*rows_of(ENTITIES)).replace(b'"zt":', b'"ztt":')}, source=ENTITIES, refused="column 'zt' (status) is missing; the nearest is 'ztt'"),
]  # fmt: skip
