"""How a value is put into words, in one language, plain or masked.

Here belong money, dates, codes, names and what masking leaves of them. Not here: sentences.
"""

import functools
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

Row = dict[str, Any]
LANGUAGES: Final = ("zh", "en")
WORDS: Final = Path(__file__).with_name("words.yaml")


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

    def filters(self) -> dict[str, Callable[..., str]]:
        """Return the filters that templates may use."""
        named: tuple[Callable[..., str], ...] = (
            self.money,
            self.day,
            self.month,
            self.months,
            self.birth,
            self.died,
            self.word,
            self.case,
            self.level,
        )
        return {each.__name__: each for each in named}

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

    def month(self, value: Any) -> str:  # noqa: ANN401
        """Return the month of a date as it is read aloud."""
        text = self.day(value)
        if value is None:
            return text
        return text.split("月")[0] + "月" if self.zh else text[:7]

    def months(self, first: Any, last: Any) -> str:  # noqa: ANN401
        """Return a window of months; the year is said once where it is one."""
        begin, end = self.month(first), self.month(last)
        if self.zh and begin[:5] == end[:5]:
            end = end[5:]
        return f"{begin}至{end}" if self.zh else f"{begin} to {end}"

    def birth(self, value: Any) -> str:  # noqa: ANN401
        """Return a birth date; masked, the year."""
        text = self.day(value)
        return text[: 5 if self.zh else 4] if self.masked and value is not None else text

    def died(self, value: Any) -> str:  # noqa: ANN401
        """Return the day of a death; masked, the month."""
        return self.month(value) if self.masked else self.day(value)

    def word(self, code: str | None, section: str = "codes") -> str:
        """Return a code of a section of the vocabulary in words."""
        found = words()[section].get(code or "", {})
        return str(found.get(self.language, code or ""))

    def level(self, code: Any) -> str:  # noqa: ANN401 - text, or a number of JSON
        """Return the level of a disability in words."""
        return self.word(str(code), "levels")

    def case(self, number: str) -> str:
        """Return a case number in brackets; masked, nothing."""
        if self.masked:
            return ""
        return f"（案号{number}）" if self.zh else f" (case {number})"

    def name(self, name: str | None) -> str:
        """Return a person's name; masked, the surname."""
        if not name:
            return "姓名不详者" if self.zh else "a person without a name on record"
        if not self.masked:
            return name
        return f"{name[0]}某" if self.zh else f"{name[0]}*"
