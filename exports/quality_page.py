"""The page of a night's links: scores, the model's figures, links by source, quality by group, drift.

Counts and figures only, nobody in particular. Here belongs which charts there are, and those of counts. Not here: those of
figures (quality_figures.py), what one link rests on (link_page.py), how a figure is estimated (sql/audit).
"""

import math
from pathlib import Path
from typing import Final

import duckdb
from markupsafe import Markup

from exports.charts import SHARES, Axis, Row, Span, drawn
from exports.level_words import DECISIONS, METHODS, both
from exports.page import Section, key, page, table
from exports.quality_figures import Rows, by_group, drift_of, figures_of

WARNING: Final = "内部资料（受限）：按来源和人群计数，不含个人信息。 Restricted: counts by source and group, nobody in particular."
RUN: Final = "SELECT night, version, model_version, model_digest FROM audit.run"
LINKS: Final = """
    SELECT source, decision, sum(n)::BIGINT AS n FROM audit.link_quality
    WHERE subgroup_kind = 'all' AND source <> 'all' AND method <> 'all' GROUP BY ALL ORDER BY ALL
"""
METHOD: Final = """
    SELECT source, method, decision, n, expected_precision FROM audit.link_quality
    WHERE subgroup_kind = 'all' AND source <> 'all' AND method <> 'all' ORDER BY ALL
"""
QUALITY: Final = """
    SELECT * FROM audit.link_quality WHERE source = 'all' AND method = 'all'
    ORDER BY subgroup_kind <> 'all', subgroup_kind, subgroup
"""
DRIFT: Final = "SELECT * FROM audit.link_drift ORDER BY field, m DESC, level"
SCORES: Final = """
    WITH score AS (
        SELECT identity_id, CAST(floor(sum(CAST(weight AS DECIMAL(18, 6))) / 4) * 4 AS INTEGER) AS bits
        FROM core.link_evidence WHERE rank = 1 GROUP BY identity_id
    ), decided AS (
        SELECT identity_id, min(CASE WHEN method = 'spine' THEN 'unlinked' ELSE decision END) AS decision
        FROM core.person_link GROUP BY identity_id
    )
    SELECT bits, decision, count(*) AS n FROM score INNER JOIN decided USING (identity_id) GROUP BY ALL ORDER BY ALL
"""


def quality_page(database: Path) -> str:
    """Return the page of a published night.

    Args:
        database: its restricted file.

    Raises:
        duckdb.Error, KeyError: the file is none of this version of hedui.
    """
    with duckdb.connect(str(database), read_only=True) as connection:

        def rows(query: str) -> Rows:
            found = connection.execute(query)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        (run,) = rows(RUN)
        quality, drift = rows(QUALITY), rows(DRIFT)
        sections = [
            _scores(rows(SCORES)), _by_source(rows(LINKS), rows(METHOD)), by_group(quality, "precision"),
            by_group(quality, "recall"), figures_of(drift), drift_of(drift),
        ]  # fmt: skip
    told = f"{run['night']} · {run['model_version']} · {run['model_digest'][:12]}"
    return page(f"匹配质量 {told}", f"Quality of links, night and model {told}", sections, WARNING)


def _scores(counts: Rows) -> Section:
    """How much evidence the best candidates carry, by decision; bars grow with the logarithm of the count."""
    bins = sorted({row["bits"] for row in counts})
    n = {(row["bits"], row["decision"]): row["n"] for row in counts}
    most = math.log10(max(n.values(), default=1) + 1)
    lines = [
        Row(
            f"{low} – {low + 4}",
            [
                Span(
                    0, math.log10(n.get((low, name), 0) + 1), colour, f"{zh} {en}: {n.get((low, name), 0):,}"
                )
                for name, (zh, en, colour) in DECISIONS.items()
            ],
            " / ".join(f"{n.get((low, name), 0):,}" for name in DECISIONS),
        )
        for low in bins
    ]
    axis = Axis(0, most, [(each, f"{10**each:,}") for each in range(math.ceil(most) + 1) if each <= most])
    return Section(
        "匹配权重分布",
        "Match weight of the best candidate in bits, without the prior: identities by decision, logarithmic",
        [_decisions(), drawn(lines, axis, "匹配权重分布 match weights", lanes=True)],
    )


def _by_source(links: Rows, methods: Rows) -> Section:
    totals: dict[str, int] = {}
    for row in links:
        totals[row["source"]] = totals.get(row["source"], 0) + row["n"]
    lines = []
    for source, total in totals.items():
        marks, before = [], 0
        n = {row["decision"]: row["n"] for row in links if row["source"] == source}
        for name, (zh, en, colour) in DECISIONS.items():
            after = before + n.get(name, 0)
            marks.append(Span(before / total, after / total, colour, f"{zh} {en}: {n.get(name, 0):,}"))
            before = after
        lines.append(Row(source, marks, f"{total:,}"))
    told = [
        (row["source"], both(METHODS, row["method"]), " ".join(DECISIONS[row["decision"]][:2]), row["n"], row["expected_precision"])
        for row in methods
    ]  # fmt: skip
    headings = ("来源 source", "方法 method", "结论 decision", "行数 rows", "平均概率 mean probability")
    return Section(
        "各来源的匹配结论",
        "Links by source and decision: shares of rows",
        [
            _decisions(),
            drawn(lines, SHARES, "各来源 by source"),
            table(headings, told, folded="明细 rows"),
        ],
    )


def _decisions() -> Markup:
    return key([(f"{zh} {en}", colour) for zh, en, colour in DECISIONS.values()])
