"""What a column means, once for every table that has it.

Here belongs the reading of `sql/columns.yaml` (meanings by column name) and its use as comments.
A model's own header wins over the common meaning. Not here: meanings of a department's columns,
which stand in its contract.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

PATH: Final = Path(__file__).with_name("columns.yaml")


@functools.cache
def meanings() -> dict[str, dict[str, str]]:
    """Return ``{column: {"zh": Chinese name, "en": meaning with unit}}``."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return loaded


def comment(column: str, own: Mapping[str, str]) -> str | None:
    """Return the comment of ``column``: Chinese name first, then the table's own or the common meaning."""
    common = meanings().get(column, {})
    text = own.get(column) or common.get("en")
    if text is None:
        return None
    return f"{common['zh']}: {text}" if "zh" in common else text
