"""What is said of a published table: its Chinese name, its own headings and masks, its view for officials.

Here belongs the reading of `sql/tables.yaml`. Not here: the common meaning of a column (sql/columns.py).
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

from sql.columns import meaning

PATH: Final = Path(__file__).with_name("tables.yaml")


class OwnColumn(BaseModel):
    """What a table says of one of its columns in place of the common meaning."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str | None = None
    mask: str | None = None
    words: dict[str, str] = {}


class Said(BaseModel):
    """What is said of one table."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str | None = None
    columns: dict[str, OwnColumn] = {}


@functools.cache
def said() -> dict[str, Said]:
    """Return what is said of every table, by qualified name."""
    loaded = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return {table: Said.model_validate(entry) for table, entry in loaded.items()}


def own(table: str, column: str) -> OwnColumn:
    """Return what ``table`` itself says of ``column``; nothing where it says nothing."""
    return said().get(table, Said()).columns.get(column, OwnColumn())


def mask_of(table: str, column: str) -> str | None:
    """Return the mask of ``column`` in ``table``, or None where nobody has written one."""
    return own(table, column).mask or meaning(column).get("mask")


def heading(table: str, column: str) -> str:
    """Return the Chinese heading of ``column`` in ``table``; its English name where nobody gave one."""
    return own(table, column).zh or meaning(column).get("zh") or column


def chinese_name(table: str) -> str:
    """Return the Chinese name of ``table``; its English one where nobody gave one."""
    return said().get(table, Said()).zh or table.split(".")[1]


def chinese_view(table: str, columns: Mapping[str, str]) -> str:
    """Return the statement that makes the view of ``table`` in schema `zh`.

    The view names no catalogue: it finds its table in whatever file it stands in, under whatever name that is open.

    Args:
        table: qualified name.
        columns: column of ``table`` by the column it was made of, whose heading it takes.
    """
    listed = ", ".join(
        f'{_in_words(name, own(table, column).words)} AS "{heading(table, column)}"'
        for column, name in columns.items()
    )
    return f'CREATE VIEW zh."{chinese_name(table)}" AS SELECT {listed} FROM {table}'  # noqa: S608 - our own names


def _in_words(column: str, words: Mapping[str, str]) -> str:
    """Return ``column`` with its codes put into words; a code without a word stays as it is."""
    said_so = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in words.items())
    return f'CASE "{column}" {said_so} ELSE "{column}" END' if words else f'"{column}"'
