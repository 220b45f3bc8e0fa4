"""The page of single links: a waterfall from the prior over each field's weight to the probability, runner-up beside.

Restricted: it shows a delivered name beside a registered one, numbers masked. Here belongs how a link is explained. Not
here: how it was decided (matching), how a chart is drawn (charts.py).
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl
from markupsafe import Markup

from exports.charts import Axis, Row, Span, drawn
from exports.errors import ExportError
from exports.level_words import DECISIONS, FIELDS, LEVELS, METHODS, both
from exports.page import Section, key, page, table
from exports.text import harmless, masked_number

WARNING: Final = "受限：含个人信息，仅供核对中心使用，用毕销毁。 Restricted: speaks of people; for the verification centre alone."
FOR, AGAINST, SUM = "#2f855a", "#c53030", "#2b6cb0"
LINK: Final = """
    SELECT source, seat, method, decision, probability, runner_up_probability, by_number, count(*) AS n
    FROM core.person_link WHERE identity_id = $identity GROUP BY ALL ORDER BY ALL
"""
EVIDENCE: Final = """
    SELECT person_id, rank, field, level, weight FROM core.link_evidence
    WHERE identity_id = $identity AND rank = $rank
"""
PERSON: Final = "SELECT id_number, name FROM core.person WHERE person_id = $person"
PEOPLE: Final = "SELECT count(*) FROM core.person"
_SEATS: Final = {
    None: ("identity_id", "id_number_raw", "name"),
    "a": ("identity_id_a", "id_number_a_raw", "name_a"),
    "b": ("identity_id_b", "id_number_b_raw", "name_b"),
    "guardian": ("guardian_identity_id", "guardian_id_number_raw", "guardian_name"),
}


def link_page(database: Path, identities: Sequence[str]) -> str:
    """Return the page that explains the links of some identities.

    Args:
        database: the restricted file of a published night.
        identities: ``identity_id``s, in the order of the page.

    Raises:
        ExportError: the night knows no such identity.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        sections = [part for identity in identities for part in _explained(connection, identity)]
    night = database.stem
    return page(f"匹配依据 {night}", f"Why rows and people were linked, night {night}", sections, WARNING)


def _explained(connection: duckdb.DuckDBPyConnection, identity: str) -> list[Section]:
    links = _rows(connection, LINK, identity=identity)
    if not links:
        raise ExportError(
            f"The night knows no identity {identity}. Take the identity_id of a row of core.person_link."
        )
    link = links[0]
    ((people,),) = connection.execute(PEOPLE).fetchall()
    sections = []
    for rank in (1, 2):
        evidence = _rows(connection, EVIDENCE, identity=identity, rank=rank)
        if evidence:
            sections.append(_waterfall(connection, identity, link, evidence, people))
    if not sections:
        told = "没有候选人。 Nobody on the spine came near."
        sections.append(Section(f"{identity}", _told(link), [Markup("<p>{}</p>").format(told)]))
    return sections


def _waterfall(
    connection: duckdb.DuckDBPyConnection, identity: str, link: dict[str, Any], evidence: list[dict[str, Any]], people: int
) -> Section:  # fmt: skip
    first = evidence[0]["rank"] == 1
    order = list(FIELDS)
    evidence = sorted(evidence, key=lambda row: order.index(row["field"]))
    prior = -math.log2(max(people, 1))
    lines = [Row(" ".join(FIELDS["prior"]), [Span(0, prior, AGAINST)], f"{prior:+.1f}")]
    told: list[tuple[object, ...]] = [(both(FIELDS, "prior"), f"1 / {people:,}", round(prior, 2))]
    reached = prior
    for row in evidence:
        after = reached + row["weight"]
        colour = FOR if row["weight"] >= 0 else AGAINST
        label = f"{FIELDS[row['field']][0]}：{LEVELS[row['level']][0]}"
        lines.append(
            Row(label, [Span(reached, after, colour, both(LEVELS, row["level"]))], f"{row['weight']:+.1f}")
        )
        told.append((both(FIELDS, row["field"]), both(LEVELS, row["level"]), round(row["weight"], 2)))
        reached = after
    lines.append(Row("合计 total", [Span(0, reached, SUM)], f"{reached:+.1f}", strong=True))
    told.append(("合计 total", "", round(reached, 2)))
    who = "最佳候选人 best candidate" if first else "次优候选人 runner-up"
    said = table(
        ("", "证件号码 number", "姓名 name"), _sides(connection, identity, link, evidence[0]["person_id"])
    )
    chart = drawn(lines, _axis([0.0, prior, reached, *_steps(prior, evidence)]), f"{who} {identity}")
    figures = table(("字段 field", "程度 level", "权重（比特） weight, bits"), told)
    shown = key([("支持 for", FOR), ("反对 against", AGAINST), ("合计 total", SUM)])
    return Section(f"{identity} · {who}", _told(link) if first else "", [said, shown, chart, figures])


def _steps(prior: float, evidence: Sequence[dict[str, Any]]) -> list[float]:
    reached, out = prior, []
    for row in evidence:
        reached += row["weight"]
        out.append(reached)
    return out


def _axis(values: Sequence[float]) -> Axis:
    """Whole tens of bits around every value."""
    low, high = 10 * math.floor(min(values) / 10), 10 * math.ceil(max(values) / 10)
    return Axis(low, high, [(at, str(at)) for at in range(low, high + 1, 10)])


def _sides(
    connection: duckdb.DuckDBPyConnection, identity: str, link: dict[str, Any], person: str
) -> list[tuple[object, ...]]:
    """What was delivered and what is registered; numbers with their middle masked."""
    column, number, name = _SEATS[link["seat"]]
    query = f"SELECT {number} AS number, {name} AS name FROM core.{link['source']} WHERE {column} = $identity ORDER BY ALL LIMIT 1"  # noqa: S608
    delivered = _rows(connection, query, identity=identity)
    registered = _rows(connection, PERSON, person=person)
    frame = pl.DataFrame(
        [(told, each.get("number") or each.get("id_number"), each["name"])
         for told, rows in (("交付 delivered", delivered), ("本人 person", registered)) for each in rows[:1]],
        schema={"told": pl.String, "number": pl.String, "name": pl.String}, orient="row",
    )  # fmt: skip
    shown = pl.coalesce(
        masked_number(pl.col("number")), pl.when(pl.col("number").is_not_null()).then(pl.lit("…"))
    )
    return frame.with_columns(number=shown, name=harmless(pl.col("name"))).rows()


def _told(link: dict[str, Any]) -> str:
    decision = " ".join(DECISIONS[link["decision"]][:2])
    parts = [
        f"{link['source']}{' ' + link['seat'] if link['seat'] else ''}",
        f"结论 decision: {decision}",
        f"方法 method: {both(METHODS, link['method'])}",
        f"概率 probability: {_odds(link['probability'])}",
        f"次优 runner-up: {_odds(link['runner_up_probability'])}",
        f"行数 rows: {link['n']}",
    ]
    return " · ".join(parts)


def _odds(probability: float | None) -> str:
    return "–" if probability is None else f"{probability:.6g}"


def _rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[dict[str, Any]]:
    found = connection.execute(query, parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
