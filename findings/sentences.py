"""The sentences that every explanation shares (rules.md 8).

Here belong: what the line refers to, how sure the identity is, what was missing, why a red was lowered. Not here: the
parts' names and their order (findings/explanation.py), which source said what (findings/citing.py), any rule's own
words (sql/rule/*.yaml), how a value is written (findings/phrase.py).
"""

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from findings.citing import Citing
from findings.phrase import Row, words

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


class Sentences(Citing):
    """What is said of every finding, whatever its rule."""

    def basis(self, legal_basis: str, figures: Iterable[Row]) -> str:
        """Return what the line refers to: the rule's law and the policy figures of the night."""
        each = [self._figure(figure) for figure in figures]
        if self.zh:
            return legal_basis + (f"；政策参数：{'、'.join(each)}" if each else "")
        return legal_basis + (f"; policy figures: {', '.join(each)}" if each else "")

    def _figure(self, figure: Row) -> str:
        marks = [
            mark
            for mark, holds in (
                ("示例值" if self.zh else "illustrative", figure["illustrative"]),
                ("待确认" if self.zh else "unconfirmed", figure["unconfirmed"]),
            )
            if holds
        ]
        title = figure["title_zh" if self.zh else "title_en"] + self._key(figure["key"])
        said = ("，" if self.zh else ", ").join([figure["reference"], *marks])
        value = self._value(figure)
        if self.zh:
            return f"{title}{'：' if value else ''}{value}（{said}）"
        return f"{title}{': ' if value else ''}{value} ({said})"

    def _value(self, figure: Row) -> str:
        """Return a figure with its unit; an element of a list is its own key and needs no value."""
        if sorted(figure["value"].split("+")) == sorted(figure["key"].split("+")):
            return ""
        unit, value = figure["unit"], figure["value"]
        if unit.startswith("share of"):
            unit, value = "share", f"{(Decimal(value) * 100).normalize():f}"
        elif unit.startswith("yuan"):
            value = f"{Decimal(value):,}"
        elif "_age" in figure["name"]:
            unit = "age"
        template = str(words()["units"].get(unit, {}).get(self.language, "{}"))
        return template.format(value)

    def _key(self, key: str) -> str:
        text = ("与" if self.zh else " with ").join(map(self.word, key.split("+")))
        return (f"（{text}）" if self.zh else f" ({text})") if key else ""

    def identity(self, finding: Row) -> str:
        """Return how sure it is that the rows are about this person or household."""
        if finding["rests_on_review"]:
            text = IDENTITY["review"][self.language]
        elif finding["rests_on_number"]:
            text = IDENTITY["number"][self.language]
        else:
            text = IDENTITY["likeness"][self.language].format(self._least(finding))
        return text

    def _least(self, finding: Row) -> str:
        least = finding["least_probability"]
        if least is None:
            return ""
        share = f"{min(math.floor(least * 1000) / 10, 99.9):.1f}%"
        return f"（匹配概率不低于{share}）" if self.zh else f" (probability at least {share})"

    def missing(self, missing: Iterable[Row]) -> str:
        """Return which sources the rule reads were late, absent or short, and which nobody authorized."""
        rows = list(missing)
        late = [self._late(row) for row in rows if row["state"] in words()["states"]]
        unasked = self._unasked([row for row in rows if row["state"] in words()["unsigned"]])
        if self.zh:
            rest = "其他所需数据均按期收到" if unasked else "所需数据均按期收到"
            return "；".join([*unasked, "、".join(late) or rest])
        rest = "every other source came in time" if unasked else "nothing, every source came in time"
        return "; ".join([*unasked, ", ".join(late) or rest])

    def _late(self, row: Row) -> str:
        source = str(words()["sources"][row["source"]][self.language])
        state = str(words()["states"][row["state"]][self.language])
        dated = self.day(row["snapshot_date"]) if row["snapshot_date"] else ""
        if self.zh:
            return f"{source}{state}" + (f"（最近一次为{dated}数据）" if dated else "")
        return f"{source} {state}" + (f" (last of {dated})" if dated else "")

    def _unasked(self, rows: list[Row]) -> list[str]:
        """Return one sentence a reason, with the sources it closed."""
        told: dict[tuple[str, int | None], list[str]] = {}
        for row in rows:
            source = str(words()["sources"][row["source"]][self.language])
            told.setdefault((row["state"], row["people"]), []).append(source)
        return [
            str(words()["unsigned"][state][self.language]).format(
                people, ("、" if self.zh else ", ").join(sources)
            )
            for (state, people), sources in told.items()
        ]

    def lowered(self, reasons: str | None) -> str:
        """Return why a red was lowered to yellow, or nothing."""
        if not reasons:
            return ""
        each = [str(words()["lowered"][reason][self.language]) for reason in reasons.split(",")]
        return f"因{'、'.join(each)}，不按红色、只按黄色提示" if self.zh else "; ".join(each)
