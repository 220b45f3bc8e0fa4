"""How a value is said to a family: dates, amounts, masked numbers, codes in plain Chinese.

Here belong words and masks. Not here: the vocabulary that explanations share (it is handed in), sentences of chapters.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

Vocabulary = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Sections (sources, codes, ...), code, words by language: the one vocabulary of the explanations."""

LONGEST: Final = 200
NUMBER: Final = re.compile(r"([0-9]{6})[0-9]{5,9}([0-9]{3}[0-9Xx])")
HIDDEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]+")

COLOURS: Final = {"red": "红色", "yellow": "黄色", "green": "绿色"}
STATES: Final = {"fresh": "按时收到", "stale": "已逾期，可能不是最新情况", "absent": "没有收到"}
ROLES: Final = {
    "applicant": "申请人", "member": "家庭成员", "spouse": "配偶", "child": "未成年子女", "head": "户主",
    "booklet": "同户家人",
}  # fmt: skip
RELATIONS: Final = {
    "01": "本人", "10": "配偶", "20": "儿子", "30": "女儿", "40": "孙辈", "50": "父母", "60": "祖辈", "70": "兄弟姐妹",
    "90": "其他",
}  # fmt: skip
SEXES: Final = {"male": "男", "female": "女"}
UNCOUNTED: Final = {
    "dead": "不计入：登记为已去世",
    "custody": "暂不计入：司法部门登记其目前不在家中生活（《最低生活保障审核确认办法》第七条）",
    "not_normal": "不计入：户口已迁出或注销",
}
STATUSES: Final = {
    "open": "等待核实", "notified": "已告知", "answer_window": "等待答复", "confirmed": "已核实，情况属实",
    "refuted": "已核实排除", "contested": "已提出异议，正在复核", "cleared": "已不再成立",
}  # fmt: skip
USAGES: Final = {
    "residential": "住宅", "homestead": "宅基地（含其上房屋）", "commercial": "商业用房", "garage": "车库", "other": "其他用房",
}  # fmt: skip
STEPS: Final = {
    "verify_at_home": "工作人员上门核实", "stop_payment_check": "先核对清楚，再决定是否调整发放", "taper": "按渐退办理，逐步调整",
    "reassess": "按实际情况重新核算", "visit": "上门探访", "visit_urgently": "尽快上门了解并帮助",
    "invite_to_apply": "邀请提出申请", "authorize": "补签核对授权书",
    "verify_identity": "核对身份", "offer_work": "了解就业意愿，提供帮助",
}  # fmt: skip
# A finding is something to be checked, never a reproach: what the family reads as its heading.
TITLES: Final = {
    "X01": "去世家人的待遇", "X02": "不在家中生活期间的待遇", "X03": "家庭收入与标准的比较", "X04": "存款和金融产品",
    "X05": "家庭名下的车辆", "X06": "住房的套数", "X07": "商业用房", "X08": "新登记的住房", "X09": "工商登记",
    "X10": "财政供养岗位", "X11": "单位缴纳社会保险与申报收入", "X12": "同时享受的救助项目", "X13": "户口状态",
    "X14": "配偶的登记", "X15": "法定义务人的赡养能力", "X16": "渐退期限", "X17": "高龄津贴的年龄", "X18": "儿童保障的年龄",
    "X19": "残疾人证的状态", "X20": "救助金额的核算",
    "O01": "重度残疾人护理补贴", "O02": "困难残疾人生活补贴", "O03": "重残人员的低保", "O04": "高额医疗费用的救助",
    "O05": "刚性支出困难的救助", "O06": "防返贫监测户的低保", "O07": "孤儿和无人抚养儿童的保障", "O08": "特困人员救助供养",
    "O09": "高龄津贴", "O10": "多次临时救助之后的帮助", "O11": "退出低保之后的困难", "O12": "重残人员单独申请低保",
    "O13": "家人一并纳入保障",
    "C01": "特困供养人员的探访", "C02": "重度残疾人员的探访", "C03": "留守儿童的探访", "C04": "独居老人的探访",
    "C05": "生病家人的关心", "C06": "就业帮扶",
    "P01": "核对授权", "P02": "备案的近亲属（不影响颜色）", "P03": "定期复核", "P04": "重新认定", "P05": "联系电话",
    "P06": "身份的确认",
}  # fmt: skip
# Words of an office that suspects, and those that shame a family on its own paper: the file keeps both.
_SOFTER: Final = (
    ("殡葬和卫健死亡信息", "殡葬和卫健信息"), ("死亡", "去世"),
    ("疑点数", "发现项数"),
    ("这不是疑点，不影响颜色", "这不影响颜色"), ("不作为疑点依据", "不作为依据"), ("疑似", "可能"), ("疑点", "需要核实的事项"),
    ("未申报就业", "就业而未登记"),
    ("服刑强戒信息", "司法部门信息"), ("（服刑）", ""), ("（强制隔离戒毒）", ""),
    ("核对日不在服刑或强制隔离戒毒期间", "核对日在家中生活"),
    ("刑期或强戒期已满", "已回家中生活"), ("服刑强戒期间除外", "暂不在家中生活的除外"),
    ("父母服刑月数", "父母不在家中生活月数"),
    ("在服刑或强戒", "不在家中生活"), ("强制隔离戒毒", "不在家中生活"), ("：服刑", "：不在家中生活"), ("；服刑", "；不在家中生活"),
)  # fmt: skip
_TERM: Final = re.compile(r"服刑强戒([0-9]+个月以上)")


def day(value: date | None, unknown: str = "未写明") -> str:
    """Return a date as it is read aloud."""
    return f"{value.year}年{value.month}月{value.day}日" if value else unknown


def month(value: date) -> str:
    """Return a month as it is read aloud."""
    return f"{value.year}年{value.month}月"


def money(amount: Decimal | None, unknown: str = "未提供") -> str:
    """Return an amount in yuan, thousands separated."""
    return unknown if amount is None else f"{amount:,.2f}元"


def clean(text: str | None) -> str:
    """Return delivered text that does no harm: no controls or direction marks, no full number, of bounded length."""
    shown = clean_long(text)
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "…"


def clean_long(text: str | None) -> str:
    """Return the same of whatever length."""
    shown = HIDDEN.sub(" ", text or "").strip()
    return NUMBER.sub(r"\1********\2", _ascii_digits(shown))


def masked(number: str | None) -> str:
    """Return an identity number as first 6, stars, last 4; nothing else of it is ever printed."""
    return f"{number[:6]}********{number[-4:]}" if number and len(number) == 18 else "未登记"


def tail(text: str | None) -> str:
    """Return the last four letters or digits of a plate, account or certificate: enough to know one's own."""
    kept = re.findall(r"[0-9A-Za-z]", text or "")
    return f"尾号{''.join(kept[-4:])}" if len(kept) >= 4 else "号码未提供"


def softer(text: str) -> str:
    """Return a sentence of the night without the words of an office that suspects."""
    for word, instead in _SOFTER:
        text = text.replace(word, instead)
    return _TERM.sub(r"不在家中生活\1", text)


def title(rule_id: str, fallback: str) -> str:
    """Return what a finding of this rule is called on paper."""
    return TITLES.get(rule_id, softer(fallback))


def code(vocabulary: Vocabulary, word: str | None) -> str:
    """Return a code in words; empty for none."""
    if not word:
        return ""
    return str(vocabulary["codes"].get(word, {}).get("zh", OTHERS.get(word, word)))


def named(vocabulary: Vocabulary, section: str, code: str | None) -> str:
    """Return a code of another section in words; the code itself where it has none."""
    return str(vocabulary.get(section, {}).get(code or "", {}).get("zh", code or "未写明"))


def source(vocabulary: Vocabulary, name: str) -> str:
    """Return what a source is called."""
    return softer(str(vocabulary["sources"].get(name, {}).get("zh", name)))


def _ascii_digits(text: str) -> str:
    """Full-width digits are digits: a number written in them is one too."""
    return text.translate({0xFF10 + n: str(n) for n in range(10)})


OTHERS: Final = {
    "demand": "活期", "term": "定期", "wealth": "理财", "settlement": "结算户", "securities": "证券", "fund": "基金",
    "commercial_insurance": "商业保险", "normal": "正常", "scrapped": "已报废", "transferred": "已过户", "garage": "车库",
    "other": "其他", "operating": "存续", "deregistered": "已注销", "revoked": "已吊销", "in_post": "在岗", "left": "已离开",
    "valid": "有效", "preschool": "学前", "primary": "小学", "junior": "初中", "senior": "高中", "vocational": "中职",
    "college": "大专", "undergraduate": "本科", "postgraduate": "研究生", "enrolled": "在读", "marriage": "结婚登记",
    "divorce": "离婚登记", "employee_contribution": "职工社会保险缴费", "resident_contribution": "居民社会保险缴费",
    "contribution_base": "单位缴费基数（估计）", "declared": "本人申报（超出已查到的部分）",
    "one_off": "一次性收入",
}  # fmt: skip
