"""The last chapters: what was not available, how to object, and by which versions the report can be made again.

Not here: clock times or run numbers; the same night gives the same report.
"""

from dataclasses import dataclass
from typing import Final

from exports.report import words
from exports.report.facts import Facts
from exports.report.model import Block, Column, Listing, Pairs, Paragraph, Section, Table
from exports.report.people import is_adult
from exports.report.words import Vocabulary

SHORT: Final = 12
"""Characters of a digest that are printed: enough to tell two apart."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Where objections go and until when.

    Attributes:
        contact: office, address, telephone; empty: the township's desk where the family applied.
        days: days after receipt; None: the policy figure ``objection_days`` of the night, else left open.
    """

    contact: str = ""
    days: int | None = None


def unavailable(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return what was late, absent or not asked, and what follows."""
    told = [
        f"{words.source(vocabulary, row['source'])}：{words.STATES.get(row['state'], row['state'])}"
        f"（数据日期：{words.day(row['snapshot_date'], '无')}）。"
        for row in facts.sources
        if row["state"] != "fresh"
    ]
    if facts.on_case:
        told += [*_unsigned(facts, vocabulary), *_short_of(facts, vocabulary)]
    else:
        told.append("本户不在救助案中，没有查询存款、金融产品和税务信息。")
    unit = facts.household
    counted = unit["counted_members"]
    conclusion = (
        "没有计入人均的成员，没有需要计算的收入和财产，不作比较。"
        if not counted
        else f"收入信息{'齐全，可以比较' if unit['income_assessable'] else '不齐全，不能据此断定低于标准'}；"
        f"财产信息{'齐全，可以比较' if unit['assets_assessable'] else '不齐全，不能据此断定没有财产'}。"
    )
    nothing = "所需来源都按时收到，成年成员都有有效授权。" if counted else "各来源都按时收到。"
    first: Block = Listing(tuple(told)) if told else Paragraph(nothing)
    return Section("没有查到或没有查询的信息", (first, Paragraph(conclusion)))


def _unsigned(facts: Facts, vocabulary: Vocabulary) -> list[str]:
    """Return which adults did not sign; people of a one-person cover's booklet are told as a number, not by name."""
    missing = [
        member
        for member in facts.members
        if is_adult(member) and not member["is_dead"] and member["person_id"] not in facts.authorized
    ]
    own = [words.clean(member["name"]) or "姓名未登记" for member in missing if member["in_household"]]
    beside = len(missing) - len(own)
    whose = [
        *(["、".join(own)] if own else []),
        *([f"计算时一并计入的同户家人中，另有{beside}名成年人"] if beside else []),
    ]
    gated = "、".join(words.source(vocabulary, name) for name in sorted(facts.gated))
    return [f"{who}没有有效授权，没有查询其{gated}。补签授权书后可以补查。" for who in whose]


def _short_of(facts: Facts, vocabulary: Vocabulary) -> list[str]:
    """Return sources that came in time and yet do not cover the window of those who count.

    A gated source is also missing where a counted adult did not sign (sql/means/assessable.sql); that is another reason.
    """
    counted = [member for member in facts.members if member["counted"]]
    if not counted or not facts.household["counted_members"]:
        return []
    asked = not any(is_adult(member) and member["person_id"] not in facts.authorized for member in counted)
    fresh = {row["source"] for row in facts.sources if row["state"] == "fresh"}
    return [
        f"{words.source(vocabulary, name)}：按时收到，但还没有覆盖近12个月的每一个月。"
        for name in facts.household["sources_missing"] or ()
        if name in fresh and (asked or name not in facts.gated)
    ]


def objection(facts: Facts, chosen: Objection) -> Section:
    """Return how, where and by when the family can object, and what an objection does."""
    where = (
        words.clean_long(chosen.contact)
        or f"{facts.household['township'] or '户籍所在地乡镇（街道）'}社会救助服务窗口，或提出申请的村（居）委会"
    )
    rows = (
        (
            "怎样提出",
            "说明哪一项不对、为什么不对；可以请家人或村（居）干部帮助。有证明材料的，请一并带上。",
        ),
        ("向谁提出", where),
        ("什么时候", _deadline(facts, chosen)),
        (
            "提出以后",
            "有异议的事项由工作人员复核，登记为有异议后最多按黄色显示；复核确属差错的，改正后不再出现。",
        ),
        (
            "对决定不服",
            "本报告只是线索，不是决定：没有人只因为它而享受或失去救助。收到停发、减发等正式决定后不服的，可以依法申请行政复议或者提起行政诉讼（《社会救助暂行办法》第六十五条）。",
        ),
        ("签收", "本人已收到本报告。签名：＿＿＿＿＿＿＿＿　　收到日期：＿＿＿＿年＿＿月＿＿日"),
    )
    return Section("如有不同意见", (Pairs(rows),), together=True)


def manifest(facts: Facts) -> Section:
    """Return the versions behind the night: whoever has them can make every figure again."""
    run = facts.run
    rows = (
        ("核对日", words.day(run["night"])),
        ("适用政策", f"{facts.county or ''}（{run['place']}），版本{short(run['policy_digest'])}"),
        ("程序", f"hedui {run['version']}，代码{short(run['code_digest'])}，依赖{short(run['lock_digest'])}"),
        ("身份比对模型", f"{run['model_version']}，{short(run['model_digest'])}"),
        ("收到的数据", f"{short(run['landing_digest'])}，格式说明{short(run['layout_digest'])}"),
        ("此前的状态", f"{short(run['state_digest'])}，人工决定记录至第{run['ledger_seq']}号"),
        ("结果", short(run["digest"])),
    )
    columns = (Column("来源文件", 5), Column("数据日期", 2), Column("校验码", 2))
    files = tuple(
        (words.clean(row["file"]), words.day(row["snapshot_date"]), short(row["sha256"]))
        for row in facts.files
    )
    told = (
        "各项校验码只列前12位，完整的在核对中心的存档清单中。凭这些版本可以原样重新算出本报告的每一个数字。"
    )
    return Section(
        "本次核对的依据版本", (Paragraph(told, "note"), Pairs(rows), Table(columns, files)), together=True
    )


def short(digest: str | None) -> str:
    """Return the beginning of a digest."""
    return digest[:SHORT] if digest else "无"


def deadline(facts: Facts, chosen: Objection) -> str:
    """Return by when to object; left to be filled in where neither the office nor the policy says."""
    figure = facts.figure("objection_days")
    days = chosen.days if chosen.days is not None else figure["value"] if figure else "＿＿"
    return f"请在收到本报告之日起{days}日内"


def _deadline(facts: Facts, chosen: Objection) -> str:
    figure = facts.figure("objection_days")
    if chosen.days is not None:
        basis = "期限由出具报告的单位确定"
    elif figure is not None:
        basis = f"{figure['reference']}{'，示例值' if figure['illustrative'] else ''}"
    else:
        basis = "期限按当地规定，由出具报告的单位填写"
    return f"{deadline(facts, chosen)}提出（按日历日计算；{basis}）。逾期提出的，请向受理单位说明原因。"
