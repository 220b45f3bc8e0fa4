"""Which source said what on which date (rules.md 8): the rows of a finding, those of one kind summed up.

Here belongs how rows are gathered and said by the entries of `what` in findings/words.yaml. Not here: the other parts of an
explanation (findings/sentences.py), how a value is written (findings/phrase.py).
"""

import functools
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from findings.explanation import Cited
from findings.phrase import Phrase, Row, words

MOST: Final = 4
"""Numbers and single amounts told of one kind of rows; the rest are in their count."""

MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}-01")


class Citing(Phrase):
    """What the delivered rows behind a finding say."""

    def sources(self, facts: Iterable[Row]) -> tuple[Cited, ...]:
        """Return which source said what on which date, a citation each.

        Deliveries of one source that say the same kind of thing, a month each, are one citation with the first and
        the last of their dates.
        """
        kinds: dict[tuple[Any, ...], list[Row]] = {}
        for fact in facts:
            key = (fact["source"], kind_of(fact["what"])[0], fact["decision"], fact["by_number"])
            kinds.setdefault(key, []).append(fact)
        told: dict[tuple[str, date, date], list[str]] = {}
        for (source, *_), rows in kinds.items():
            days = [row["snapshot_date"] for row in rows]
            told.setdefault((source, min(days), max(days)), []).append(self._said(rows))
        return tuple(
            Cited(source, self._cited(str(words()["sources"][source][self.language]), first, last, said))
            for (source, first, last), said in told.items()
        )

    def _cited(self, source: str, first: date, last: date, said: list[str]) -> str:
        if self.zh:
            span = self.day(first) if first == last else f"{self.day(first)}至{self.day(last)}各次"
            return f"{source}（{span}数据）：{'；'.join(said)}"
        span = self.day(first) if first == last else f"{self.day(first)} to {self.day(last)}"
        return f"{source[0].upper()}{source[1:]} of {span}: {'; '.join(said)}"

    def _said(self, rows: list[Row]) -> str:
        """Return what rows of one source and kind say: words, dates, how many, how much, how sure."""
        kind = kind_of(rows[0]["what"])[0]
        entry = entry_of(kind)
        parts = (
            self._kind(kind, entry),
            self._days(rows, entry),
            self._count(len(rows)),
            self._amounts(rows, entry),
            self._details(rows, entry),
        )
        return (
            ("，" if self.zh else ", ").join(filter(None, parts)) + self._sure(rows[0]) + self._unread(rows)
        )

    def _unread(self, rows: list[Row]) -> str:
        """Return which columns of the rows were delivered and could not be read: null there is not "none" (rules.md 6)."""
        columns = sorted({column for row in rows for column in row["unread"]})
        if not columns:
            return ""
        named = ("、" if self.zh else ", ").join(
            words()["unread"][column][self.language] for column in columns
        )
        return f"（{named}无法识别）" if self.zh else f" ({named}: delivered and unreadable)"

    def _kind(self, kind: str, entry: Row) -> str:
        sections = entry.get("parts", ())
        parts = [
            self.word(code, sections[place] if place < len(sections) else "codes")
            for place, code in enumerate(kind.split(":")[1:])
        ]
        text: str = entry[self.language].format(*parts)
        return text

    def _days(self, rows: list[Row], entry: Row) -> str:
        """Return the day the rows speak of, or the first and the last."""
        each = (day for row in rows for day in (kind_of(row["what"])[1], row["on"]))
        days = sorted({day for day in each if day is not None})
        if not days:
            return ""
        show = {"birth": self.birth, "died": self.died, "month": self.month}.get(
            entry.get("show", ""), self.day
        )
        first, last = show(days[0]), show(days[-1])
        if first == last:
            when: str = entry.get("when", {}).get(self.language, "{}")
            return when.format(first)
        span: str = entry.get("span", {}).get(self.language, "{}至{}" if self.zh else "{} to {}")
        return span.format(first, last)

    def _count(self, rows: int) -> str:
        if rows == 1:
            return ""
        return f"共{rows}条" if self.zh else f"{rows} rows"

    def _amounts(self, rows: list[Row], entry: Row) -> str:
        amounts = [row["amount"] for row in rows if row["amount"] is not None]
        if not amounts or (entry.get("nothing") == "silent" and not any(amounts)):
            return ""
        template: str = entry.get("amount", {}).get(self.language, "{}")
        if not entry.get("each"):
            total = sum(amounts, Decimal(0))
            if len(amounts) > 1:
                template = f"合计{template}" if self.zh else f"{template} together"
            return template.format(self.money(total), n=f"{total:,.2f}")
        single = sorted(set(amounts), reverse=True)[:MOST]
        between = "、" if self.zh else " and "
        said, bare = map(self.money, single), (f"{amount:,.2f}" for amount in single)
        return template.format(between.join(said), n=between.join(bare))

    def _details(self, rows: list[Row], entry: Row) -> str:
        """Return the last characters of plates, accounts and telephones; masked, nothing."""
        tails = sorted({tail(row["detail"]) for row in rows if row["detail"]})[:MOST]
        if self.masked or not tails:
            return ""
        said: Row = entry.get("detail") or {"zh": "尾号{}", "en": "ending in {}"}
        template: str = said[self.language]
        return template.format("、".join(tails) if self.zh else ", ".join(tails))

    def _sure(self, fact: Row) -> str:
        if fact["decision"] == "review":
            return "（归属待人工确认）" if self.zh else " (identity in review)"
        if fact["by_number"] is False:
            return "（无身份号码佐证）" if self.zh else " (no identity number)"
        return ""


@functools.lru_cache(maxsize=4096)  # a city's rows say few kinds of things
def kind_of(what: str) -> tuple[str, date | None]:
    """Return the code of a row without the first month that a sum of months ends with, and that month."""
    kind, _, last = what.rpartition(":")
    return (kind, date.fromisoformat(last)) if MONTH.fullmatch(last) else (what, None)


@functools.lru_cache(maxsize=4096)
def entry_of(kind: str) -> Row:
    """Return the words of a row's code: those of the whole code, else of the longest beginning that has some."""
    found = words()["what"]
    parts = kind.split(":")
    names = (":".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next(found[name] for name in names if name in found)


def tail(detail: str) -> str:
    """Return the last four characters of a plate or account: enough to recognise one's own."""
    return detail[-4:]
