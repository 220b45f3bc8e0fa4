"""The chapter on income: the ledger by month, the three ways it is added up, and the line they are held against.

Here belong the ledger's streams and sums as published. Not here: any estimate made anew.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from exports.report import words
from exports.report.facts import Facts, Row
from exports.report.model import Block, Column, Listing, Paragraph, Section, Table
from exports.report.words import Vocabulary

Amounts = dict[date, Decimal]
STREAMS: Final = 5
"""Columns of amounts that an A4 page shows legibly beside the month."""
ESTIMATES: Final = {"low": "已核实", "likely": "估计", "high": "从宽"}
HIDDEN: Final = "不列出"
"""Said of a figure that rests on what may only silence; why is told in the chapter on sources."""
ROUNDING: Final = Decimal("0.05")
MEANINGS: Final = (
    "已核实：按时收到、归属清楚的记录，已扣除税款和必要的就业成本。只有这个数超过标准，才可能显示红色。",
    "估计：已核实的数，再加上逾期来源的记录、在岗工资和按规定测算的赡养费。",
    "从宽：估计的数，再加上单位缴费基数、归属待确认的记录和本人申报超出的部分。判断是否需要帮助只看这个数。",
)
_PROGRAMS: Final = {"dibao": "低保标准", "tekun": "低保标准，特困认定也用这条线"}


def income(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return the ledger, its sums and the line."""
    told: list[Block] = [_per_head(facts), Listing(MEANINGS), Paragraph(_line_told(facts), "note")]
    rows = [row for row in facts.ledger if row["estimate"] is not None]
    if not rows:
        told.append(
            Paragraph("近12个月没有查到本户计入成员的收入记录。没有查到不等于没有收入，只表示没有依据认定。")
        )
    else:
        told += _ledger(facts, rows, vocabulary)
    once = [row for row in facts.ledger if row["estimate"] is None]
    if once:
        said = tuple(
            f"{words.month(row['month'])}，{_who(facts, row['person_id'])}：{words.money(row['amount'])}"
            for row in once
        )
        told += [Paragraph("一次性收入，只列出，不计入人均收入："), Listing(said)]
    return Section("收入", tuple(told))


def line_of(facts: Facts) -> tuple[Decimal | None, str]:
    """Return the income line of the household's programme in yuan a head and month, and what it is."""
    standard, program = facts.household["standard"], facts.household["program"]
    if standard is None:
        return None, "本地标准未提供"
    multiple = facts.figure("marginal_multiple")
    if multiple and (program == "marginal" or facts.household["one_person_cover"]):
        return _rounded(standard * Decimal(multiple["value"])), f"低保标准的{multiple['value']}倍"
    if program in _PROGRAMS:
        return standard, _PROGRAMS[program]
    if program == "rigid_expenditure":
        yearly = facts.figure("mean_disposable_income")
        return (_rounded(Decimal(yearly["value"]) / 12) if yearly else None), "居民人均可支配收入的十二分之一"
    return standard, "低保标准"


def over(amount: Decimal | None, line: Decimal | None) -> str:
    """Say how an amount stands to the line."""
    if amount is None or line is None:
        return "无法比较"
    return f"高于标准{words.money(amount - line)}" if amount > line else "不超过标准"


def _per_head(facts: Facts) -> Table:
    line, _ = line_of(facts)
    columns = (
        Column("算法", 1.2), Column("近12个月，每人每月", 2, amounts=True), Column("近3个月，每人每月", 2, amounts=True),
        Column("与标准比较（近12个月）", 2.4), Column("与标准比较（近3个月）", 2.4),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    for level, name in ESTIMATES.items():
        if _rests_on_hidden(facts, level):
            rows.append((name, HIDDEN, HIDDEN, HIDDEN, HIDDEN))
            continue
        year, quarter = (facts.household[f"income_{level}_{months}"] for months in (12, 3))
        told = (words.money(amount, "无法计算") for amount in (year, quarter))
        rows.append((name, *told, over(year, line), over(quarter, line)))
    return Table(columns, tuple(rows), "人均月收入与标准")


def _rests_on_hidden(facts: Facts, level: str) -> bool:
    """Tell whether a figure of people outside every case holds a salary, which may only silence and is not shown."""
    unit = facts.household
    published = unit[f"income_{level}_12"]
    if facts.on_case or published is None:
        return False
    shown = dict(zip(ESTIMATES, _sums([row for row in facts.ledger if row["estimate"]]), strict=True))[level][
        1
    ]
    per_head = sum(shown.values(), Decimal(0)) / 12 / unit["counted_members"]
    return bool(abs(Decimal(published) - per_head) > ROUNDING)


def _line_told(facts: Facts) -> str:
    line, what = line_of(facts)
    counted = facts.household["counted_members"] or 0
    if not facts.on_case:
        held = f"参照的标准：{words.money(line)}（{what}，每人每月），计入{counted}人。"
        return f"{held}本户不在救助案中，所列收入只用于判断是否需要帮助。"
    if not counted:
        return f"对照的标准：每人每月{words.money(line)}（{what}）；没有计入人均的成员，所以没有人均收入可以比较。"
    assessed = (
        ""
        if facts.household["income_assessable"]
        else "所需信息不齐全（见“没有查到或没有查询的信息”），收入可能不全，不能据此断定低于标准。"
    )
    return f"对照的标准：每人每月{words.money(line)}（{what}）；计入{counted}人。{assessed}"


def _ledger(facts: Facts, rows: list[Row], vocabulary: Vocabulary) -> list[Block]:
    """Months down, streams across, at most STREAMS a table; the sums by estimate last, beside them where there is room."""
    streams = [(_heading(key, vocabulary), found) for key, found in _streams(facts, rows).items()]
    sums = _sums(rows)
    months = _months(facts)
    if len(streams) <= STREAMS - len(sums) + 1:
        return [_by_month([*streams, *sums], months, "逐月收入，单位：元")]
    told: list[Block] = []
    for first in range(0, len(streams), STREAMS):
        part = f"（之{first // STREAMS + 1}）" if len(streams) > STREAMS else ""
        told.append(_by_month(streams[first : first + STREAMS], months, f"逐月收入{part}，单位：元"))
    return [*told, _by_month(sums, months, "全户每月合计，单位：元")]


def _streams(facts: Facts, rows: list[Row]) -> dict[tuple[str, ...], Amounts]:
    """Amounts by month of every person, item, estimate and source, members in their order."""
    found: dict[tuple[str, ...], Amounts] = {}
    order = {person: place for place, person in enumerate(facts.names)}
    for row in sorted(
        rows, key=lambda row: (order.get(row["person_id"], len(order)), row["item"], row["estimate"])
    ):
        key = (_who(facts, row["person_id"]), row["item"], row["estimate"], row["source"])
        stream = found.setdefault(key, {})
        stream[row["month"]] = stream.get(row["month"], Decimal(0)) + row["amount"]
    return found


def _sums(rows: list[Row]) -> list[tuple[str, Amounts]]:
    """By month, what each estimate adds up to: the lowest that counts a row, and those above it."""
    levels = list(ESTIMATES)
    found: dict[str, Amounts] = {level: {} for level in levels}
    for row in rows:
        for level in levels[levels.index(row["estimate"]) :]:
            found[level][row["month"]] = found[level].get(row["month"], Decimal(0)) + row["amount"]
    return [(f"全户{ESTIMATES[level]}合计", found[level]) for level in levels]


def _by_month(streams: Sequence[tuple[str, Amounts]], months: list[date], caption: str) -> Table:
    columns = (Column("月份", 1.3), *(Column(heading, 2, amounts=True) for heading, _ in streams))
    body = [(words.month(month), *(_plain(found.get(month)) for _, found in streams)) for month in months]
    total = ("合计", *(_plain(sum(found.values(), Decimal(0))) for _, found in streams))
    return Table(columns, (*body, total), caption, total=True)


def _heading(key: tuple[str, ...], vocabulary: Vocabulary) -> str:
    who, item, estimate, source = key
    if item == "in_review":
        return f"归属待确认的记录（合计，{ESTIMATES[estimate]}）"
    return (
        f"{who} {words.code(vocabulary, item)}（{ESTIMATES[estimate]}，{words.source(vocabulary, source)}）"
    )


def _who(facts: Facts, person: str | None) -> str:
    if person is None:
        return ""
    shown = {member["person_id"] for member in facts.own}
    return words.clean(facts.names.get(person)) if person in shown else "同户家人"


def _months(facts: Facts) -> list[date]:
    """The 12 calendar months before the night's own, oldest first."""
    night: date = facts.run["night"]
    last = 12 * night.year + night.month - 1
    return [date(count // 12, count % 12 + 1, 1) for count in range(last - 12, last)]


def _plain(amount: Decimal | None) -> str:
    return f"{amount:,.2f}" if amount else "—"


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
