"""How a value, a row and a degree of certainty are put into words.

Here belong money, dates, masking, and the sentences that every rule shares: which source said what on which
date, the line and its reference, how sure the identity is, what was missing. Not here: any rule's own words.
"""

import functools
import json
import math
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

Row = dict[str, Any]
LANGUAGES: Final = ("zh", "en")
WORDS: Final = Path(__file__).with_name("words.yaml")
MOST_DETAILS: Final = 4


@functools.cache
def words() -> dict[str, dict[str, Row]]:
    """Return the vocabulary: section, code, words by language."""
    loaded: dict[str, dict[str, Row]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return loaded


def particulars_of(finding: Row) -> Row:
    """Return what a ground wrote for its explanation; numbers as Decimal, never float."""
    loaded: Row = json.loads(finding["particulars"], parse_float=Decimal)
    return loaded


class Phrase:
    """One language, plain or masked."""

    def __init__(self, language: str, *, masked: bool) -> None:
        """Speak ``language`` (zh or en); ``masked`` hides what an analyst may not see."""
        self.language = language
        self.masked = masked
        self.zh = language == "zh"

    def filters(self) -> dict[str, Callable[[Any], str]]:
        """Return the filters that templates may use."""
        return {"money": self.money, "day": self.day, "birth": self.birth, "died": self.died, "word": self.word}

    def money(self, amount: Any) -> str:  # noqa: ANN401 - Decimal, int or None of a template
        """Return an amount with two decimals, thousands separated."""
        if amount is None:
            return "（金额未提供）" if self.zh else "(amount not given)"
        return f"{Decimal(amount):,.2f}元" if self.zh else f"{Decimal(amount):,.2f} yuan"

    def day(self, value: Any) -> str:  # noqa: ANN401 - date, ISO text or None of a template
        """Return a date as it is read aloud."""
        day = date.fromisoformat(value) if isinstance(value, str) else value
        if day is None:
            return "不明日期" if self.zh else "an unknown date"
        return f"{day.year}年{day.month}月{day.day}日" if self.zh else day.isoformat()

    def birth(self, value: Any) -> str:  # noqa: ANN401
        """Return a birth date; masked, the year."""
        text = self.day(value)
        return text[:5 if self.zh else 4] if self.masked and value is not None else text

    def died(self, value: Any) -> str:  # noqa: ANN401
        """Return the day of a death; masked, the month."""
        text = self.day(value)
        if not self.masked or value is None:
            return text
        return text.split("月")[0] + "月" if self.zh else text[:7]

    def word(self, code: str | None) -> str:
        """Return a code in words."""
        found = words()["codes"].get(code or "", {})
        return str(found.get(self.language, code or ""))

    def name(self, name: str | None) -> str:
        """Return a person's name; masked, the surname."""
        if not name:
            return "姓名不详者" if self.zh else "a person without a name on record"
        if not self.masked:
            return name
        return f"{name[0]}某" if self.zh else f"{name[0]}*"

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
        text = entry[self.language].format(*map(self.word, code[1:]))
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
            text += f"，{'、'.join(map(tail, details))}" if self.zh else f", {', '.join(map(tail, details))}"
        return text + self._sure(first)

    def _entry(self, what: str) -> Row:
        found = words()["what"]
        return found.get(what) or found[what.split(":")[0]]

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
        title = figure["title_zh" if self.zh else "title_en"]
        key = self._key(figure["key"])
        said = ("，" if self.zh else ", ").join([figure["reference"], *marks])
        return f"{title}{key}{figure['value']}（{said}）" if self.zh else f"{title}{key} {figure['value']} ({said})"

    def _key(self, key: str) -> str:
        names = {"urban": "城镇", "rural": "农村", "self_paid": "自付", "income": "收入"} if self.zh else {}
        text = "+".join(names.get(part, self.word(part)) for part in key.split("+"))
        return (f"（{text}）" if self.zh else f" ({text})") if key else ""

    def identity(self, finding: Row) -> str:
        """Return how sure it is that the rows are about this person or household."""
        if finding["rests_on_review"]:
            text = ("有记录的归属尚待人工确认，确认前只作提示", "a row's owner awaits clerical review, so this only asks")
        elif finding["rests_on_number"]:
            text = ("所涉记录均以公民身份号码或本人户籍记录为证", "every row shows the identity number or is the person's own")
        else:
            text = (
                f"有记录凭姓名、出生日期等比对认定{self._least(finding)}，没有身份号码佐证",
                f"a row was linked by name, birth date and the like{self._least(finding)}, without an identity number",
            )
        return f"身份：{text[0]}。" if self.zh else f"Identity: {text[1]}."

    def _least(self, finding: Row) -> str:
        least = finding["least_probability"]
        if least is None:
            return ""
        share = f"{math.floor(least * 1000) / 10:.1f}%"
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
    """Return a plate or account with all but its last four characters hidden."""
    shown = detail[-4:]
    return f"尾号{shown}" if len(detail) > len(shown) else detail
