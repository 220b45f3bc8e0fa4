"""The chapter on assets: accounts, products, vehicles, dwellings, roles in business; numbers masked.

Linked rows of the household's own members alone. Not here: what sources of income answered (answers.py).
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from exports.report import words
from exports.report.answers import rows_of
from exports.report.facts import Facts, Row
from exports.report.model import Block, Column, Listing, Paragraph, Section, Table
from exports.report.words import Vocabulary

_Cells = Callable[[Row, Vocabulary], tuple[str, ...]]


def assets(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return what the household holds, as far as it was asked and answered."""
    if not facts.on_case:
        told = "本户不在救助案中：存款和金融产品依法不查询；房产、车辆、工商登记只用于排除误报，不在本报告中列出。"
        return Section("财产", (Paragraph(told),))
    blocks: list[Block] = [Listing(tuple(_figures(facts)))]
    for source, caption, columns, cells in _TABLES:
        rows = tuple(
            (words.clean(name), *cells(row, vocabulary))
            for person, name in facts.names.items()
            for row in rows_of(facts, source, person)
        )
        if rows:
            blocks.append(Table((Column("姓名", 1.2), *columns), rows, caption))
    if len(blocks) == 1:
        blocks.append(Paragraph("在已查询的范围内，没有查到登记在本户成员名下的财产。"))
    return Section("财产", tuple(blocks))


def limit_of(facts: Facts) -> Decimal | None:
    """Return the limit of financial assets: months of the standard for each counted member; None without figures."""
    months, unit = facts.figure("financial_asset_months"), facts.household
    if months is None or unit["standard"] is None or not unit["counted_members"]:
        return None
    return Decimal(months["value"]) * Decimal(unit["standard"]) * int(unit["counted_members"])


def _figures(facts: Facts) -> list[str]:
    unit, limit = facts.household, limit_of(facts)
    dwellings, months = facts.figure("dwelling_limit"), facts.figure("financial_asset_months")
    counted = bool(unit["counted_members"])
    unknown = "未能查明（银行只答复是否超限，或没有查询）" if counted else "没有计入的成员，不作计算"
    total = words.money(unit["financial_assets"] if counted else None, unknown)
    held = (
        f"；限额{words.money(limit)}（{months['value']}个月的低保标准×计入人数）"
        if limit is not None and months
        else ""
    )
    most = f"；限额{dwellings['value']}套" if dwellings else ""
    told = [
        f"存款和金融产品合计：{total}{held}。",
        f"计入的住房：{unit['dwellings'] or 0}套{most}。宅基地和其上的房屋算一套，全家份额不足一半的不计。",
        f"计入的机动车：{unit['vehicles'] or 0}辆。残疾人专用车等免计的车辆不在其中。",
    ]
    if counted and not unit["assets_assessable"]:
        told.append("所需信息不齐全（见“没有查到或没有查询的信息”），财产可能不全，不能据此断定没有财产。")
    return told


def _account(row: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    answered = {True: "银行答复：超过限额", False: "银行答复：未超过限额"}.get(row["over_limit"], "未提供")
    balance = answered if row["balance"] is None else _money(row["balance"], row["currency"], vocabulary)
    kind = words.code(vocabulary, row["account_type"])
    average = _money(row["average_balance_12m"], row["currency"], vocabulary)
    return (
        f"{words.clean(row['bank_code'])}，{kind}",
        words.tail(row["account_no"]),
        balance,
        average,
        words.day(row["as_of"] or row["snapshot_date"]),
    )


def _money(amount: Decimal | None, currency: str | None, vocabulary: Vocabulary) -> str:
    """Return an amount in its own currency: what is not yuan is not called so."""
    if amount is None or currency in (None, "CNY"):
        return words.money(amount)
    return f"{amount:,.2f}（{words.clean(words.code(vocabulary, currency))}）"


def _product(row: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    kind = words.code(vocabulary, row["kind"])
    return (
        words.clean(row["institution"]),
        kind,
        words.money(row["market_value"]),
        words.day(row["as_of"] or row["snapshot_date"]),
    )


def _vehicle(row: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    kind = f"{words.code(vocabulary, row['vehicle_class'])}（{words.code(vocabulary, row['usage'])}）"
    state = words.code(vocabulary, row["status"])
    return (
        kind,
        words.tail(row["plate_no"]),
        words.day(row["first_registered_on"]),
        words.money(row["purchase_price"]),
        state,
    )


def _dwelling(row: Row, _: Vocabulary) -> tuple[str, ...]:
    usage = words.USAGES.get(row["usage"], row["usage"])
    area = "" if row["area_m2"] is None else f"，{row['area_m2'].normalize():f}平方米"
    share = "份额未写明" if row["share_percent"] is None else f"{row['share_percent'].normalize():f}%"
    state = f"{words.day(row['cancelled_on'])}注销" if row["cancelled_on"] else "现存"
    return (
        f"{usage}{area}",
        words.clean(row["address"]) or "地址未提供",
        words.tail(row["certificate_no"]),
        share,
        words.day(row["registered_on"]),
        state,
    )


def _entity(row: Row, vocabulary: Vocabulary) -> tuple[str, ...]:
    kind = (
        f"{words.clean(row['entity_name']) or '名称未提供'}（{words.code(vocabulary, row['entity_type'])}）"
    )
    role = words.code(vocabulary, row["role"])
    state = words.code(vocabulary, row["status"])
    return kind, role, words.money(row["subscribed_capital"]), words.day(row["registered_on"]), state


_TABLES: Final[tuple[tuple[str, str, tuple[Column, ...], _Cells], ...]] = (
    ("bank_accounts", "银行账户",
     (Column("银行、种类", 2), Column("账号", 1.6), Column("余额", 2, amounts=True),
      Column("近12个月平均", 2, amounts=True), Column("截至", 2)),
     _account),
    ("financial_products", "证券、基金、商业保险",
     (Column("机构", 2.4), Column("种类", 1.6), Column("价值", 2, amounts=True), Column("截至", 2)),
     _product),
    ("vehicles", "车辆",
     (Column("车型", 2), Column("号牌", 1.5), Column("初次登记", 2), Column("登记的购车价", 2, amounts=True),
      Column("状态", 1.2)),
     _vehicle),
    ("real_estate", "房产",
     (Column("用途、面积", 1.9), Column("坐落", 2.8), Column("证号", 1.5), Column("份额", 1.1), Column("登记日期", 1.9),
      Column("状态", 1.1)),
     _dwelling),
    ("business_registrations", "工商登记",
     (Column("名称、类型", 3), Column("身份", 1.4), Column("认缴出资", 1.8, amounts=True), Column("登记日期", 2),
      Column("状态", 1.2)),
     _entity),
)  # fmt: skip
