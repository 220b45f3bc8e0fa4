"""The words that departments use: headers and spellings of codes, of the field at large and of known layouts.

Here belongs comparing words. Not here: values of columns (`matching`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pypinyin import Style, lazy_pinyin
from rapidfuzz import fuzz

from sources.contract import Column, Contract
from sources.layout import Layout

_BRACKETS = re.compile(r"[(\[（【<〈].*?[)\]）】>〉]")
_ENDS = re.compile("(代码|编码|名称|标志|标识|码|dm|mc|bz|code|flag)$")
_MARKS = re.compile(r"[\W_]+")
_CODE_BEFORE = re.compile(r"^[0-9A-Z]{1,3}[-_.:、: ]+(?=\S)")
_LONG_NUMBER = re.compile(r"[0-9]{5}|[0-9]\.[0-9]")
EXACT = 100.0
FEWEST_ROWS = 3
"""An unknown spelling that fewer rows have is told by its shape only, unless it is like a known one."""
MOST_CHARACTERS = 24
SHORT = 2
"""Characters of a code such as 11 or A, which says nothing of anybody."""


@cache
def _read(name: str) -> Any:  # noqa: ANN401 - plain YAML
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))


def folded(header: str) -> str:
    """A header without brackets and what they hold, blanks, punctuation, full-width forms and case."""
    text = unicodedata.normalize("NFKC", header.replace("\ufeff", ""))
    bare = _MARKS.sub("", _BRACKETS.sub("", text)).casefold()
    return bare or _MARKS.sub("", text).casefold()


def headers_of(contract: Contract, column: Column, known: Sequence[Layout] = ()) -> list[str]:
    """Headers under which a column has been seen, folded; the likeliest first."""
    listed = _read("headers")
    own = [column.title_zh, *listed.get(f"{contract.name}.{column.name}", [])]
    for layout in known:
        for shape in layout.sources[contract.name].files if contract.name in layout.sources else ():
            own += [header for said in shape.columns if said.to == column.name for header in said.header]
    own += [column.name, *listed.get(column.name, [])]
    return list(dict.fromkeys(folded(word) for word in own))


def header_score(header: str, words: Iterable[str]) -> float:
    """How much a header is one of the folded words, from 0 to 100; pinyin and its initials count nearly as much."""
    mine = folded(header)
    listed = list(words)
    scores = [_likeness(mine, word, at) for at, word in enumerate(listed) if mine]
    # 状态代码 is 状态; of a header of two rows the lower one may say it all.
    for shorter in {_ENDS.sub("", mine), folded(header.rsplit("/", 1)[-1])} - {mine, ""}:
        scores += [_likeness(shorter, word, at) - 4 for at, word in enumerate(listed)]
    return max(scores, default=0.0)


def _likeness(mine: str, word: str, at: int) -> float:
    early = min(at, 20) * 0.2  # of two words that fit alike the likelier one decides
    if mine == word:
        return EXACT - early
    if mine.isascii() and not word.isascii():
        full, initials = _pinyin(word)
        if mine == full:
            return 97 - early
        if mine == initials:
            return (92 if len(mine) > 2 else 82) - early
        return 0.75 * max(fuzz.ratio(mine, full), fuzz.ratio(mine, initials) if len(mine) > 2 else 0)
    if mine.isascii() != word.isascii():
        return 0.0
    whole = fuzz.ratio(mine, word)
    if len(word) > 2 and (word in mine or mine in word) and len(mine) > 1:
        whole = max(whole, 70 + 20 * min(len(mine), len(word)) / max(len(mine), len(word)))
    return min(94.0, whole) - early


@cache
def _pinyin(word: str) -> tuple[str, str]:
    return "".join(lazy_pinyin(word)), "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def plain(spelling: str) -> str:
    """A code's spelling without full-width forms, blanks and case."""
    return "".join(unicodedata.normalize("NFKC", spelling).split()).casefold()


def spellings_of(contract: Contract, column: Column, known: Sequence[Layout] = ()) -> dict[str, str]:
    """Known spellings of a column's codes, plain: canonical word.

    Of known layouts only words are learnt: a number means one thing in one province and another in the next.
    """
    listed = _read("codes")
    words: Mapping[str, list[str]] = listed.get(f"{contract.name}.{column.name}", listed.get(column.name, {}))
    found = {plain(word): word for word in column.codes}
    found |= {plain(spelling): word for word, all_ in words.items() for spelling in all_}
    for layout in known:
        for shape in layout.sources[contract.name].files if contract.name in layout.sources else ():
            for said in shape.columns:
                if said.to == column.name:
                    worded = {
                        spelling: word for spelling, word in said.codes.items() if not spelling.isascii()
                    }
                    found |= {plain(spelling): word for spelling, word in worded.items()}
    return {spelling: word for spelling, word in found.items() if word in column.codes}


def code_meant(spelling: str, known: Mapping[str, str]) -> str | None:
    """The canonical word that a spelling certainly means, or None; a code before a word is ignored."""
    bare = _CODE_BEFORE.sub("", unicodedata.normalize("NFKC", spelling).strip())
    return known.get(plain(spelling)) or known.get(plain(bare))


def code_guessed(spelling: str, known: Mapping[str, str], least: float = 50) -> str | None:
    """The canonical word whose known spelling is most like this one; a guess for a person to judge, or None."""
    scored = [(fuzz.ratio(plain(spelling), word), word) for word in known if not word.isascii()]
    best = max(scored, default=(0.0, ""))
    return known[best[1]] if best[0] >= least else None


def may_be_shown(spelling: str, rows: int, known: Mapping[str, str]) -> bool:
    """Whether an unknown spelling in a column of codes is one, and not what a shifted row put there.

    A name, a number or an amount in the wrong column stands there once or twice, or has digits as no code has.
    """
    if len(spelling) > MOST_CHARACTERS or _LONG_NUMBER.search(spelling):
        return False
    if spelling.isascii() and len(spelling) <= SHORT:
        return True
    return rows >= FEWEST_ROWS or code_guessed(spelling, known, least=70) is not None
