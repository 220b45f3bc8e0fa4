"""A clerk's desk: the pairs in their order, what the clerk has said of each, and the next one to decide.

Here belongs what the page needs of draw and ledger. Not here: HTTP, HTML.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl

from casework.review.answers import decision_of
from casework.review.drawing import Review
from exports import FIELDS, OWN_RECORD, SIDES, Piece, differences
from ledger import Ledger, Verdict, link_decisions, record_link_decisions, review_draws, subject_key

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the comparison: heading, and the pieces of each side; None where a side has no such field."""

    heading: str
    cells: list[list[Piece] | None]


@dataclass(frozen=True, slots=True)
class Said:
    """What the clerk last said of a pair."""

    verdict: Verdict
    reason: str


class Desk:
    """The pairs of one draw before one clerk. The ledger is read anew each time: others write in it too."""

    def __init__(self, review: Review, book: Ledger, by: str) -> None:
        """Take a recorded draw, the ledger and the clerk's name."""
        self.night, self.by = review.night, by
        self._book = book
        self._shown: dict[str, Row] = {row["code"]: row for row in review.pairs.iter_rows(named=True)}
        drawn = review_draws(book, book.sequence()).filter(pl.col("draw_id") == review.draw_id)
        drawn = drawn.with_columns(key=subject_key())
        self._drawn: dict[str, Row] = {row["code"]: row for row in drawn.iter_rows(named=True)}
        self.codes = list(self._shown)

    def sides(self, code: str) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return what each side is called and where it comes from."""
        row = self._shown[code]
        if row["subject"] == "pair":
            return ("甲", OWN_RECORD), ("乙", OWN_RECORD)
        return (SIDES["left"], str(row["title"] or "")), (SIDES["right"], OWN_RECORD)

    def lines(self, code: str) -> list[Line]:
        """Return the fields of a pair that either side gives."""
        row = self._shown[code]
        lines: list[Line] = []
        for field in FIELDS:
            left, right = (row.get(f"{side}_{field.name}") or "" for side in SIDES)
            if left or right:
                cut = differences(left, right) if field.marked else (_whole(left), _whole(right))
                named = dict(zip(SIDES, cut, strict=True))
                lines.append(Line(field.heading, [named[s] if s in field.sides else None for s in SIDES]))
        return lines

    def said(self) -> dict[str, Said]:
        """Return by code what this clerk last said."""
        mine = link_decisions(self._book, self._book.sequence()).filter(pl.col("decided_by") == self.by)
        newest = {
            key: Said(verdict, reason or "")
            for key, verdict, reason in mine.select(subject_key(), "verdict", "reason").iter_rows()
        }
        return {code: newest[row["key"]] for code, row in self._drawn.items() if row["key"] in newest}

    def decide(self, code: str, verdict: Verdict, reason: str) -> None:
        """Write the clerk's answer; the same answer again is not written again.

        Raises:
            LedgerError: it was not written.
        """
        if self.said().get(code) != Said(verdict, reason):
            record_link_decisions(self._book, [decision_of(self._drawn[code], verdict, self.by, reason)])

    def after(self, code: str | None) -> str | None:
        """Return the next pair that the clerk has not decided, from the beginning again after the last."""
        start = 0 if code is None else self.codes.index(code) + 1
        said = self.said()
        return next((one for one in self.codes[start:] + self.codes[:start] if one not in said), None)

    def beside(self, code: str) -> tuple[str | None, str | None]:
        """Return the pair before and the pair after in the order of the draw."""
        place = self.codes.index(code)
        before = self.codes[place - 1] if place else None
        return before, next(iter(self.codes[place + 1 : place + 2]), None)


def _whole(text: str) -> list[Piece]:
    return [Piece(text)] if text else []
