"""Reading the descriptions of layouts in layouts/: one file a layout, a part for each source.

Here: jiangsu.json, which has the shape of the sample's own description, and the others, in YAML, which say only
what is theirs and take columns and types from it. Not here: what the keys mean (layout.py).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from synth.layout import PERSON, SEATS, SOURCES, Column, File, Increments, Layout

FOLDER = Path(__file__).parent / "layouts"
FIRST = "jiangsu"
BANKS = ("BANK-A", "BANK-B")


def known() -> list[str]:
    """Names of the layouts that a city can be delivered in."""
    return sorted(path.stem for path in FOLDER.iterdir() if path.suffix in (".json", ".yaml"))


@cache
def text(name: str) -> str:
    """The description as it lies beside the truth: JSON."""
    file = FOLDER / f"{name}.json"
    if file.exists():
        return file.read_text(encoding="utf-8")
    given = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return json.dumps(given, ensure_ascii=False, indent=1)


@cache
def layouts(name: str = FIRST) -> dict[str, Layout]:
    """Layout by source, in the order of SOURCES; seats, canonical names and types are every layout's."""
    raw = json.loads(text(name))
    if name == FIRST:
        return {source: _first(source, raw[source]) for source in SOURCES}
    return {source: _other(layouts()[source], raw[source]) for source in SOURCES}


def _columns(raw: dict[str, Any]) -> tuple[Column, ...]:
    patterns = {"d": raw.get("date", "%Y-%m-%d"), "m": raw.get("month", "%Y%m")}
    return tuple(
        Column(c["header"], c["canonical"], c["type"], patterns.get(c["type"], "")) for c in raw["columns"]
    )


def _first(source: str, raw: dict[str, Any]) -> Layout:
    file = File(
        name=raw["file"],
        format="csv" if raw["fmt"] == "text" else raw["fmt"],
        encoding=raw.get("enc", "utf-8"),
        separator=raw.get("sep", ","),
        header=raw.get("header", True),
        titles=(raw["title"],) if "title" in raw else (),
        trailer="END|{n:08d}" if raw.get("trailer") else None,
        packed="gz" if raw.get("gz") else None,
    )
    files: tuple[File, ...] = (file,)
    if raw.get("split"):
        files = tuple(
            File(
                **{
                    **file.__dict__,
                    "name": raw["file"].replace("{k}", str(k)),
                    "only": ("bank_code", (bank,)),
                }
            )
            for k, bank in enumerate(BANKS, 1)
        )
    return Layout(
        source=source,
        columns=_columns(raw),
        codes=raw["codes"],
        files=files,
        yes_no=tuple(raw.get("bool", ("是", "否"))),
        seats=SEATS.get(source, PERSON),
    )


def _other(like: Layout, raw: dict[str, Any]) -> Layout:
    """A layout with headers, codes and files of its own, and the canonical columns of the first."""
    types = {column.canonical: column.type for column in like.columns}
    columns = [_column(types, name, said, raw) for name, said in raw["columns"].items()]
    # Columns that no file has (a bank that is its own name) are still true, and tell files apart.
    columns += [Column("", name, kind) for name, kind in types.items() if name not in raw["columns"]]
    order = {name: at for at, name in enumerate(types)}
    stand = tuple(raw["columns"])
    return Layout(
        source=like.source,
        columns=tuple(sorted(columns, key=lambda column: order[column.canonical])),
        codes={name: {k: str(v) for k, v in codes.items()} for name, codes in raw.get("codes", {}).items()},
        files=tuple(_file(one, stand) for one in raw["files"]),
        yes_no=tuple(raw.get("yes_no", ("是", "否"))),
        increments=Increments(**raw["increments"]) if "increments" in raw else None,
        seats=like.seats,
    )


def _column(types: dict[str, str], name: str, said: str | dict[str, Any], raw: dict[str, Any]) -> Column:
    own: dict[str, Any] = {"header": said} if isinstance(said, str) else dict(said)
    kind = types[name]
    for key, kinds in (
        ("date", "d"),
        ("month", "m"),
        ("unit", "y"),
        ("grouped", "y"),
        ("wide", "y"),
        ("native", "ydnm"),
    ):
        if kind in kinds and key in raw:
            own.setdefault("pattern" if key in ("date", "month") else key, raw[key])
    if "adds" in own:
        own["adds"] = tuple(own["adds"])
    return Column(canonical=name, type=kind, blank=own.pop("blank", raw.get("blank", "")), **own)


def _frozen(value: object) -> object:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _file(raw: dict[str, Any], stand: tuple[str, ...]) -> File:
    given: dict[str, Any] = {key: _frozen(value) for key, value in raw.items()}
    return File(**{"columns": stand, **given})
