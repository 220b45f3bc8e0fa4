"""A plain reader of delivered files, for the tests of synth alone: slow, careful, nothing of the product."""

from __future__ import annotations

import csv
import gzip
import json
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[dict[str, str | None]]


def _split(layout: dict[str, Any], line: bytes) -> dict[str, str | None] | None:
    """One line as a row by canonical names; None where it cannot be split or decoded."""
    encoding = "utf-8" if layout["enc"] == "utf-8-sig" else layout["enc"]
    names = {c["header"]: c["canonical"] for c in layout["columns"]}
    try:
        text = line.decode(encoding)
        if layout["fmt"] == "jsonl":
            return {names[key]: value for key, value in json.loads(text).items()}
        cells = next(csv.reader([text], delimiter=layout["sep"]))
    except (UnicodeDecodeError, json.JSONDecodeError):
        return None
    if len(cells) != len(layout["columns"]):
        return None
    return {name: cell or None for name, cell in zip(names.values(), cells, strict=True)}


def _workbook(layout: dict[str, Any], path: Path) -> Rows:
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == layout["title"]
    assert [c for c in rows[1] if c] == layout["headers"]
    names = [c["canonical"] for c in layout["columns"]]
    padded = ([*row, *([None] * len(names))][: len(names)] for row in rows[2:])
    return [dict(zip(names, (None if v is None else str(v) for v in row), strict=True)) for row in padded]


def read(layout: dict[str, Any], path: Path) -> tuple[Rows, int]:
    """Reads a file: its readable rows by canonical names, and how many lines nobody can read."""
    if layout["fmt"] == "xlsx":
        return _workbook(layout, path), 0
    body = gzip.decompress(path.read_bytes()) if layout.get("gz") else path.read_bytes()
    if layout["enc"] == "utf-8-sig":
        assert body.startswith(b"\xef\xbb\xbf")
        body = body[3:]
    lines = body.split(b"\n")
    assert lines.pop() == b""
    if layout.get("trailer"):
        assert lines.pop() == f"END|{len(lines):08d}".encode()
    if layout["fmt"] != "jsonl" and layout["header"]:
        encoding = "utf-8" if layout["enc"] == "utf-8-sig" else layout["enc"]
        assert lines.pop(0).decode(encoding).split(layout["sep"]) == layout["headers"]
    rows = [_split(layout, line) for line in lines]
    return [row for row in rows if row is not None], sum(row is None for row in rows)
