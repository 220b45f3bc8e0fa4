"""The contract `business_registrations` (市场监管, 市场主体登记)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class BusinessRegistrations(pa.DataFrameModel):
    """One row per role of a person in an entity."""

    record_no: str = pa.Field(
        title="序号",
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
    entity_code: str = pa.Field(
        title="统一社会信用代码",
        description="Unified social credit code, GB 32100.",
        metadata={"mask": "drop"},
    )
    entity_name: str = pa.Field(
        nullable=True, title="名称", description="Name of the entity.", metadata={"mask": "drop"}
    )
    entity_type: str = pa.Field(
        isin=["company", "sole_trader", "cooperative"],
        title="主体类型",
        description="Type of the entity.",
        metadata={"mask": "keep"},
    )
    role: str = pa.Field(
        isin=["legal_representative", "shareholder", "operator"],
        title="人员类型",
        description="Role of the person.",
        metadata={"mask": "keep"},
    )
    subscribed_capital: Money = pa.Field(
        nullable=True, title="认缴出资额", description="Capital subscribed, yuan.", metadata={"mask": "keep"}
    )
    status: str = pa.Field(
        isin=["operating", "deregistered", "revoked"],
        title="状态",
        description="State of the entity.",
        metadata={"mask": "keep"},
    )
    registered_on: pl.Date = pa.Field(
        nullable=True, title="成立日期", description="Day of registration.", metadata={"mask": "keep"}
    )
    deregistered_on: pl.Date = pa.Field(
        nullable=True, title="注销日期", description="Day of deregistration.", metadata={"mask": "keep"}
    )


CONTRACT = Contract(
    name="business_registrations",
    department_zh="市场监管",
    title_zh="市场主体登记",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 市场主体",
    fresh_for_days=45,
    schema=BusinessRegistrations,
)
