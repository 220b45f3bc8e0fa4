"""The chapter on identity: how each delivered row was tied to a member, in words, and what waits for a clerk.

Not here: how links are decided (docs/matching.md), what a row says (answers.py).
"""

import math
from typing import Final

from exports.level_words import FIELDS, LEVELS
from exports.report import findings, words
from exports.report.facts import Facts, Row
from exports.report.model import Block, Column, Listing, Paragraph, Section, Table
from exports.report.words import Vocabulary

_COLUMNS: Final = (
    Column("姓名", 1.2),
    Column("来源", 3.4),
    Column("怎样认定是本人", 4.6),
    Column("把握", 2.2),
)
_METHODS: Final = {
    "spine": "本人的户籍或台账登记，以此建档",
    "exact": "证件号码和姓名都一致",
    "exact_former_name": "证件号码一致，姓名与曾用名一致",
    "repaired": "证件号码有一处笔误，更正后号码和姓名都一致",
    "clerical": "由工作人员人工认定",
}
_SILENT: Final = ("silent", "other", "differs", "other_valid", "letters_differ", "visible_differs")
_SEATS: Final = {"guardian": "（作为监护人）"}


def identity(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return how rows were tied to members and what is in review."""
    linked = [link for link in facts.links if link["decision"] == "linked"]
    rows = tuple(row for person in facts.names for row in _person(facts, person, linked, vocabulary))
    told: list[Block] = [
        Paragraph(
            "各来源的记录先要认定属于谁，才能使用。只凭姓名相同，从不认定，更不会因此显示红色。", "note"
        ),
        Table(_COLUMNS, rows),
    ]
    waiting = _waiting(facts, vocabulary)
    if waiting:
        told += [Paragraph("待人工确认的记录："), Listing(waiting)]
    else:
        told.append(Paragraph("没有待人工确认的记录。"))
    return Section("怎样认定记录属于本人", tuple(told))


def _person(facts: Facts, person: str, linked: list[Row], vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """Rows of one member: sources that were tied in the same way stand together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for link in linked:
        if link["person_id"] == person:
            source = (
                f"{words.source(vocabulary, link['source'])}{_SEATS.get(link['seat'] or '', '')}{link['n']}条"
            )
            groups.setdefault((_how(link), _sure(link)), []).append(source)
    name = words.clean(facts.names[person])
    return [(name, "、".join(sources), how, sure) for (how, sure), sources in groups.items()]


def _how(link: Row) -> str:
    known = _METHODS.get(link["method"])
    if known:
        return known
    agreed = []
    for each in link["levels"] or ():
        field, _, level = each.partition(":")
        if level not in _SILENT and field in FIELDS and level in LEVELS:
            agreed.append(f"{FIELDS[field][0]}{LEVELS[level][0]}")
    return f"综合比对：{'、'.join(agreed)}" if agreed else "综合比对姓名、出生日期、住址等"


def _sure(link: Row) -> str:
    if link["method"] == "spine":
        return "本人登记"
    if link["method"] == "clerical":
        return "人工认定"
    if link["by_number"]:
        return "有号码为证"
    share = link["probability"]
    if share is None:
        return "没有号码为证"
    return f"没有号码为证，把握{min(math.floor(share * 1000) / 10, 99.9):.1f}%以上"


def _waiting(facts: Facts, vocabulary: Vocabulary) -> tuple[str, ...]:
    told = [
        f"{words.clean(facts.names[link['person_id']])}：{words.source(vocabulary, link['source'])}{link['n']}条，"
        "可能属于本人，确认前不计入“已核实”，也不会因此显示红色。"
        for link in facts.links
        if link["decision"] == "review"
    ]
    resting = sum(findings.rests_on_review(row) for row in facts.findings)
    if resting:
        told.append(f"“核对发现”中有{resting}项依据的记录，归属尚待人工确认。")
    told += [
        f"{words.clean(facts.names[person])}：另有{n}份档案可能与本人重复，待人工确认是否为同一人。"
        for person, n in sorted(facts.same_as.items(), key=lambda pair: list(facts.names).index(pair[0]))
    ]
    return tuple(told)
