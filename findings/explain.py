"""The one renderer of explanations: typed evidence in, sentences a clerk can read aloud out.

Here belongs how the parts of an explanation come together, in Chinese, English and masked. Not here: what
fired (SQL), what a rule says (sql/rule/*.yaml), the sentences that all rules share (findings/sentences.py).
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import polars as pl
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from findings.catalogue import Rule
from findings.explanation import DTYPE, Explanation
from findings.phrase import LANGUAGES, Row, particulars_of
from findings.sentences import Sentences

FOLD: Final = re.compile(r"(?<=[，。；：、）])\s+")
COLUMNS: Final = (
    "finding_id", "evidence_key", "rule_id", "kind", "severity", "lowered_by", "held_why", "household_id",
    "case_no", "person_id", "program", "suggested_step", "amount", "line", "title_zh", "explanation_zh",
    "explanation_en", "green_if_zh", "explanation", "evidence", "first_seen", "status",
)  # fmt: skip
TEXTS: Final = {
    "explanation_zh": pl.String(), "explanation_en": pl.String(), "green_if_zh": pl.String(), "explanation": DTYPE,
}  # fmt: skip
GONE: Final = {
    "cleared": {
        "zh": "上一晚的提示“{title}”（{since}首次出现）今晚不再成立，保留一晚供核对，不影响颜色。",
        "en": "The finding “{title}” of the earlier night, first seen on {since}, no longer holds; it stays one night and colours"
        " nothing.",
        "green_if": "已不再成立，无须再做什么",
    },
    "kept": {
        "zh": "上一晚的提示“{title}”（{since}首次出现）今晚不再成立，但所依据的数据量或疑点数突变，尚待人工确认；"
        "确认前既不消除，也不影响颜色。",
        "en": "The finding “{title}” of the earlier night, first seen on {since}, no longer holds, but rows or counts it depends on"
        " jumped; until somebody has accepted the jump it neither clears nor colours anything.",
        "green_if": "由工作人员确认这次数据突变之后再定，确认前不影响颜色",
    },
}  # fmt: skip
"""What no longer fires rests on no facts, so it says what it was, since when, and what becomes of it."""


class ExplanationError(ValueError):
    """A finding cannot be explained in full; the message names the rule and the part, never the person."""


@cache
def _environment(language: str, *, masked: bool) -> SandboxedEnvironment:
    """Return what templates of a language are compiled in."""
    environment = SandboxedEnvironment(autoescape=False, undefined=StrictUndefined)
    environment.filters.update(Sentences(language, masked=masked).filters())
    environment.globals.clear()  # no template needs them, and every render would copy them
    return environment


@cache
def _template(text: str, language: str, *, masked: bool) -> Template:
    """Return a template, compiled once however many catalogues and nights have it."""
    return _environment(language, masked=masked).from_string(text)


class Renderer:
    """The templates of a catalogue."""

    def __init__(self, catalogue: Mapping[str, Rule], *, masked: bool) -> None:
        """Compile every template; ``masked`` cuts names, birth dates, deaths and account numbers."""
        self.phrases = {language: Sentences(language, masked=masked) for language in LANGUAGES}
        self.catalogue = catalogue
        self.templates: dict[tuple[str, str, str], Template] = {}
        self.fixed: dict[tuple[str, str, str], str] = {}
        for language in LANGUAGES:
            for rule in catalogue.values():
                for part in ("explanation", "line", "green_if"):
                    text = unfolded(getattr(getattr(rule, part), language), language)
                    if "{" in text:
                        self.templates[rule.id, part, language] = _template(text, language, masked=masked)
                    else:  # tens of thousands of care findings share these
                        self.fixed[rule.id, part, language] = text.strip()

    def explain(self, finding: Row) -> tuple[str, str, str, Row]:
        """Return (explanation_zh, explanation_en, green_if_zh, explanation) of one row of `rule.finding`.

        Raises:
            ExplanationError: a part of rules.md 8 is missing.
        """
        rule = self.catalogue[finding["rule_id"]]
        if finding["status"] == "cleared":
            return self._gone("cleared", rule, finding)
        if finding["held_why"] and not finding["facts"]:  # what fires rests on facts
            return self._gone("kept", rule, finding)
        particulars = particulars_of(finding)
        told = {language: self.parts(rule, finding, particulars, language) for language in LANGUAGES}
        coloured = rule.kind != "care" and finding["severity"] is not None
        zh, en = (told[language].sentence(language, coloured=coloured) for language in LANGUAGES)
        return zh, en, told["zh"].green, told["zh"].row()

    def parts(self, rule: Rule, finding: Row, particulars: Row, language: str) -> Explanation:
        """Return the parts of an explanation in one language.

        Raises:
            ExplanationError: one that rules.md 8 asks for is missing.
        """
        phrase = self.phrases[language]
        told = Explanation(
            compared=self._render(rule, "explanation", language, finding, particulars),
            sources=phrase.sources(finding["facts"]),
            line=self._render(rule, "line", language, finding, particulars),
            basis=phrase.basis(rule.legal_basis, finding["figures"]),
            identity=phrase.identity(finding),
            missing=phrase.missing(finding["missing"]),
            lowered=phrase.lowered(finding["lowered_by"]),
            green=self._render(rule, "green_if", language, finding, particulars),
        )
        absent = told.absent() + (["lowered"] if finding["lowered_by"] and not told.lowered else [])
        if absent:
            raise ExplanationError(f"{rule.id}: the explanation lacks {', '.join(absent)} ({language}).")
        return told

    def _gone(self, how: str, rule: Rule, finding: Row) -> tuple[str, str, str, Row]:
        zh, en = (
            GONE[how][language].format(
                title=getattr(rule.title, language), since=phrase.day(finding["first_seen"])
            )
            for language, phrase in self.phrases.items()
        )
        green = GONE[how]["green_if"]
        return zh, en, green, Explanation(zh, green=green).row()

    def _render(self, rule: Rule, part: str, language: str, finding: Row, particulars: Row) -> str:
        if (rule.id, part, language) in self.fixed:
            return self.fixed[rule.id, part, language]
        phrase = self.phrases[language]
        values: dict[str, Any] = {
            **particulars,
            "name": phrase.name(finding["subject_name"]),
            "program": phrase.word(finding["program"]),
            "amount": finding["amount"],
            "line": finding["line"],
        }
        return self.templates[rule.id, part, language].render(values).strip()


def unfolded(text: str, language: str) -> str:
    """Return a template without the blanks that folding a Chinese text over lines leaves in it."""
    return FOLD.sub("", text) if language == "zh" else text


def published(findings: pl.DataFrame, catalogue: Mapping[str, Rule], *, masked: bool = False) -> pl.DataFrame:
    """Return `out.finding` (outputs.md): the rows of `rule.finding` with their explanations.

    Raises:
        ExplanationError: a finding's explanation lacks a part that rules.md 8 asks for.
    """
    texts = render(findings, catalogue, masked=masked)
    return findings.join(texts, on="finding_id", how="left", maintain_order="left").select(COLUMNS)


def render(findings: pl.DataFrame, catalogue: Mapping[str, Rule], *, masked: bool = False) -> pl.DataFrame:
    """Return ``finding_id, explanation_zh, explanation_en, green_if_zh, explanation`` of every row of `rule.finding`.

    Raises:
        ExplanationError: a finding's explanation lacks a part that rules.md 8 asks for.
    """
    renderer = Renderer(catalogue, masked=masked)
    # Sentences are made one at a time; everything that is set logic is done before, in SQL.
    texts = [renderer.explain(finding) for finding in findings.iter_rows(named=True)]
    return pl.DataFrame(texts, schema=TEXTS, orient="row").insert_column(0, findings["finding_id"])
