"""Where two texts differ, character by character, for a clerk's eye. No judgement: what is masked is not marked.

Here belongs the cutting of two texts into marked and unmarked pieces. Not here: colours, cells, pages.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

UNKNOWN: Final = frozenset("*＊?？□●×")
"""Signs for a character that was not delivered: silence, no difference."""


class Piece(NamedTuple):
    """A run of characters that are all marked, or all not."""

    text: str
    marked: bool = False


def differences(left: str | None, right: str | None) -> tuple[list[Piece], list[Piece]]:
    """Cut two texts into pieces; marked is what the other text has not there.

    Texts of one length are held against each other place by place, as a clerk reads two numbers; others are aligned.
    Where either says nothing there is nothing to mark. An empty text has no pieces.
    """
    left, right = left or "", right or ""
    if not left or not right:
        return _pieces(left, [False] * len(left)), _pieces(right, [False] * len(right))
    if len(left) == len(right):
        unlike = [_unlike(one, other) for one, other in zip(left, right, strict=True)]
        return _pieces(left, unlike), _pieces(right, unlike)
    here, there = [False] * len(left), [False] * len(right)
    for step in Levenshtein.opcodes(left, right):
        mine, theirs = slice(step.src_start, step.src_end), slice(step.dest_start, step.dest_end)
        if step.tag != "equal" and not UNKNOWN & {*left[mine], *right[theirs]}:
            here[mine] = [True] * (step.src_end - step.src_start)
            there[theirs] = [True] * (step.dest_end - step.dest_start)
    return _pieces(left, here), _pieces(right, there)


def _unlike(one: str, other: str) -> bool:
    return one.casefold() != other.casefold() and not UNKNOWN & {one, other}


def _pieces(text: str, marked: Sequence[bool]) -> list[Piece]:
    runs = groupby(zip(text, marked, strict=True), key=lambda one: one[1])
    return [Piece("".join(character for character, _ in run), mark) for mark, run in runs]
