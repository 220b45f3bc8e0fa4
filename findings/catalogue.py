"""The catalogue of rules: what each rule is called, rests on and says, beside its SQL model.

Here belongs the reading and checking of `sql/rule/<id>.yaml` and the frame of `out.rule`.
Not here: the condition (the model), the figures (policy), the rendering (findings/explain.py).
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import polars as pl
import yaml
from jinja2 import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from findings.conditions import condition_digest, digest_of
from sql.models import ROOT

FOLDER: Final = ROOT / "rule"
SOURCE_RULE: Final = ROOT / "audit" / "p07.yaml"
KINDS: Final = {"X": "exclusion", "O": "omission", "C": "care", "P": "data"}
BEHIND: Final[dict[str, tuple[str, ...]]] = {
    "income": ("job_cost_rate", "basic_pension_disregard.means_test"),
    "support": ("dibao_standard", "support_line_multiple", "support_rate", "supporter_age_limit"),
    "evidence": ("vehicle_exempt_classes", "dwelling_limit", "shareholder_capital_limit"),
}
"""Figures behind what rules share: estimates of income, legal supporters' money in them, "no evidence of means" (rules.md 5)."""


class CatalogueError(ValueError):
    """A rule's file breaks a promise; the message names the file and what to mend."""


class Words(BaseModel):
    """One text in both languages; a Jinja2 template where it speaks of a finding."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @field_validator("zh", "en")
    @classmethod
    def _parses(cls, text: str) -> str:
        try:
            SandboxedEnvironment(autoescape=False).parse(text)
        except TemplateSyntaxError as error:
            raise ValueError(f"not a template: {error.message}") from error
        return text


class Rule(BaseModel):
    """What a rule's file must say (rules.md 6 and 8).

    ``parameters`` are the figures that its condition compares with; ``behind`` those that what it compares rests on, by
    name or as a group of :data:`BEHIND`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[XOCP][0-9]{2}$")
    kind: Literal["exclusion", "omission", "care", "data"]
    version: int = Field(ge=1)
    title: Words
    programs: tuple[str, ...]
    owed: str | None = None
    parameters: tuple[str, ...]
    behind: tuple[str, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)
    legal_basis: str = Field(min_length=1)
    explanation: Words
    line: Words
    green_if: Words

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure that can change what the rule finds: its own, then those behind."""
        more = [figure for name in self.behind for figure in BEHIND.get(name, (name,))]
        return tuple(dict.fromkeys((*self.parameters, *more)))


def read_rule(path: Path) -> Rule:
    """Read one rule's file.

    Raises:
        CatalogueError: an entry missing or unknown, no template, an id or kind that disagrees.
    """
    try:
        rule = Rule.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise CatalogueError(f"{path}: {where}. Every entry is explained in docs/rules.md.") from error
    if rule.id.lower() != path.stem:
        raise CatalogueError(f"{path}: the id is {rule.id}; the file must be called {rule.id.lower()}.yaml.")
    if rule.kind != KINDS[rule.id[0]]:
        raise CatalogueError(f"{path}: {rule.id} must be of kind {KINDS[rule.id[0]]}, not {rule.kind}.")
    if (rule.owed is not None) != (rule.kind == "omission"):
        raise CatalogueError(f"{path}: omission rules, and no others, name the programme owed.")
    return rule


@functools.cache
def rules(folder: Path = FOLDER) -> Mapping[str, Rule]:
    """Return every rule by id, in order of id."""
    found = [read_rule(path) for path in sorted(folder.glob("*.yaml"))]
    return {rule.id: rule for rule in found}


class SourceRule(BaseModel):
    """The rule that speaks of sources and not of households: a row of `out.rule` without findings."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Literal["P07"]
    kind: Literal["data"]
    version: int = Field(ge=1)
    title: Words
    legal_basis: str = Field(min_length=1)
    model: str


def source_rule() -> SourceRule:
    """Return P07, beside the model that has its rows."""
    return SourceRule.model_validate(yaml.safe_load(SOURCE_RULE.read_text(encoding="utf-8")))


def _row_of_source_rule() -> dict[str, object]:
    rule = source_rule()
    return {
        "rule_id": rule.id,
        "kind": rule.kind,
        "title_zh": rule.title.zh,
        "title_en": rule.title.en,
        "programs": [],
        "owed": None,
        "legal_basis": rule.legal_basis,
        "parameters": [],
        "sources": [],
        "version": str(rule.version),
        "condition_digest": digest_of([rule.model], rule.version),
    }


def rule_table(catalogue: Mapping[str, Rule]) -> pl.DataFrame:
    """Return the frame of `out.rule`: one row a rule and P07, lists as lists of text."""
    rows: list[dict[str, object]] = [
        {
            "rule_id": rule.id,
            "kind": rule.kind,
            "title_zh": rule.title.zh,
            "title_en": rule.title.en,
            "programs": list(rule.programs),
            "owed": rule.owed,
            "legal_basis": rule.legal_basis,
            "parameters": list(rule.figures),
            "sources": list(rule.sources),
            "version": str(rule.version),
            "condition_digest": condition_digest(rule.id, rule.version),
        }
        for rule in catalogue.values()
    ]
    rows.append(_row_of_source_rule())
    texts = dict.fromkeys(("rule_id", "kind", "title_zh", "title_en"), pl.String())
    schema: dict[str, pl.DataType] = {
        **texts,
        "programs": pl.List(pl.String()),
        "owed": pl.String(),
        "legal_basis": pl.String(),
        "parameters": pl.List(pl.String()),
        "sources": pl.List(pl.String()),
        "version": pl.String(),
        "condition_digest": pl.String(),
    }
    return pl.DataFrame(rows, schema=schema).sort("rule_id")
