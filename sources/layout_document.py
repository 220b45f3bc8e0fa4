"""One file of a layout as written: its mapping, and on which line each key stands.

Here belongs YAML, and a key written twice, of which YAML itself would silently keep the last. Not here: what the keys mean
(`layout`), how a file's parts are put together (`layout_files`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from sources.errors import LayoutError

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Step = str | int


@dataclass(frozen=True)
class Document:
    """What a file says, and where."""

    path: Path
    values: dict[str, Any]
    root: yaml.MappingNode

    def place(self, *steps: Step) -> str:
        """Return file and line of a key or list entry, as far as the steps lead."""
        node: yaml.Node = self.root
        line = 1
        for step in steps:
            found = _entry(node, step)
            if found is None:
                break
            line, node = found
        return f"{self.path}, line {line}"


def read_document(path: Path) -> Document:
    """Read a file.

    Raises:
        LayoutError: it is no UTF-8, no YAML, no mapping, or writes a key twice; the message says in which line.
    """
    root = None
    try:
        loader = _LOADER(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        values = loader.construct_document(root) if isinstance(root, yaml.MappingNode) else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise LayoutError(f"{path}{line}: cannot be read as YAML ({error.problem}).") from None
    except (OSError, ValueError, OverflowError, RecursionError, yaml.YAMLError) as error:
        line = "" if root is None else f", line {_line_that_fails(root) or 1}"
        raise LayoutError(
            f"{path}{line}: cannot be read as YAML ({error}). Put dates and numbers in quotes."
        ) from None
    if not isinstance(root, yaml.MappingNode) or not isinstance(values, dict):
        raise LayoutError(f"{path}: expected keys and values, found something else.")
    for number, key, first in _twice(root):
        raise LayoutError(
            f"{path}, line {number}: {key!r} is written twice, first in line {first}. Keep one of them."
        )
    return Document(path, values, root)


def _entry(node: yaml.Node, step: Step) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _line_that_fails(node: yaml.Node) -> int | None:
    """The line of a scalar that looks like a date or number and is none."""
    if isinstance(node, yaml.ScalarNode):
        try:
            yaml.SafeLoader("").construct_object(node)
        except (ValueError, OverflowError):
            return node.start_mark.line + 1
        return None
    parts = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return next((line for part in parts if (line := _line_that_fails(part))), None)


def _twice(node: yaml.Node) -> Iterator[tuple[int, str, int]]:
    """Yield (line, key, line of its first writing) of every key that stands twice in one mapping."""
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _twice(entry)
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                yield line, str(key.value), seen[key.value]
            seen[key.value] = line
            yield from _twice(value)
