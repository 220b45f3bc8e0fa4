"""Reads a policy file as plain mappings with the line each key stands on, at any depth.

Here belongs YAML: numbers as Decimal (never float), dates as text (checked later, with a sentence),
a key written twice. Not here: what a key means.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import yaml

from policy.errors import PolicyError

DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def read_document(path: Path) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """Return the file's mapping and the line of each key, by its path from the top.

    Raises:
        PolicyError: the file is no UTF-8, no YAML, no mapping, or writes a key twice.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise PolicyError(f"{path.name}: the file is not UTF-8. Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise PolicyError(
            f"{path.name}{line}: this is no YAML ({problem}). Check indentation, colons, quotes."
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise PolicyError(
            f"{path.name}: the file holds no figures. Write `name:` and below it unit, values, reference."
        )
    return _mapping(root, path.name), dict(_lines(root, ()))


def _lines(node: yaml.MappingNode, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, value in node.value:
        path = (*above, str(key.value))
        yield path, key.start_mark.line + 1
        if isinstance(value, yaml.MappingNode):
            yield from _lines(value, path)


def _mapping(node: yaml.MappingNode, file: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in result:
            first = next(one.start_mark.line + 1 for one, _ in node.value if str(one.value) == key)
            why = " Two values cannot take effect on one day." if DATE.fullmatch(key) else ""
            raise PolicyError(
                f"{file}, line {key_node.start_mark.line + 1}: {key!r} is written twice, first in line {first}.{why}"
                " Keep one of them."
            )
        result[key] = _plain(value_node, file)
    return result


def _plain(node: yaml.Node, file: str) -> Any:  # noqa: ANN401 - a YAML value is anything
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, file) for item in node.value]
    if node.tag in NUMBERS:
        try:
            return Decimal(node.value)
        except InvalidOperation:
            return str(node.value)
    if node.tag.endswith(":bool"):
        return BOOLEANS[node.value.lower()]
    return None if node.tag.endswith(":null") else str(node.value)
