"""The chapters on people: who belongs to the household, who is counted, who authorized what.

Not here: how rows were tied to them (identity.py).
"""

from datetime import date

from exports.report import words
from exports.report.facts import Facts, Row
from exports.report.model import Block, Column, Listing, Paragraph, Section, Table
from exports.report.words import Vocabulary

ADULT = 18
UNREAD = "无法识别"
_MEMBERS = (
    Column("姓名", 1.1), Column("身份", 1.6), Column("证件号码", 2.4), Column("性别、年龄", 1.5),
    Column("是否计入人均", 2.6), Column("现有待遇", 3.4),
)  # fmt: skip
_SIGNED = (
    Column("姓名", 1.2),
    Column("授权情况", 3.4),
    Column("签署日期", 2),
    Column("有效期至", 2),
    Column("核对日是否有效", 2),
)


def members(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return who the household is, and who is counted."""
    rows = tuple(_member(facts, member, vocabulary) for member in facts.members)
    counted = facts.household["counted_members"] or 0
    told: list[Block] = [
        Paragraph(f"本户共{len(facts.own)}人，计算人均收入和财产时计入{counted}人。"),
        Table(_MEMBERS, rows),
    ]
    undeclared = [member for member in facts.own if member["declared"] is False]
    if undeclared:
        told.append(
            Paragraph(
                "标为“未申报”的家人是依据户口或婚姻登记补充列入的：配偶和未成年子女与申请人是一家人，应一并计算。"
                "如有离婚、失联等情况，请提出说明。",
                "note",
            )
        )
    if facts.household["one_person_cover"]:
        told.append(
            Paragraph(
                "本户按“单人保”办理：只保障重残人员一人，计算收入财产时把同一户口簿上的其他家人一并计入。"
                "这些家人的逐笔信息不在本报告中列出。",
                "note",
            )
        )
    supporters = facts.household["supporters"]
    if supporters:
        told.append(
            Paragraph(
                f"另登记有不同住的法定赡养、抚养、扶养义务人{supporters}人。"
                "其个人信息只用于测算应承担的赡养费，不在本报告中列出。",
                "note",
            )
        )
    return Section("家庭成员", tuple(told))


def authorization(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return who authorized, since when and until when, and what that opens."""
    gated = "、".join(words.source(vocabulary, name) for name in sorted(facts.gated))
    told: list[Block] = [
        Paragraph(f"以下信息只有本人签署授权书后才可查询：{gated}。没有有效授权的，一律不查，也不保存。")
    ]
    if not facts.on_case:
        told.append(Paragraph("本户目前不在低保、特困、低保边缘、刚性支出困难救助中，没有查询上述信息。"))
        return Section("核对授权", tuple(told))
    told.append(Table(_SIGNED, tuple(_signed(facts, member) for member in facts.own)))
    supporters, signed = facts.household["supporters"], facts.household["supporters_authorized"]
    if supporters:
        told.append(Listing((f"法定义务人{supporters}人，其中{signed}人在核对日有有效授权。",)))
    return Section("核对授权", tuple(told))


def is_adult(member: Row) -> bool:
    """Tell whether somebody is 18 or over on the night; of unknown age: yes."""
    return member["age"] is None or member["age"] >= ADULT


def _member(facts: Facts, member: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    relation = member["relation"] or (None if facts.on_case else member["booklet_relation"])
    role = words.ROLES.get(member["role"], "家庭成员")
    if relation and relation != "01":
        kin = words.RELATIONS.get(relation, "其他")
        role = kin if member["role"] in ("member", "spouse", "child") else f"{role}（{kin}）"
    if member["declared"] is False:
        role += "，未申报"
    sex = words.SEXES.get(member["sex"] or "", "性别未登记")
    age = "年龄未登记" if member["age"] is None else f"{member['age']}周岁"
    counted = "计入" if member["counted"] else words.UNCOUNTED.get(member["why_not_counted"] or "", "不计入")
    if member["role"] == "booklet":
        counted = "只在计算收入财产时计入"
    return (
        words.clean(member["name"]) or "姓名未登记",
        role,
        words.masked(member["id_number"]),
        sex if member["is_dead"] else f"{sex}，{age}",
        counted,
        "" if member["role"] == "booklet" else _help(facts, member, vocabulary),
    )


def _help(facts: Facts, member: Row, vocabulary: Vocabulary) -> str:
    rows = [
        row for row in facts.roll if row["person_id"] == member["person_id"] and row["role"] != "supporter"
    ]
    told = []
    for row in rows:
        amount = (
            f"，每月{words.money(row['monthly_amount'])}" if row["monthly_amount"] and row["covered"] else ""
        )
        state = words.code(vocabulary, row["status"])
        told.append(
            f"{words.code(vocabulary, row['program'])}（{state}{'' if row['covered'] else '，本人未列为保障对象'}{amount}）"
        )
    return "；".join(dict.fromkeys(told)) or "无"


def _signed(facts: Facts, member: Row) -> tuple[str, ...]:
    name = words.clean(member["name"]) or "姓名未登记"
    rows = [
        row
        for row in facts.roll
        if row["person_id"] == member["person_id"]
        and row["is_household_program"]
        and row["role"] != "supporter"
        and (row["authorized_on"] is not None or row["signed_unread"])
    ]
    if member["is_dead"]:
        return name, "登记为已去世，不计入核对", "", "", ""
    if not rows:
        told = "没有签署授权书" if is_adult(member) else "未成年，没有单独签署"
        return name, told, "", "", "否"
    valid = member["person_id"] in facts.authorized
    best = max(rows, key=lambda row: _telling(row, valid=valid))
    return (
        name,
        "已签署授权书" if best["authorized_on"] else "台账上的签署情况无法识别",
        words.day(best["authorized_on"], UNREAD),
        words.day(best["authorized_until"], UNREAD if best["until_unread"] else "至退出救助为止"),
        "是" if valid else f"否，{_why_not(best, facts.run['night'])}",
    )


def _telling(row: Row, *, valid: bool) -> tuple[bool, bool, date]:
    """Return what tells which of several authorizations is shown.

    Where one is in force, one that could be read, and of these the one that ends last; where none is, the one that might
    be, had it been readable: that is what can be put right.
    """
    until = row["authorized_until"]
    return _unread(row) != valid, until is None, until or row["authorized_on"] or date.min


def _unread(row: Row) -> bool:
    return bool(row["signed_unread"] or row["until_unread"])


def _why_not(row: Row, night: date) -> str:
    """Return why an authorization is not in force; an unreadable date is never taken for one that opens something."""
    if _unread(row):
        return "台账上的授权日期无法识别，请与工作人员核对授权书"
    return "尚未生效" if row["authorized_on"] > night else "已过期"
