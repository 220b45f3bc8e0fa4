"""An explanation as its parts, in the order they are read (rules.md 8), and the one way in which a sentence is made of them.

Who needs a part reads the part: nothing is ever taken out of a sentence again. Not here: how a part is worded
(sentences.py, citing.py, sql/rule/*.yaml).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import polars as pl

PARTS: Final = ("compared", "sources", "line", "basis", "identity", "missing", "green")
"""What every finding that fires must say; `lowered` too, where it was lowered."""
DTYPE: Final = pl.Struct(
    {
        "compared": pl.String,
        "sources": pl.List(pl.Struct({"source": pl.String, "said": pl.String})),
        "line": pl.String,
        "basis": pl.String,
        "identity": pl.String,
        "missing": pl.String,
        "lowered": pl.String,
        "green": pl.String,
    }
)
LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "sources": "来源：{}。", "line": "标准：{}。", "basis": "依据：{}。", "identity": "身份：{}。", "missing": "缺失：{}。",
        "lowered": "{}。", "green": "怎样变为绿色：{}。", "ended": "何时不再提示：{}。",
    },
    "en": {
        "sources": "Sources: {}.", "line": "Line: {}.", "basis": "Basis: {}.", "identity": "Identity: {}.",
        "missing": "Missing: {}.", "lowered": "Lowered to yellow: {}.", "green": "Green if: {}.",
        "ended": "No longer said if: {}.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """What one source said, with the dates of its deliveries."""

    source: str
    said: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts in one language, without labels and full stops.

    Attributes:
        compared: what was found and held against what, by the rule's own words; of what no longer fires, the whole.
        sources: what each source said; none of what no longer fires.
        line: the line that was held against it.
        basis: law and policy figures.
        identity: how sure it is that the rows are about this person or household.
        missing: what was late, absent, short or not authorized.
        lowered: why a red was lowered, or nothing.
        green: what would make it green, or, of what has no colour, end it.
    """

    compared: str
    sources: tuple[Cited, ...] = ()
    line: str = ""
    basis: str = ""
    identity: str = ""
    missing: str = ""
    lowered: str = ""
    green: str = ""

    def absent(self) -> list[str]:
        """Return the parts that rules.md 8 asks for and that are empty."""
        return [name for name in PARTS if not getattr(self, name)]

    def sentence(self, language: str, *, coloured: bool) -> str:
        """Return the whole as it is read aloud.

        Args:
            language: zh or en.
            coloured: care, and what has no colour, is only said no longer.
        """
        label = LABELS[language]
        full_stop = "。" if language == "zh" else ". "
        told = {
            "sources": full_stop.join(each.said for each in self.sources),
            **{name: getattr(self, name) for name in ("line", "basis", "identity", "missing", "lowered")},
            "green" if coloured else "ended": self.green,
        }
        parts = [self.compared, *(label[name].format(text) for name, text in told.items() if text)]
        return ("" if language == "zh" else " ").join(parts)

    def row(self) -> dict[str, object]:
        """Return the parts as `out.finding.explanation` holds them: null where there is none."""
        return {name: value or None for name, value in asdict(self).items()}
