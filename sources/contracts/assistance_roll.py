"""The contract `assistance_roll` (民政, 救助台账)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class AssistanceRoll(pa.DataFrameModel):
    """One row per person, case and programme."""

    record_no: str = pa.Field(
        title="台账流水号",
        description="The department's own serial number, unique in one snapshot.",
        metadata={"mask": "pseudonym:record"},
    )
    case_no: str = pa.Field(
        title="户编号", description="Number of the case.", metadata={"mask": "pseudonym:case"}
    )
    program: str = pa.Field(
        isin=[
            "dibao",
            "tekun",
            "marginal",
            "rigid_expenditure",
            "temporary_relief",
            "orphan",
            "unsupported_child",
            "disability_living",
            "disability_nursing",
            "elder_allowance",
            "medical_assistance",
        ],
        title="救助类别",
        description="Programme of assistance.",
        metadata={"mask": "keep"},
    )
    status: str = pa.Field(
        isin=["applying", "active", "tapering", "suspended", "ended"],
        title="保障状态",
        description="State of the case for this person.",
        metadata={"mask": "keep"},
    )
    role: str = pa.Field(
        isin=["applicant", "member", "supporter"],
        title="人员类型",
        description="Applicant, member who shares the home, or legal supporter living apart.",
        metadata={"mask": "keep"},
    )
    relation: str = pa.Field(
        isin=["01", "10", "20", "30", "40", "50", "60", "70", "90"],
        title="与申请人关系",
        description="Relation to the applicant, GB/T 4761.",
        metadata={"mask": "keep"},
    )
    id_number: str = pa.Field(
        nullable=True,
        title="公民身份号码",
        description="Identity number as delivered; may be damaged.",
        metadata={"mask": "number6"},
    )
    name: str = pa.Field(
        nullable=True, title="姓名", description="Name as delivered.", metadata={"mask": "surname"}
    )
    phone: str = pa.Field(
        nullable=True, title="联系电话", description="Telephone number.", metadata={"mask": "drop"}
    )
    address: str = pa.Field(
        nullable=True, title="家庭住址", description="Address of the home.", metadata={"mask": "drop"}
    )
    division_code: str = pa.Field(
        title="行政区划代码", description="12-digit statistical division code.", metadata={"mask": "division"}
    )
    covered: bool = pa.Field(
        title="是否保障对象", description="Whether this person is a beneficiary.", metadata={"mask": "keep"}
    )
    monthly_amount: Money = pa.Field(
        title="月救助金额", description="This person's share, yuan a month.", metadata={"mask": "keep"}
    )
    declared_monthly_income: Money = pa.Field(
        nullable=True,
        title="月申报收入",
        description="Income that the person declared, yuan a month.",
        metadata={"mask": "keep"},
    )
    start_date: pl.Date = pa.Field(
        title="享受起始日期", description="First day of the assistance.", metadata={"mask": "keep"}
    )
    end_date: pl.Date = pa.Field(
        nullable=True,
        title="享受终止日期",
        description="Last day of the assistance.",
        metadata={"mask": "keep"},
    )
    status_since: pl.Date = pa.Field(
        title="状态变更日期", description="Day since which the status holds.", metadata={"mask": "keep"}
    )
    last_reviewed: pl.Date = pa.Field(
        nullable=True, title="最近复核日期", description="Day of the last review.", metadata={"mask": "keep"}
    )
    authorized_on: pl.Date = pa.Field(
        nullable=True,
        title="授权签署日期",
        description="Day the authorization was signed.",
        metadata={"mask": "keep"},
    )
    authorized_until: pl.Date = pa.Field(
        nullable=True,
        title="授权到期日期",
        description="Day the authorization ends; null: no end, unless `unreadable` names it.",
        metadata={"mask": "keep"},
    )
    relative_of_official: bool = pa.Field(
        nullable=True,
        title="是否经办人员近亲属",
        description="Whether the person is a close relative of an official.",
        metadata={"mask": "keep"},
    )


CONTRACT = Contract(
    name="assistance_roll",
    department_zh="民政",
    title_zh="救助台账",
    legal_basis="《社会救助暂行办法》(国务院令第649号); 《最低生活保障审核确认办法》(民发〔2021〕57号)",
    fresh_for_days=7,
    schema=AssistanceRoll,
    may_be_empty=False,
    opening=("authorized_until",),
)
