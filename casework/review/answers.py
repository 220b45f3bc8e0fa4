"""Clerks' answers on their way into the ledger: each belongs to a drawn pair, and all of a file are taken or none.

Here belong the checks of a filled file against what was drawn. Not here: the reading of the file (exports), what
an answer does to a link (matching).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, cast

import polars as pl

from casework.published import paths_of
from casework.review.codes import CELL_DIGITS, DRAW_DIGITS, cell_digests, keyed_connection
from exports import CLERK, REASON, VERDICT, WORDS, ReviewFileError, cell, printed_columns, read_answers
from ledger import (
    LinkDecision,
    Verdict,
    link_decisions,
    record_link_decisions,
    review_draws,
    subject_key,
)
from warehouse.book import open_ledger

LONGEST_NAME: Final = 40
LONGEST_REASON: Final = 500
VERDICT_OF: Final = {word: verdict for verdict, word in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: answers recorded, answers known before, pairs of the file not yet answered."""

    recorded: int
    known: int
    unanswered: int


def import_answers(warehouse: Path, file: Path, by: str | None) -> Imported:
    """Check a filled workbook or CSV and write its answers into the ledger; all or nothing.

    Args:
        warehouse: the warehouse the pairs were drawn from.
        file: as `exports.read_answers` takes it.
        by: who decided, where the row does not say.

    Raises:
        ReviewFileError: a problem in the file; nothing was recorded.
        CaseworkError: no such warehouse, or another key.
        LedgerError: the ledger cannot be opened or written; nothing was recorded.
    """
    paths = paths_of(warehouse)
    answers = read_answers(file).with_columns(
        pl.col(CLERK).replace("", (by or "").strip()).str.replace_all(r"[\s\p{C}]+", " "),
        pl.col(REASON).str.replace_all(r"[\s\p{C}]+", " "),
        draw_id=pl.col("code").str.head(DRAW_DIGITS),
        pair=pl.col("code").str.slice(DRAW_DIGITS + 1),
    )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with open_ledger(paths) as book, keyed_connection(paths) as connection:
        upto = book.sequence()
        draws = review_draws(book, upto)
        problems = _unknown(answers, draws)
        drawn = answers.join(draws, on="code", how="inner", maintain_order="left", suffix="_drawn")
        drawn = drawn.with_columns(found=cell_digests(connection, drawn), key=subject_key())
        told = drawn.filter(pl.col(VERDICT) != "")
        problems += [*_changed(told), *_unclear(told), *_contradicting(told)]
        if problems:
            raise ReviewFileError([said for _, said in sorted(problems)])
        fresh = _fresh(told, link_decisions(book, upto))
        record_link_decisions(book, [_decision(row, digest) for row in fresh.iter_rows(named=True)])
    answered = told.unique(["key", CLERK]).height
    return Imported(fresh.height, answered - fresh.height, answers.height - told.height)


Problem = tuple[int, str]
"""Row of the sheet, and what is wrong there."""


def _unknown(answers: pl.DataFrame, draws: pl.DataFrame) -> list[Problem]:
    """Rows whose code was not drawn here."""
    strange = answers.join(draws, on="code", how="anti", maintain_order="left")
    ours = set(draws["draw_id"])
    return [
        (
            row,
            f"{cell(row, 'code')}:回收码被改动或为空,找不到这一对。请恢复原来的回收码。(Unknown code.)"
            if draw in ours or not draw
            else f"{cell(row, 'code')}:这个回收码不是本仓库抽取的。请核对 --warehouse。(Code of another warehouse.)",
        )
        for row, draw in strange.select("row", "draw_id").iter_rows()
    ]


def _changed(told: pl.DataFrame) -> list[Problem]:
    """Printed cells that are not what was printed: an answer may then belong to another pair."""
    names = list(printed_columns())
    return [
        (
            row,
            f"{cell(row, name)}:印好的内容被改动,或排序时错了行。请恢复原样,或用未改动的文件重填。(A printed cell was changed.)",
        )
        for row, found, cells in told.filter(pl.col("found") != pl.col("cells"))
        .select("row", "found", "cells")
        .iter_rows()
        for place, name in enumerate(names)
        if found[CELL_DIGITS * place :][:CELL_DIGITS] != cells[CELL_DIGITS * place :][:CELL_DIGITS]
    ]


def _unclear(told: pl.DataFrame) -> list[Problem]:
    """Verdicts that are no verdict, and answers of nobody."""
    words = "”“".join(VERDICT_OF)
    wrong = told.filter(~pl.col(VERDICT).is_in(list(VERDICT_OF)))["row"]
    nobody = told.filter(pl.col(CLERK) == "")["row"]
    long = told.filter(
        (pl.col(CLERK).str.len_chars() > LONGEST_NAME) | (pl.col(REASON).str.len_chars() > LONGEST_REASON)
    )["row"]
    return [
        *(
            (row, f"{cell(row, VERDICT)}:只能填“{words}”,或留空。(Not one of the three verdicts.)")
            for row in wrong
        ),
        *(
            (
                row,
                f"{cell(row, CLERK)}:没有核对人。请填写,或用 --by 注明。(Who decided? Fill it in, or give --by.)",
            )
            for row in nobody
        ),
        *(
            (
                row,
                f"{cell(row, REASON)}:核对人最多 {LONGEST_NAME} 字,理由最多 {LONGEST_REASON} 字。(Too long.)",
            )
            for row in long
        ),
    ]


def _contradicting(told: pl.DataFrame) -> list[Problem]:
    """One pair with two different answers in one file."""
    several = told.filter(pl.col(VERDICT).n_unique().over("key") > 1)
    first = several.with_columns(first=pl.col("row").min().over("key")).filter(
        pl.col("row") > pl.col("first")
    )
    return [
        (
            row,
            f"{cell(row, VERDICT)}:同一对在 {cell(other, VERDICT)} 另有不同的判断。请只留一个。(Two answers for one pair.)",
        )
        for row, other in first.select("row", "first").iter_rows()
    ]


def _fresh(told: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the answers that this clerk has not yet given about the pair of this draw.

    A sheet comes back in instalments and holds what was answered before: a verdict that the clerk gave once and
    then replaced is old, in whatever file. The verdict in force may get another reason.
    """
    answers = told.unique(["key", CLERK], keep="first", maintain_order=True).with_columns(
        pl.col(VERDICT).replace_strict(VERDICT_OF, return_dtype=pl.String).alias("verdict"),
        pl.when(pl.col(REASON) != "").then(REASON).alias("reason"),
        pl.col(CLERK).alias("decided_by"),
    )
    given = ["key", "draw_id", "decided_by"]
    held = decisions.with_columns(key=subject_key())
    newest = held.filter(pl.col("seq") == pl.col("seq").max().over(given)).select(*given, "verdict")
    replaced = held.join(newest, on=[*given, "verdict"], how="anti")
    new = answers.join(replaced, on=[*given, "verdict"], how="anti", maintain_order="left")
    return new.join(
        held, on=[*given, "verdict", "reason"], how="anti", nulls_equal=True, maintain_order="left"
    )


def _decision(row: Mapping[str, Any], digest: str) -> LinkDecision:
    return decision_of(
        row, cast("Verdict", row["verdict"]), row["decided_by"], row["reason"], file_sha256=digest
    )


def decision_of(
    drawn: Mapping[str, Any], verdict: Verdict, by: str, reason: str | None, file_sha256: str | None = None
) -> LinkDecision:
    """Return the decision about a drawn pair (a row of `ledger.review_draws`), made now and blind."""
    return LinkDecision(
        subject=drawn["subject"],
        identity_id=drawn["identity_id"],
        claim_id=drawn["claim_id"],
        person_id=drawn["person_id"],
        other_person_id=drawn["other_person_id"],
        source=drawn["source"],
        verdict=verdict,
        decided_by=by,
        decided_at=datetime.now(UTC),
        reason=reason or None,
        night=cast("date", drawn["night"]),
        stratum=drawn["stratum"],
        inclusion_probability=drawn["inclusion_probability"],
        score_hidden=True,
        draw_id=drawn["draw_id"],
        file_sha256=file_sha256,
    )
