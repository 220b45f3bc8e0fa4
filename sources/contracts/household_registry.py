"""The contract `household_registry` (公安, 户籍)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract


class HouseholdRegistry(pa.DataFrameModel):
    """One row per person registered in a household booklet."""

    record_no: str = pa.Field(
        title="户籍流水号",
        description="The department's own serial number, unique in one snapshot.",
        metadata={"mask": "pseudonym:record"},
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
    former_name: str = pa.Field(
        nullable=True, title="曾用名", description="Name before a change of name.", metadata={"mask": "drop"}
    )
    sex: str = pa.Field(
        isin=["male", "female"],
        title="性别",
        description="Sex; taken from a valid number where unreadable.",
        metadata={"mask": "keep"},
    )
    birth_date: pl.Date = pa.Field(
        title="出生日期",
        description="Date of birth; taken from a valid number where unreadable.",
        metadata={"mask": "birth_year"},
    )
    ethnicity: str = pa.Field(
        nullable=True, title="民族", description="Ethnicity as delivered.", metadata={"mask": "common"}
    )
    household_no: str = pa.Field(
        title="户号", description="Number of the household booklet.", metadata={"mask": "pseudonym:booklet"}
    )
    relation: str = pa.Field(
        isin=["01", "10", "20", "30", "40", "50", "60", "70", "90"],
        title="与户主关系",
        description="Relation to the head of the booklet, GB/T 4761.",
        metadata={"mask": "keep"},
    )
    marital_status: str = pa.Field(
        nullable=True,
        isin=["single", "married", "widowed", "divorced"],
        title="婚姻状况",
        description="Marital status as registered.",
        metadata={"mask": "keep"},
    )
    hukou_type: str = pa.Field(
        nullable=True,
        isin=["rural", "urban"],
        title="户口性质",
        description="Rural or urban registration.",
        metadata={"mask": "keep"},
    )
    division_code: str = pa.Field(
        title="行政区划代码", description="12-digit statistical division code.", metadata={"mask": "division"}
    )
    address: str = pa.Field(title="住址", description="Registered address.", metadata={"mask": "drop"})
    status: str = pa.Field(
        isin=["normal", "moved_out", "death_cancelled", "other_cancelled"],
        title="人员状态",
        description="State of the registration.",
        metadata={"mask": "keep"},
    )
    status_date: pl.Date = pa.Field(
        nullable=True,
        title="状态日期",
        description="Day since which the status holds.",
        metadata={"mask": "month"},
    )


CONTRACT = Contract(
    name="household_registry",
    department_zh="公安",
    title_zh="户籍",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 户籍",
    fresh_for_days=14,
    schema=HouseholdRegistry,
    may_be_empty=False,
)
