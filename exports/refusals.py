"""Why a snapshot was refused, in the words of the department that sent it.

Here belongs the way from the audit's English sentence to Chinese (`refusals.yaml`). Not here: the refusals themselves
(sources), reasons of single rows (rejects.py). A sentence that no pattern knows is passed on as it is: better read in
English than not at all.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

import yaml

FILE: Final = Path(__file__).with_name("refusals.yaml")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple((re.compile(one["when"]), one["say"]) for one in told)


def in_chinese(sentence: str, headings: dict[str, str] | None = None) -> str:
    """Return the sentence of `audit.source_snapshot.refused_why` in Chinese.

    Args:
        sentence: as the audit has it.
        headings: the delivered heading of a column, by its canonical name, for the columns it names.
    """
    for pattern, say in _patterns():
        sentence = pattern.sub(say, sentence)
    for name, heading in (headings or {}).items():
        sentence = sentence.replace(f" 行的 {name} 一列", f" 行的“{heading}”一列")
    return sentence.replace("; ", "；").replace(", ", "，")
