"""A household's report as content: every chapter, in the order it is read.

Here belong which household is meant and the order of chapters. Not here: what a chapter says, how a page looks.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb

from exports.errors import ExportError
from exports.report import answers, assets, closing, findings, identity, income, opening, people, words
from exports.report.closing import Objection
from exports.report.facts import Facts, facts_of
from exports.report.model import Report
from exports.report.words import Vocabulary

TITLE: Final = "家庭经济状况核对报告"
_BY_CASE: Final = """
    SELECT DISTINCT household_id, program, 1 AS nearness FROM core.household WHERE case_no = $case
    UNION
    SELECT DISTINCT person.household_id, row.program, CASE row.role WHEN 'applicant' THEN 2 ELSE 3 END AS nearness
    FROM core.case_member AS row
    INNER JOIN core.person AS person ON row.person_id = person.person_id
    WHERE row.case_no = $case AND row.role <> 'supporter'
    ORDER BY nearness, household_id
"""
_HOUSEHOLD: Final = "SELECT household_id FROM core.household WHERE household_id = $household"


def household_of(database: Path, case: str | None, household: str | None) -> str:
    """Return the household that a case number or a household_id means.

    Args:
        database: the restricted file of a published night.
        case: a case number; of a personal programme the applicant's household is meant.
        household: a household_id.

    Raises:
        ExportError: there is none, or the number means several; the message says how to find the right one.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        if household is not None:
            found = connection.execute(_HOUSEHOLD, {"household": household}).fetchall()
            if not found:
                raise _unknown(database, f"household {household}", "household_id of core.household")
            return household
        rows = connection.execute(_BY_CASE, {"case": case}).fetchall()
    if not rows:
        raise _unknown(database, f"case {case}", "case_no of core.household or core.case_member")
    nearest = sorted({household for household, _, nearness in rows if nearness == rows[0][2]})
    if len(nearest) > 1:
        raise ExportError(
            f"Case {case} means {len(nearest)} households: {', '.join(nearest)}. Name one with --household."
        )
    return str(nearest[0])


def report_of(
    database: Path, household: str, vocabulary: Vocabulary, objection: Objection | None = None
) -> Report:
    """Return the report of one household of a published night.

    Args:
        database: the restricted file of the night.
        household: a household_id of it (`household_of`).
        vocabulary: words of sources and codes, those of the night's explanations.
        objection: where objections go and until when.
    """
    facts, chosen = facts_of(database, household), objection or Objection()
    chapters = (
        people.members(facts, vocabulary),
        people.authorization(facts, vocabulary),
        answers.sources(facts, vocabulary),
        income.income(facts, vocabulary),
        assets.assets(facts, vocabulary),
        findings.findings(facts, vocabulary),
        identity.identity(facts, vocabulary),
        closing.unavailable(facts, vocabulary),
        closing.objection(facts, chosen),
        closing.manifest(facts),
    )
    return Report(
        title=f"{facts.county or ''}{TITLE}",
        subject=_subject(facts, vocabulary),
        night=words.day(facts.run["night"]),
        date=facts.run["night"].isoformat(),
        tiles=opening.tiles(facts),
        opening=opening.opening(facts, chosen),
        sections=tuple(
            replace(chapter, title=f"{number}、{chapter.title}")
            for number, chapter in zip("一二三四五六七八九十", chapters, strict=True)
        ),
    )


def _unknown(database: Path, whom: str, where: str) -> ExportError:
    night = database.stem
    return ExportError(
        f"The night of {night} knows no {whom}, so there is nothing to report. Take a {where} in the restricted file of "
        "that night; a household without a case is named with --household."
    )


def _subject(facts: Facts, vocabulary: Vocabulary) -> str:
    unit = facts.household
    first = words.clean(facts.own[0]["name"]) if facts.own else ""
    place = "".join(filter(None, (unit["township"], unit["village"])))
    if facts.on_case:
        return f"{first}户　{words.code(vocabulary, unit['program'])}　案号{unit['case_no']}　{place}".rstrip(
            "　"
        )
    return f"{first}户　户籍家庭　编号{unit['household_id']}　{place}".rstrip("　")
