"""What an analyst may see of a column: the closed set of masks, and the SELECT that a table's masks make.

Here belong the masks as SQL expressions. Which column has which mask stands beside its meaning: columns.yaml,
tables.yaml, the contracts. Nothing is replaced in a text afterwards and no row passes through Python.
Not here: which file is written (assets), how an explanation is masked (findings/explain.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

COMMON: Final = 20
"""A free value that fewer rows of its table carry is not shown: it may name somebody, or be somebody's name."""

OFTEN: Final = f"SELECT {{column}} FROM {{table}} GROUP BY {{column}} HAVING count(*) >= {COMMON}"  # noqa: S608 - our own names

KINDS: Final = {
    "person": "p", "household": "h", "case": "c", "booklet": "b", "monitored": "m", "finding": "f",
    "evidence": "e", "record": "r", "identity": "i", "list": "l", "alert": "a", "file": "d",
}  # fmt: skip
"""Kinds of ids and the letter their pseudonyms begin with; one kind is one space of pseudonyms in all tables."""


@dataclass(frozen=True, slots=True)
class Mask:
    """One way to show a column: ``expression`` of its ``{value}`` in the row, None where it goes.

    ``zh``, ``en`` say in the comment what is left. ``rename`` (pattern, replacement) gives another name where a
    query written for the whole value would silently mean something else.
    """

    expression: str | None
    zh: str = ""
    en: str = ""
    rename: tuple[str, str] = ("$^", "")


def _text(key: str, table: str) -> str:
    """Return the subquery for a text made anew from masked values."""
    return f"(SELECT said.{{column}} FROM {table} AS said WHERE said.{key} = whole.{key})"  # noqa: S608 - our own names


MASKS: Final[Mapping[str, Mask]] = {
    "keep": Mask("{value}"),
    "drop": Mask(None),
    "pseudonym": Mask("pseudonym('{of}', {value})", "化名编号", "a keyed pseudonym, the same in every table"),
    "number6": Mask(
        "CASE WHEN regexp_full_match(left({value}, 6), '[0-9]{{6}}') THEN left({value}, 6) END",
        "仅前六位",
        "the first 6 digits alone",
    ),
    # The first character, of compound surnames too: a rare surname would name its bearer.
    "surname": Mask(
        # A pattern for every name of a city is dear; nearly all begin with a plain Han character.
        r"CASE WHEN {value} BETWEEN '一' AND '龥' THEN left({value}, 1)"
        r" ELSE nullif(left(regexp_replace({value}, '^[\s\p{{Z}}\p{{C}}]+', ''), 1), '') END",
        "仅姓氏首字",
        "first character of the surname alone",
    ),
    "birth_year": Mask("CAST(year({value}) AS INTEGER)", "仅年份", "the year alone", ("_date$", "_year")),
    "month": Mask(
        "CAST(date_trunc('month', {value}) AS DATE)", "仅月份", "its month alone, as the first day", ("_(on|date)$", "_month")
    ),
    "division": Mask(
        "CASE WHEN {value} IN (SELECT division_code FROM analyst.village) THEN {value}"
        " WHEN regexp_full_match({value}, '[0-9]{{12}}') THEN left({value}, 9) || '000' END",
        "人少的村只到乡镇",
        "the township where the village has fewer than 20 people",
    ),
    "diagnosis1": Mask("nullif(regexp_extract(upper({value}), '^[A-Z]'), '')", "仅首字母", "the first letter alone"),
    "common": Mask(
        f"CASE WHEN {{value}} IN ({OFTEN}) THEN {{value}} END",
        "少见者不显示",
        f"null where fewer than {COMMON} rows of the table carry it",
    ),
    "rounded": Mask("round({value}, {of})", "已取整", "rounded: a rare name shows in the decimals"),
    "presence": Mask("{value} IS NOT NULL", "仅有无", "whether there is one", ("_why$", "")),
    "masked_text": Mask(_text("finding_id", "analyst.text"), "脱敏后重写", "written anew from masked values"),
    "masked_list_text": Mask(
        _text("finding_ids", "analyst.list_text"), "脱敏后重写", "written anew from masked values"
    ),
    "masked_evidence": Mask(
        _text("finding_id", "analyst.evidence"), "脱敏后重写", "made anew: pseudonyms, no plate, no account"
    ),
    # Whole colours of a programme and place at once, and never one place alone: sql/analyst/summary.sql.
    "hidden_count": Mask(
        "CASE WHEN (division_code, program, flag) IN (SELECT (division_code, program, flag) FROM analyst.summary)"
        " THEN {value} END",
        "少于5不显示，且不能由其他行推算",
        "null where a count under 5 would show, here or by subtraction",
    ),
}  # fmt: skip
# Rows that an analyst may see of a table: a small village would stand in the summary under its own name.
ROWS: Final = {
    "out.summary": "level <> 'village' OR division_code IN (SELECT division_code FROM analyst.village)",
    # A kind of groups is shown whole or not at all: one hidden group would follow from the others.
    "audit.fairness": "(subgroup_kind, unit, measure) IN (SELECT (subgroup_kind, unit, measure) FROM analyst.fairness)",
    # A row or two would be somebody, of a source or a method alone too; of a method and a group nearly every row would.
    "audit.link_quality": f"n >= {COMMON} AND (subgroup_kind = 'all' OR method = 'all')",
}


class MaskError(ValueError):
    """A column has no mask, or one that does not exist; the message names the column and what to do."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as the analyst file has it: what is written, under which name, and what the comment adds."""

    column: str
    name: str
    expression: str
    zh: str
    en: str


def shown(table: str, column: str, mask: str | None) -> Shown | None:
    """Return how ``column`` of ``table`` is shown, or None where it goes.

    Raises:
        MaskError: no mask, or none of the closed set.
    """
    name, _, of = (mask or "").partition(":")
    if (
        name not in MASKS
        or (name == "pseudonym" and of not in KINDS)
        or (name == "rounded" and not of.isdecimal())
    ):
        told = f"has the mask {mask!r}, which does not exist" if mask else "has no mask"
        raise MaskError(
            f"{table}.{column} {told}. Say what an analyst may see of it, beside its meaning: sql/columns.yaml,"
            f" sql/tables.yaml, or metadata of the contract's field. One of {', '.join(MASKS)}."
        )
    chosen = MASKS[name]
    if chosen.expression is None:
        return None
    expression = chosen.expression.format(
        value=f'whole."{column}"', column=f'"{column}"', table=table, of=KINDS.get(of, of)
    )
    return Shown(column, re.sub(*chosen.rename, column), expression, chosen.zh, chosen.en)


def unmasked(column: str) -> Shown:
    """Return ``column`` as the restricted file has it: whole."""
    return Shown(column, column, f'whole."{column}"', "", "")


def select(table: str, types: Mapping[str, str], columns: list[Shown]) -> str:
    """Return the SELECT of ``table`` as analysts see it.

    Rows come in the order of their first pseudonym: a delivery's own order follows the numbers, and so the
    birth dates, of the people in it.

    Args:
        table: qualified name.
        types: the DuckDB type of every column; a list of ids becomes the sorted list of their pseudonyms.
        columns: what is shown of it.
    """
    listed = [f'{_of_list(each, types[each.column])} AS "{each.name}"' for each in columns]
    rows = f" WHERE {ROWS[table]}" if table in ROWS else ""
    ids = [
        each.name
        for each in columns
        if each.expression.startswith("pseudonym(") and types[each.column] == "VARCHAR"
    ]
    order = f' ORDER BY "{ids[0]}"' if ids else ""
    return f"SELECT {', '.join(listed)} FROM {table} AS whole{rows}{order}"  # noqa: S608 - our own names


def _of_list(each: Shown, kind: str) -> str:
    """Return the expression of a column, element by element where a pseudonym meets a list."""
    if not (kind.endswith("[]") and each.expression.startswith("pseudonym(")):
        return each.expression
    whole = f'whole."{each.column}"'
    return f"list_sort(list_transform({whole}, lambda one: {each.expression.replace(whole, 'one')}))"
