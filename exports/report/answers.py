"""The chapter on sources: each one asked, the date of its data, its state and what it answered.

Here belongs what one row of a source says in a few words. Accounts, vehicles and dwellings have tables of their own
(assets.py); no diagnosis, hospital or partner's name is ever said.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from exports.report import words
from exports.report.facts import SOURCES, Facts, Row
from exports.report.model import Column, Paragraph, Section, Table
from exports.report.words import Vocabulary

_COLUMNS: Final = (
    Column("向谁查询", 2.2),
    Column("数据日期", 1.9),
    Column("是否按时", 1.8),
    Column("查到什么", 5.4),
)
MOST: Final = 6
"""Rows of one source told one by one; what is more is counted."""
_ELSEWHERE: Final = {
    "bank_accounts": "逐户见“财产”", "financial_products": "逐项见“财产”", "vehicles": "逐辆见“财产”",
    "real_estate": "逐处见“财产”", "business_registrations": "逐项见“财产”", "tax_income": "逐月见“收入”",
}  # fmt: skip


def sources(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return every source with what it answered."""
    states = {row["source"]: row for row in facts.sources}
    rows = tuple(_source(facts, name, states.get(name, {}), vocabulary) for name in SOURCES)
    told = "“没有查到”只说明这一来源没有与本户对应的记录，不等于确定没有；逾期或没有收到的来源，情况可能已经变化。"
    return Section("查询了哪些来源，各自怎么回答", (Paragraph(told, "note"), Table(_COLUMNS, rows)))


def _source(facts: Facts, name: str, state: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    known = state.get("state", "absent")
    return (
        words.source(vocabulary, name),
        words.day(state.get("snapshot_date"), "无"),
        words.STATES.get(known, "状态不明"),
        _answer(facts, name, known, vocabulary),
    )


def _answer(facts: Facts, name: str, state: str, vocabulary: Vocabulary) -> str:
    unasked = _unasked(facts, name)
    if unasked == "all" and facts.on_case and all(member["is_dead"] for member in facts.own):
        return "成员登记为已去世，不计入核对，内容不列出"
    if unasked == "all":
        return "没有有效授权，未查询" if facts.on_case else "不在救助案中，依法不查询"
    if name in facts.silencing and not facts.on_case:
        return "只用于排除误报，内容不在本报告中列出"
    if state == "absent":
        return "这一来源没有送来数据，不能作任何判断"
    told = _told(facts, name, vocabulary) or "没有查到与本户对应的记录"
    waiting = sum(
        link["n"] for link in facts.links if link["source"] == name and link["decision"] == "review"
    )
    if waiting:
        told += f"；另有{waiting}条记录是否属于本户待人工确认，确认前不作为依据，内容不列出"
    if unasked:
        told += f"；{unasked}没有有效授权，未查询"
    return told


def _unasked(facts: Facts, name: str) -> str:
    """Return who was not asked about for want of authorization: names, "all", or nothing."""
    if name not in facts.gated:
        return ""
    living = [member for member in facts.own if not member["is_dead"]]
    if not facts.on_case or not any(member["person_id"] in facts.authorized for member in living):
        return "all"
    return "、".join(
        words.clean(member["name"]) or "姓名未登记"
        for member in living
        if member["person_id"] not in facts.authorized
    )


def _told(facts: Facts, name: str, vocabulary: Vocabulary) -> str:
    said: list[str] = []
    for person, who in facts.names.items():
        rows = rows_of(facts, name, person)
        if not rows:
            continue
        if name in _ELSEWHERE:
            said.append(f"{words.clean(who)}{len(rows)}条（{_ELSEWHERE[name]}）")
            continue
        speak = _SPEAK[name]
        each = list(dict.fromkeys(filter(None, (speak(row, vocabulary) for row in rows))))
        more = f"等，共{len(rows)}条" if len(each) > MOST else ""
        said.append(f"{words.clean(who)}：{'、'.join(each[:MOST])}{more}")
        if name == "medical_settlements":
            said[-1] = f"{words.clean(who)}：{_bills(rows)}"
    return "；".join(said)


def rows_of(facts: Facts, name: str, person: str) -> Sequence[Row]:
    """Return the linked rows of one source that are about one person, by record number."""
    numbers = {
        record
        for link in facts.links
        if link["source"] == name and link["person_id"] == person and link["decision"] == "linked"
        and link["seat"] != "guardian"
        for record in link["record_nos"]
    }  # fmt: skip
    return [row for record, row in facts.records[name].items() if record in numbers]


def _bills(rows: Sequence[Row]) -> str:
    """Settlements are summed up: what somebody suffers from is nobody's business here."""
    first, last = min(row["settled_on"] for row in rows), max(row["settled_on"] for row in rows)
    paid = sum((row["self_paid_in_scope"] or Decimal(0) for row in rows), Decimal(0))
    span = words.day(first) if first == last else f"{words.day(first)}至{words.day(last)}"
    return f"{span}结算{len(rows)}次，政策范围内自付合计{words.money(paid)}"


def _roll(row: Row, vocabulary: Vocabulary) -> str:
    role = "，登记为法定义务人" if row["role"] == "supporter" else ""
    return f"{words.code(vocabulary, row['program'])}（{words.code(vocabulary, row['status'])}{role}）"


def _insured(row: Row, vocabulary: Vocabulary) -> str:
    amount = "缴费基数" if row["scheme"].endswith("contribution") else "每月"
    until = f"至{words.month(row['to_month'])}" if row["to_month"] else "起"
    scheme, begun = words.code(vocabulary, row["scheme"]), words.month(row["from_month"])
    return f"{scheme}，{begun}{until}，{amount}{words.money(row['monthly_amount'])}"


def _certified(row: Row, vocabulary: Vocabulary) -> str:
    until = f"，{words.day(row['expires_on'])}到期" if row["expires_on"] else ""
    state = words.code(vocabulary, row["status"])
    kind = words.named(vocabulary, "classes", row["disability_class"])
    level = words.named(vocabulary, "levels", row["disability_level"])
    return f"{kind}残疾{level}，{words.day(row['issued_on'])}核发{until}（{state}）"


def _in_post(row: Row, vocabulary: Vocabulary) -> str:
    post = words.code(vocabulary, row["post_type"]) or "岗位类别未写明"
    salary = f"，月工资{words.money(row['monthly_salary'])}" if row["monthly_salary"] is not None else ""
    return f"{words.clean(row['unit_name'])}，{post}，{words.code(vocabulary, row['status'])}{salary}"


def _monitored(row: Row, vocabulary: Vocabulary) -> str:
    kind = words.code(vocabulary, "close_to_poverty" if row["kind"] == "marginal" else row["kind"])
    until = f"，{words.day(row['removed_on'])}解除" if row["removed_on"] else ""
    return f"{kind}，{words.day(row['identified_on'])}列入{until}"


def _child(row: Row, vocabulary: Vocabulary) -> str:
    kind = words.code(vocabulary, "orphan_child" if row["kind"] == "orphan" else row["kind"])
    until = f"，{words.day(row['removed_on'])}移出" if row["removed_on"] else ""
    return f"登记为{kind}，{words.day(row['identified_on'])}起{until}"


def _absent(row: Row, _: Vocabulary) -> str:
    until = f"至{words.day(row['to_date'])}" if row["to_date"] else "起"
    return f"登记为{words.day(row['from_date'])}{until}不在家中生活"


_REGISTRY: Final = {
    "normal": "户口正常",
    "moved_out": "户口已迁出",
    "death_cancelled": "因死亡注销户口",
    "other_cancelled": "户口已注销",
}
_SPEAK: Final[dict[str, Callable[[Row, Vocabulary], str]]] = {
    "assistance_roll": _roll,
    "household_registry": lambda row, _: _REGISTRY.get(row["status"], "户口状态不明"),
    "marriages": lambda row, vocabulary: (
        f"{words.day(row['event_date'])}{words.code(vocabulary, row['event'])}"
    ),
    "children_care": _child,
    "deaths": lambda row, _: f"登记于{words.day(row['died_on'])}去世",
    "inmates": _absent,
    "disability_certificates": _certified,
    "students": lambda row, vocabulary: (
        f"{words.code(vocabulary, row['stage'])}，{words.code(vocabulary, row['status'])}"
    ),
    "poverty_monitoring": _monitored,
    "medical_settlements": lambda _row, _: "",
    "social_insurance": _insured,
    "public_payroll": _in_post,
}
