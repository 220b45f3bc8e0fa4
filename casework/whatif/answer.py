"""What a what-if found, as rows: read once from the private database, then written as a report, CSV or JSON.

Here belong the sections of an answer and their machine formats. Not here: how it looks on a terminal (report.py).
"""

import json
from dataclasses import dataclass
from typing import Final

import duckdb
import polars as pl

from casework.whatif.question import Question
from exports.text import harmless
from findings.catalogue import rules
from findings.explain import render
from policy.tables import rows_of

SECTIONS: Final = {
    "rules": "SELECT * FROM compared.rule_count ORDER BY rule_id",
    "colours": "SELECT * FROM compared.colour ORDER BY ALL",
    "lists": "SELECT * FROM compared.list_count ORDER BY ALL",
    "cost": "SELECT * FROM compared.cost ORDER BY program",
    "townships": "SELECT * FROM compared.township ORDER BY township_code",
    "households": "SELECT * FROM compared.household ORDER BY ALL",
    "losses": "SELECT * FROM compared.loss ORDER BY cliff DESC NULLS LAST, category_after = category_before,"
    " lost - gained DESC, household_id",
}
FINDINGS: Final = "SELECT * FROM compared.finding ORDER BY rule_id, finding_id"
NEW: Final = (
    "SELECT finding.* FROM as_if.rule.finding AS finding SEMI JOIN compared.finding AS changed"
    " ON finding.finding_id = changed.finding_id AND changed.change <> 'gone' ORDER BY finding.finding_id"
)
RUN: Final = "SELECT count(*) FROM published.out.finding WHERE status <> 'cleared'"
FORMULA: Final = {
    "zh": "低保按户计算：标准×计入人数−家庭可能收入（上一年月均），不低于零；单人保为一个标准减人均收入；特困、孤儿为各自标准；"
    "其余项目（*）按台账发放额不变。",
    "en": "dibao a case: standard x counted members - the household's likely income a month over M1..M12, never below"
    " nothing; of a one-person cover one standard less the income a head; tekun and orphans their standard; other"
    " programmes (*) as on the roll.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of every section, the changed findings with their sentences, and whether the night was met again.

    ``published`` counts the night's open findings, ``unlike`` those that its own figures do not give again.
    """

    question: Question
    sections: dict[str, pl.DataFrame]
    findings: pl.DataFrame
    published: int
    unlike: int

    def csv(self) -> str:
        """Return one row a household and effect; ids of findings and rules joined by blanks, no case a formula."""
        lists = [name for name, kind in self.households.schema.items() if kind == pl.List]
        return self.households.with_columns(
            pl.col(lists).list.join(" "), case_no=harmless(pl.col("case_no"))
        ).write_csv()

    def json(self) -> str:
        """Return every section as one JSON object; money as text, so that no figure passes through a float."""
        question = self.question
        told = {
            "night": question.night.isoformat(),
            "from": question.since.isoformat(),
            "place": question.after.place,
            "restricted": True,
            "published_nothing": True,
            "figures": rows_of(question.figures()),
            "findings_published": self.published,
            "findings_not_met_again": self.unlike,
            "formula": FORMULA,
            **{name: rows.to_dicts() for name, rows in self.sections.items()},
            "findings": self.findings.to_dicts(),
        }
        return json.dumps(told, ensure_ascii=False, default=str) + "\n"

    @property
    def households(self) -> pl.DataFrame:
        """One row a household and effect."""
        return self.sections["households"]


def answer(question: Question, connection: duckdb.DuckDBPyConnection) -> Answer:
    """Read what differs between the two worlds.

    Args:
        question: what was asked.
        connection: that of :func:`casework.whatif.worlds.judged_twice`.
    """
    sections = {name: connection.sql(query).pl() for name, query in SECTIONS.items()}
    said = render(connection.sql(NEW).pl(), rules()).select("finding_id", "explanation_zh", "explanation_en")
    findings = connection.sql(FINDINGS).pl().join(said, on="finding_id", how="left", maintain_order="left")
    ((published,),) = connection.execute(RUN).fetchall()
    ((unlike,),) = connection.execute("SELECT count(*) FROM compared.unlike").fetchall()
    return Answer(question, sections, findings, int(published), int(unlike))
