"""The one renderer of explanations: typed evidence in, sentences a clerk can read aloud out.

Here belongs how a finding is put into words, in Chinese, English and masked. Not here: what fired (SQL),
what a rule says (sql/rule/*.yaml), the words of codes (sql/words.yaml), how a value is written (sql/phrase.py).
"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from sql.catalogue import Rule
from sql.phrase import LANGUAGES, Phrase, Row, particulars_of

PARTS: Final = ("compared", "sources", "line", "identity", "missing")
CLEARED: Final = {
    "zh": "上一晚的这条疑点今晚不再成立，保留一晚供核对，不影响颜色。",
    "en": "This finding of the earlier night no longer holds; it stays one night for comparison and colours nothing.",
}


class ExplanationError(ValueError):
    """A finding cannot be explained in full; the message names the rule and the part, never the person."""


class Renderer:
    """The templates of a catalogue, compiled once."""

    def __init__(self, catalogue: Mapping[str, Rule], *, masked: bool) -> None:
        """Compile every template; ``masked`` cuts names, birth dates, deaths and account numbers."""
        self.phrases = {language: Phrase(language, masked=masked) for language in LANGUAGES}
        self.catalogue = catalogue
        self.templates: dict[tuple[str, str, str], Template] = {}
        for language, phrase in self.phrases.items():
            environment = SandboxedEnvironment(autoescape=False, undefined=StrictUndefined)  # noqa: S701
            environment.filters.update(phrase.filters())
            for rule in catalogue.values():
                for part in ("explanation", "line", "green_if"):
                    text = getattr(getattr(rule, part), language)
                    self.templates[rule.id, part, language] = environment.from_string(text)

    def explain(self, finding: Row) -> tuple[str, str, str]:
        """Return (explanation_zh, explanation_en, green_if_zh) of one row of `rule.finding`.

        Raises:
            ExplanationError: a part of rules.md 8 is missing.
        """
        if finding["status"] == "cleared":
            return CLEARED["zh"], CLEARED["en"], CLEARED["zh"]
        particulars = particulars_of(finding)
        rule = self.catalogue[finding["rule_id"]]
        texts = {language: self.parts(rule, finding, particulars, language) for language in LANGUAGES}
        green = self._render(rule, "green_if", "zh", finding, particulars)
        if not green:
            raise ExplanationError(f"{rule.id}: the explanation says nothing of what would make it green.")
        return "".join(texts["zh"].values()), " ".join(texts["en"].values()), green

    def parts(self, rule: Rule, finding: Row, particulars: Row, language: str) -> dict[str, str]:
        """Return the parts of an explanation by name, in the order they are read (rules.md 8)."""
        phrase = self.phrases[language]
        parts = {
            "compared": self._render(rule, "explanation", language, finding, particulars),
            "sources": phrase.sources(finding["facts"]),
            "line": phrase.line(
                self._render(rule, "line", language, finding, particulars), rule.legal_basis, finding["figures"]
            ),
            "identity": phrase.identity(finding),
            "missing": phrase.missing(finding["missing"]),
            "lowered": phrase.lowered(finding["lowered_by"]),
        }
        absent = [name for name in PARTS if not parts[name]]
        if absent:
            raise ExplanationError(f"{rule.id}: the explanation lacks {', '.join(absent)} ({language}).")
        return {name: text for name, text in parts.items() if text}

    def _render(self, rule: Rule, part: str, language: str, finding: Row, particulars: Row) -> str:
        phrase = self.phrases[language]
        values: dict[str, Any] = {
            **particulars,
            "name": phrase.name(finding["subject_name"]),
            "program": phrase.word(finding["program"]),
            "amount": finding["amount"],
            "line": finding["line"],
        }
        return self.templates[rule.id, part, language].render(values).strip()


COLUMNS: Final = (
    "finding_id", "evidence_key", "rule_id", "kind", "severity", "lowered_by", "held_why", "household_id", "case_no",
    "person_id", "program", "suggested_step", "amount", "line", "title_zh", "explanation_zh", "explanation_en",
    "green_if_zh", "evidence", "first_seen", "status",
)  # fmt: skip


def published(findings: pl.DataFrame, catalogue: Mapping[str, Rule], *, masked: bool = False) -> pl.DataFrame:
    """Return `out.finding` (outputs.md): the rows of `rule.finding` with their explanations.

    Raises:
        ExplanationError: a finding's explanation lacks a part that rules.md 8 asks for.
    """
    return findings.join(render(findings, catalogue, masked=masked), on="finding_id", how="left").select(COLUMNS)


def render(findings: pl.DataFrame, catalogue: Mapping[str, Rule], *, masked: bool = False) -> pl.DataFrame:
    """Return ``finding_id, explanation_zh, explanation_en, green_if_zh`` of every row of `rule.finding`.

    Raises:
        ExplanationError: a finding's explanation lacks a part that rules.md 8 asks for.
    """
    renderer = Renderer(catalogue, masked=masked)
    # Sentences are made one at a time; everything that is set logic is done before, in SQL.
    texts = [renderer.explain(finding) for finding in findings.iter_rows(named=True)]
    columns = {"explanation_zh": 0, "explanation_en": 1, "green_if_zh": 2}
    return pl.DataFrame(
        {"finding_id": findings["finding_id"], **{name: [text[at] for text in texts] for name, at in columns.items()}},
        schema={"finding_id": pl.String(), **dict.fromkeys(columns, pl.String())},
    )
