"""The first page of a visit: what every household is asked, in the same words, whatever brought the visitor.

Here belong headings, answers offered and their order. Not here: what findings ask (the second page comes
from the database), cells and looks of a workbook.
"""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form.

    ``field`` is the column of the printed frame that fills it, empty where the visitor does; ``choices``
    makes a drop-down; ``number`` and ``date`` refuse anything else; ``width`` is in characters.
    """

    heading: str
    width: float
    field: str = ""
    kind: Literal["text", "choice", "number", "date"] = "text"
    choices: tuple[str, ...] = ()
    hint: str = ""


def _choice(heading: str, width: float, *choices: str) -> Column:
    return Column(heading, width, kind="choice", choices=choices)


CODE: Final = Column("回收码", 17, field="visit_code")
NUMBER: Final = Column("序号", 5, field="place")
CONTACT: Final = Column("联系人", 10, field="name")

FIRST_PAGE: Final = (
    CODE,
    NUMBER,
    CONTACT,
    Column("公民身份号码", 21, field="id_number"),
    Column("住址", 28, field="address"),
    Column("联系电话", 14, field="phone"),
    Column("入户日期", 12, kind="date", hint="按 2022-01-15 的样子填写"),
    _choice("入户结果", 10, "已入户", "无人在家", "已搬离", "拒绝", "查无此户"),
    _choice("受访人", 10, "联系人本人", "配偶", "子女", "父母", "其他亲属", "邻居", "村居干部"),
    Column("现住人数", 7, kind="number", hint="现在实际住在一起的人数"),
    Column("现住人员(关系、年龄)", 20),
    Column("在工作人数", 7, kind="number", hint="目前有劳动收入的人数"),
    _choice("主要生活来源", 10, "务工", "务农", "经营", "养老金", "亲属给付", "救助补贴", "其他", "不愿回答"),
    _choice("住房", 9, "自有", "租赁", "借住", "公租房", "其他", "不愿回答"),
    _choice("住房状况", 9, "良好", "一般", "较差", "危险"),
    _choice("交通工具", 12, "无", "电动车或摩托车", "汽车", "农用或营运车辆", "其他", "不愿回答"),
    _choice("长期看病吃药", 9, "无", "有", "不愿回答"),
    _choice("已享受救助", 9, "无", "有", "不清楚", "不愿回答"),
    Column("救助名称", 13),
    Column("最需要的帮助", 14),
    Column("备注", 12),
    Column("受访人签名", 10),
    Column("入户人一签名", 10),
    Column("入户人二签名", 10),
)

SECOND_PAGE: Final = (
    CODE,
    Column("村(社区)", 16, field="village_name"),
    NUMBER,
    CONTACT,
    Column("问题", 60, field="question"),
    Column("回答", 50),
    _choice("出示材料", 10, "已出示", "未出示", "不需要", "不愿出示"),
    Column("备注", 20),
)

PRINT_NOTE: Final = "内部资料 专人保管 用后交回"

INSTRUCTIONS: Final = (
    "每个村(社区)一张表。首页对每一户问题相同,逐户填写:灰格已经印好,白格由入户人填写,带箭头的格从列表中选。",
    "入户须两人同行。首页填完,受访人和两名入户人签名后,再打开第二页。",
    "打开第二页:右键点任一工作表标签,选“取消隐藏”,再选“第二页”。每一户都有第二页,问题多少与任何结论无关。",
    "无人在家、已搬离、拒绝,也请填入户日期和入户结果;不向邻居透露来意。",
    "回收码把答案带回原处,请勿改动。联系人去世或有误的,填在备注。",
    "表中号码已遮盖,只用于当面核对证件。",
)
