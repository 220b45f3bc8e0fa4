"""Why a file or a snapshot cannot be used, as a code with arguments: what the audit keeps and nobody has to read apart.

Here belong its shape and its text in a table. Not here: its words (`refusal_words`), nor when something is refused.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Argument = str | int
_UNDECODED = re.compile("[\udc80-\udcff]+")


@dataclass(frozen=True)
class Refusal:
    """One reason, or one of several within another.

    Attributes:
        code: its entry in `refusals.yaml`.
        arguments: what the entry's sentences are filled with: file names, headers, counts, never a value of a row.
        parts: reasons within this one, in order.
    """

    code: str
    arguments: Mapping[str, Argument]
    parts: tuple["Refusal", ...] = ()

    @classmethod
    def of(cls, code: str, /, *parts: "Refusal", **arguments: Argument | None) -> "Refusal":
        """Return the refusal; an argument that is None is none, names whose bytes are no UTF-8 are made readable."""
        given = {name: _readable(value) for name, value in arguments.items() if value is not None}
        return cls(code, given, parts)

    def as_json(self) -> str:
        """Return `code`, `arguments` and `parts` (left out where there are none) as one JSON object."""
        return json.dumps(self._plain(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Refusal":
        """Return what `as_json` wrote."""
        return cls._read(json.loads(text))

    def _plain(self) -> dict[str, object]:
        plain: dict[str, object] = {"code": self.code, "arguments": dict(self.arguments)}
        return plain | ({"parts": [part._plain() for part in self.parts]} if self.parts else {})

    @classmethod
    def _read(cls, plain: dict[str, Any]) -> "Refusal":
        parts = tuple(cls._read(part) for part in plain.get("parts", ()))
        return cls(plain["code"], plain["arguments"], parts)


def readable_name(name: str) -> str:
    """A file's name as text that can be stored: bytes that are no UTF-8 are GB18030, as Windows sends them."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _readable(value: Argument) -> Argument:
    return _UNDECODED.sub(lambda found: readable_name(found[0]), value) if isinstance(value, str) else value
