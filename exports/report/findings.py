"""The chapters on findings: what was compared, by what law, how sure, and what would make each green.

The night's own sentences, taken apart for reading; nothing is judged anew. Here belongs what of them is left out because
it is somebody else's. Not here: how a card looks.
"""

import json
from decimal import Decimal
from typing import Final

from exports.report import words
from exports.report.facts import Facts, Row
from exports.report.model import Block, Card, Colour, Paragraph, Section
from exports.report.words import Vocabulary

_LABELS: Final = {
    "compared": "查到的情况", "sources": "依据的数据", "line": "对照的标准", "basis": "政策依据", "identity": "是否确定是本人",
    "missing": "数据是否齐全", "lowered": "为什么只按黄色",
}  # fmt: skip
_GROUPS: Final = (
    (
        ("exclusion", "data"),
        "需要核实的事项",
        "以下各项只是线索，由工作人员核实后才有结论；没有人只因为本报告而享受或失去救助。",
    ),
    (
        ("omission",),
        "可能应当享受、还没有享受的帮助",
        "以下帮助需要本人提出申请或同意，可以向村（居）委会或乡镇（街道）社会救助窗口咨询。",
    ),
    (("care",), "需要关心和探访的情况", "以下情况不影响任何待遇，只用来安排探访和帮助。"),
)
_RECORDED: Final = ("只作备案的情况", "以下情况只供工作人员备查，不影响颜色。")
_HELD: Final = (
    "因数据突变暂缓使用的事项",
    "所依据的数据量或发现的项数与以前相比变化过大，先要由工作人员确认；确认之前，以下各项不使用，不影响颜色。",
)
_DONE: Final = ("已经了结的事项", "以下各项已不再成立或已核实排除，不影响颜色，列出只供核对。")
_EVERYBODY: Final = ("assistance_roll", "household_registry", "marriages")
"""Sources that speak of every household: whose rows these are tells nothing."""
SUPPORTER: Final = "义务人本人的收入信息只用于测算，不在此列出。"
UNSURE: Final = "有记录是否属于本户尚待人工确认。如果不是您家的，请直接告诉工作人员。"


def findings(facts: Facts, vocabulary: Vocabulary) -> Section:
    """Return every finding of the household as a card."""
    live = [row for row in facts.findings if is_live(row) and not is_held(row)]
    recorded = [row for row in live if row["severity"] is None and row["kind"] != "care"]
    groups = [
        (heading, meaning, [row for row in live if row["kind"] in kinds and row not in recorded])
        for kinds, heading, meaning in _GROUPS
    ]
    groups += [
        (*_RECORDED, recorded),
        (*_HELD, [row for row in facts.findings if is_held(row)]),
        (*_DONE, [row for row in facts.findings if not is_live(row)]),
    ]
    told: list[Block] = []
    for heading, meaning, rows in groups:
        if rows:
            cards = [card_of(facts, row, vocabulary) for row in rows]
            told += [Paragraph(f"{heading}（{len(cards)}项）", "strong"), Paragraph(meaning, "note"), *cards]
    return Section("核对发现", tuple(told) or (Paragraph("这一晚没有发现需要核实的事项。"),))


def card_of(facts: Facts, finding: Row, vocabulary: Vocabulary) -> Card:
    """Return one finding, taken apart."""
    first, *rest = _parts(facts, finding, vocabulary)
    rows = [("关于", _about(facts, finding, vocabulary)), first]
    holders = holders_of(facts, finding)
    if holders:
        rows.append(("记录在谁名下", holders))
    if rests_on_review(finding):
        rows.append(("请注意", UNSURE))
    rows.append((green_label(finding), f"{green(finding)}。"))
    if is_held(finding):
        rows.append(("接下来", "先由工作人员确认数据突变，再定是否需要核实。"))
    elif finding["suggested_step"]:
        rows.append(("接下来", f"{words.STEPS.get(finding['suggested_step'], '由工作人员核实')}。"))
    rows += [*rest, ("办理情况", _state(finding))]
    return Card(
        colour_of(finding),
        word_of(finding),
        words.title(finding["rule_id"], finding["title_zh"]),
        tuple(rows),
    )


def green(finding: Row) -> str:
    """Return what would make a finding green."""
    return words.softer(words.clean_long(finding["green_if_zh"])).rstrip("。")


def green_label(finding: Row) -> str:
    """Return how that is announced: care ends, everything else turns green."""
    return "何时不再提示" if finding["kind"] == "care" or finding["severity"] is None else "怎样变为绿色"


def compared(facts: Facts, finding: Row) -> str:
    """Return what was compared, without what is a supporter's own."""
    if finding["rule_id"] == "X15":
        return _support(facts)
    return words.softer(words.clean_long(finding["explanation"]["compared"]))


def colour_of(finding: Row) -> Colour:
    """Return the colour a finding gives; none when it colours nothing."""
    if not is_live(finding) or is_held(finding) or finding["severity"] is None:
        return "none"
    if finding["status"] == "contested" or finding["severity"] == "yellow":
        return "yellow"
    return "red"


def word_of(finding: Row) -> str:
    """Return the colour in a word; of what is held that it is."""
    if is_held(finding):
        return "暂缓使用"
    return words.COLOURS.get(colour_of(finding), "不计颜色")


def is_live(finding: Row) -> bool:
    """Tell whether a finding stands: neither cleared nor refuted."""
    return finding["status"] not in ("cleared", "refuted")


def is_held(finding: Row) -> bool:
    """Tell whether a finding that stands is held for a jump (docs/rules.md): it colours nothing until that is accepted."""
    return is_live(finding) and finding["held_why"] is not None


def rests_on_review(finding: Row) -> bool:
    """Tell whether a row it rests on waits for a clerk to say whose it is."""
    return any(fact.get("decision") == "review" for fact in evidence_of(finding))


def evidence_of(finding: Row) -> list[Row]:
    """Return the rows a finding rests on."""
    loaded: list[Row] = json.loads(finding["evidence"] or "[]")
    return loaded


def holders_of(facts: Facts, finding: Row) -> str:
    """Return the members whose rows a household's finding rests on, the roll and the registry apart; else nothing."""
    if finding["person_id"] or finding["rule_id"] == "X15" or len(facts.own) == 1:
        return ""
    rested = {(fact["source"], fact["record_no"]) for fact in evidence_of(finding)}
    found = {
        link["person_id"]
        for link in facts.links
        if link["decision"] == "linked" and link["source"] not in _EVERYBODY
        for record in link["record_nos"]
        if (link["source"], record) in rested
    }
    return "、".join(words.clean(name) for person, name in facts.names.items() if person in found)


def _parts(facts: Facts, finding: Row, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return the parts by what they are called; of what no longer fires there is one alone."""
    told: Row = finding["explanation"]
    texts = {"compared": compared(facts, finding), "sources": _sources(facts, finding, vocabulary)}
    texts |= {name: told[name] for name in ("line", "basis", "identity", "missing", "lowered")}
    return [
        (_LABELS[name], _ended(words.softer(words.clean_long(text)))) for name, text in texts.items() if text
    ]


def _sources(facts: Facts, finding: Row, vocabulary: Vocabulary) -> str:
    """Return what each source said, but for what a gated one says in rows that are not surely the household's own."""
    cited: list[Row] = finding["explanation"]["sources"] or []
    if cited and finding["rule_id"] == "X15":
        return SUPPORTER
    own = {
        (link["source"], record)
        for link in facts.links
        if link["decision"] == "linked"
        for record in link["record_nos"]
    }
    foreign = {
        fact["source"]
        for fact in evidence_of(finding)
        if fact["source"] in facts.gated and (fact["source"], fact["record_no"]) not in own
    }
    told = [each["said"] for each in cited if each["source"] not in foreign]
    called = (vocabulary["sources"].get(name, {}).get("zh", name) for name in sorted(foreign))
    told += [f"{name}：其他人员或归属待确认的记录，内容不列出" for name in called]
    return "".join(f"{each}。" for each in told)


def _support(facts: Facts) -> str:
    amounts = [row["amount"] for row in facts.ledger if row["item"] == "support"]
    sums = words.money(max(amounts, default=Decimal(0)))
    return f"案中登记有不同住的法定义务人。按当地规定测算，义务人合计每月应承担赡养费{sums}。应核实义务人实际能力和履行情况。"


def _about(facts: Facts, finding: Row, vocabulary: Vocabulary) -> str:
    person = finding["person_id"]
    who = words.clean(facts.names.get(person)) or "家庭成员" if person else "全户"
    program = words.code(vocabulary, finding["program"])
    return f"{who}；{program}" if program else who


def _state(finding: Row) -> str:
    state = words.STATUSES.get(finding["status"], finding["status"])
    held = "；因数据突变暂缓使用" if is_held(finding) else ""
    since = f"；{words.day(finding['first_seen'])}首次出现" if finding["first_seen"] else ""
    return f"{state}{since}{held}。规则编号{finding['rule_id']}（第{finding['version']}版）。"


def _ended(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"
