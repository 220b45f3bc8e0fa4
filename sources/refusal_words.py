"""A refusal in words, in either language: the one place where its sentence is made.

Here belongs filling the sentences of `refusals.yaml`. Not here: what a refusal is (`refusal`). Nobody reads a sentence
apart again: who needs to know more takes the refusal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml

from sources.refusal import Refusal

Language = Literal["en", "zh"]
FILE: Final = Path(__file__).with_name("refusals.yaml")


@dataclass(frozen=True)
class Words:
    """One code's sentences.

    Attributes:
        en: what auditor and operator read.
        zh: what the department reads.
        between: what stands between its parts, by language.
        only_en: arguments that only the English sentence tells.
    """

    en: str
    zh: str
    between: Mapping[str, str]
    only_en: tuple[str, ...]


@cache
def catalogue() -> dict[str, Words]:
    """Return the words of every code."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        code: Words(one["en"], one["zh"], one.get("between", {}), tuple(one.get("only_en", ())))
        for code, one in told.items()
    }


def in_words(refusal: Refusal, language: Language, headings: Mapping[str, str] | None = None) -> str:
    """Return the refusal as one sentence, without its full stop.

    Args:
        refusal: what is told.
        language: in which language.
        headings: how the department calls a column, by canonical name; said in Chinese instead of that name.
    """
    words = catalogue()[refusal.code]
    filled: dict[str, object] = dict(refusal.arguments)
    filled["parts"] = words.between.get(language, "").join(
        in_words(part, language, headings) for part in refusal.parts
    )
    filled["nearest"] = ""
    if refusal.code != "nearest" and "nearest" in refusal.arguments:
        filled["nearest"] = in_words(Refusal.of("nearest", name=refusal.arguments["nearest"]), language)
    if language == "zh" and "column" in refusal.arguments:
        filled["column"] = _heading(str(refusal.arguments["column"]), headings or {})
    return (words.zh if language == "zh" else words.en).format_map(filled)


def _heading(column: str, headings: Mapping[str, str]) -> str:
    """The department's own heading in quotation marks; without one our name, set off as Latin letters are."""
    return f"“{headings[column]}”" if column in headings else f" {column} "
