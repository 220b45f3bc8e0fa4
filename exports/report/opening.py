"""The first page, 一页看懂: the colour, why, and what would make it green.

Here belongs what fits one page. Not here: the whole of any finding (findings.py).
"""

from typing import Final

from exports.report import findings, income, words
from exports.report.closing import Objection, deadline
from exports.report.facts import Facts, Row
from exports.report.model import Block, Card, Colour, Listing, Paragraph, Tile

MOST: Final = 4
"""Findings told on the first page; the others are counted and stand in their chapter."""
CARES: Final = 3
_TILES: Final = (
    ("risk", "待遇核对", {"red": "有重要事项需要核实", "yellow": "有事项需要了解", "green": "没有需要核实的事项"}),
    ("omission", "应享帮助",
     {"red": "可能有帮助还没享受到，请尽快联系", "yellow": "可能有帮助还没享受到", "green": "没有发现遗漏的帮助"}),
    ("care", "关心探访", {"red": "优先安排探访", "yellow": "安排探访", "green": "没有特别安排"}),
)  # fmt: skip
PROMISE: Final = (
    "这份报告是核对线索，不是决定。红色、黄色表示“需要先核实”，不表示有过错；"
    "没有人只因为这份报告而享受或失去救助，是否调整由工作人员核实后依法决定。"
)
ADVICE: Final = (
    "看看家庭成员、收入、财产写得对不对。不是您家的，请直接指出来。",
    "家里情况有变化，或者有材料可以说明，随时告诉工作人员。",
)


def tiles(facts: Facts) -> tuple[Tile, ...]:
    """Return the three colours of the household; green where something is held claims no more than that it is."""
    shown, held = [], [row for row in facts.findings if findings.is_held(row)]
    for name, label, meanings in _TILES:
        colour: Colour = facts.household[f"{name}_flag"]
        waiting = sum(_axis(row) == name for row in held)
        meaning = f"有{waiting}项暂缓使用" if colour == "green" and waiting else meanings.get(colour, "")
        shown.append(Tile(label, colour, words.COLOURS.get(colour, "未定"), meaning))
    return tuple(shown)


def _axis(finding: Row) -> str:
    """Return which of the three colours a finding gives (sql/out/household_flag.sql)."""
    return finding["kind"] if finding["kind"] in ("omission", "care") else "risk"


def opening(facts: Facts, objection: Objection) -> tuple[Block, ...]:
    """Return what is understood at a glance."""
    live = [row for row in facts.findings if findings.colour_of(row) != "none"]
    checked = [row for row in live if row["kind"] in ("exclusion", "data")]
    owed = [row for row in live if row["kind"] == "omission"]
    cared = [row for row in live if row["kind"] == "care"]
    told: list[Block] = [Paragraph(PROMISE), Paragraph(_figures(facts))]
    held = sum(findings.is_held(row) for row in facts.findings)
    if held:
        told.append(Paragraph(f"有{held}项因数据突变暂缓使用，见“核对发现”。"))
    elif not live:
        told.append(
            Paragraph(
                "这一晚没有需要核实、补办或探访的事项，三项都是绿色。如果家里情况有变化，请及时告诉工作人员。"
            )
        )
    told += _told(facts, checked, "为什么是这个颜色，怎样变为绿色", MOST)
    told += _told(facts, owed, "可能应当享受的帮助", MOST)
    told += _told(facts, cared, "需要关心的情况", CARES)
    told += [
        Paragraph("您可以做什么", "strong"),
        Listing((*ADVICE, f"有不同意见，{deadline(facts, objection)}提出，见“如有不同意见”。")),
    ]
    return tuple(told)


def _told(facts: Facts, rows: list[Row], heading: str, most: int) -> list[Block]:
    if not rows:
        return []
    cards = [
        Card(
            findings.colour_of(row),
            findings.word_of(row),
            words.title(row["rule_id"], row["title_zh"]),
            (
                ("为什么", findings.compared(facts, row)),
                *([("记录在谁名下", holders)] if (holders := findings.holders_of(facts, row)) else []),
                (findings.green_label(row), f"{findings.green(row)}。"),
            ),
        )
        for row in rows[:most]
    ]
    more = [Paragraph(f"另有{len(rows) - most}项，见“核对发现”。", "note")] if len(rows) > most else []
    return [Paragraph(heading, "strong"), *cards, *more]


def _figures(facts: Facts) -> str:
    unit, (line, what) = facts.household, income.line_of(facts)
    found = unit["income_low_12"]
    if not facts.on_case or found is None:
        return f"本户{len(facts.own)}人，核对日为{words.day(facts.run['night'])}。"
    held = f"，对照的标准是{words.money(line)}（{what}）" if line is not None else ""
    return f"本户{len(facts.own)}人，计入{unit['counted_members']}人；已核实的人均月收入{words.money(found)}（近12个月）{held}。"
