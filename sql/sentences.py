"""The sentences that every explanation shares (rules.md 8).

Here belong: which source said what on which date, the line and its reference, how sure the identity is,
what was missing, why a red was lowered. Not here: any rule's own words (sql/rule/*.yaml), how a value is
written (sql/phrase.py).
"""

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sql.phrase import Phrase, Row, words

if TYPE_CHECKING:
    from datetime import date

MOST_DETAILS: Final = 4
IDENTITY: Final = {
    "review": {
        "zh": "有记录的归属尚待人工确认，确认前只作提示",
        "en": "a row's owner awaits clerical review, so this only asks",
    },
    "number": {
        "zh": "所涉记录均以公民身份号码或本人户籍记录为证",
        "en": "every row shows the identity number or is the person's own",
    },
    "likeness": {
        "zh": "有记录凭姓名、出生日期等比对认定{0}，没有身份号码佐证",
        "en": "a row was linked by name, birth date and the like{0}, without an identity number",
    },
}


class Sentences(Phrase):
    """What is said of every finding, whatever its rule."""

    def sources(self, facts: Iterable[Row]) -> str:
        """Return which source said what on which date, rows of one kind summed up."""
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for fact in facts:
            key = (fact["source"], fact["snapshot_date"], fact["what"], fact["decision"], fact["by_number"])
            groups.setdefault(key, []).append(fact)
        told: dict[tuple[str, date], list[str]] = {}
        for (source, snapshot, *_), rows in groups.items():
            told.setdefault((source, snapshot), []).append(self._said(rows))
        each = [
            f"{words()['sources'][source][self.language]}（{self.day(snapshot)}数据）：{'；'.join(said)}"
            if self.zh
            else f"{words()['sources'][source][self.language]} of {self.day(snapshot)}: {'; '.join(said)}"
            for (source, snapshot), said in told.items()
        ]
        if not each:
            return ""
        return f"来源：{'。'.join(each)}。" if self.zh else f"Sources: {'. '.join(each)}."

    def _said(self, rows: list[Row]) -> str:
        """Return what rows of one source and kind say: words, dates, how many, how much, how sure."""
        first, entry = rows[0], self._entry(rows[0]["what"])
        code = first["what"].split(":")
        text: str = entry[self.language].format(*map(self.word, code[1:]))
        days = sorted({row["on"] for row in rows if row["on"] is not None})
        show = self.birth if entry.get("born") else self.died if entry.get("died") else self.day
        if days:
            span = [show(days[0])] if len(days) == 1 else [show(days[0]), show(days[-1])]
            lead = ("出生于" if self.zh else "born ") if entry.get("born") else ""
            text += ("，" if self.zh else ", ") + lead + ("至" if self.zh else " to ").join(span)
        if len(rows) > 1:
            text += f"，共{len(rows)}条" if self.zh else f", {len(rows)} rows"
        amounts = [row["amount"] for row in rows if row["amount"] is not None]
        if amounts:
            text += ("，" if self.zh else ", ") + self.money(sum(amounts, Decimal(0)))
        details = sorted({row["detail"] for row in rows if row["detail"]})[:MOST_DETAILS]
        if details and not self.masked:
            tails = [tail(detail) for detail in details]
            text += f"，尾号{'、'.join(tails)}" if self.zh else f", ending in {', '.join(tails)}"
        return text + self._sure(first)

    def _entry(self, what: str) -> Row:
        found = words()["what"]
        return found[what] if what in found else found[what.split(":")[0]]

    def _sure(self, fact: Row) -> str:
        if fact["decision"] == "review":
            return "（归属待人工确认）" if self.zh else " (identity in review)"
        if fact["by_number"] is False:
            return "（无身份号码佐证）" if self.zh else " (no identity number)"
        return ""

    def line(self, line: str, legal_basis: str, figures: Iterable[Row]) -> str:
        """Return the line and its reference: the rule's law and the policy figures of the night."""
        each = [self._figure(figure) for figure in figures]
        if self.zh:
            said = f"；政策参数：{'、'.join(each)}" if each else ""
            return f"标准：{line}。依据：{legal_basis}{said}。"
        said = f"; policy figures: {', '.join(each)}" if each else ""
        return f"Line: {line}. Basis: {legal_basis}{said}."

    def _figure(self, figure: Row) -> str:
        marks = [
            mark
            for mark, holds in (
                ("示例值" if self.zh else "illustrative", figure["illustrative"]),
                ("待确认" if self.zh else "unconfirmed", figure["unconfirmed"]),
            )
            if holds
        ]
        listed = sorted(figure["value"].split("+")) == sorted(figure["key"].split("+"))
        value = "" if listed else figure["value"]  # a list's element is its own key
        title = figure["title_zh" if self.zh else "title_en"]
        key = self._key(figure["key"])
        said = ("，" if self.zh else ", ").join([figure["reference"], *marks])
        if self.zh:
            return f"{title}{key}{value}（{said}）"
        return " ".join(filter(None, (f"{title}{key}", value, f"({said})")))

    def _key(self, key: str) -> str:
        text = "+".join(map(self.word, key.split("+")))
        return (f"（{text}）" if self.zh else f" ({text})") if key else ""

    def identity(self, finding: Row) -> str:
        """Return how sure it is that the rows are about this person or household."""
        if finding["rests_on_review"]:
            text = IDENTITY["review"][self.language]
        elif finding["rests_on_number"]:
            text = IDENTITY["number"][self.language]
        else:
            text = IDENTITY["likeness"][self.language].format(self._least(finding))
        return f"身份：{text}。" if self.zh else f"Identity: {text}."

    def _least(self, finding: Row) -> str:
        least = finding["least_probability"]
        if least is None:
            return ""
        share = f"{min(math.floor(least * 1000) / 10, 99.9):.1f}%"
        return f"（匹配概率不低于{share}）" if self.zh else f" (probability at least {share})"

    def missing(self, missing: Iterable[Row]) -> str:
        """Return which sources the rule reads were late or absent."""
        each = [
            words()["sources"][row["source"]][self.language]
            + ("" if self.zh else " ")
            + str(words()["states"][row["state"]][self.language])
            + (f"（{self.day(row['snapshot_date'])}）" if row["snapshot_date"] and self.zh else "")
            for row in missing
        ]
        if self.zh:
            return f"缺失：{'、'.join(each)}。" if each else "缺失：所需数据均按期收到。"
        return f"Missing: {', '.join(each)}." if each else "Missing: nothing, every source came in time."

    def lowered(self, reasons: str | None) -> str:
        """Return why a red was lowered to yellow, or nothing."""
        if not reasons:
            return ""
        each = [str(words()["lowered"][reason][self.language]) for reason in reasons.split(",")]
        return f"因{'、'.join(each)}，按黄色提示。" if self.zh else f"Lowered to yellow: {'; '.join(each)}."


def tail(detail: str) -> str:
    """Return the last four characters of a plate or account: enough to recognise one's own."""
    return detail[-4:]
