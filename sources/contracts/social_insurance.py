"""The contract `social_insurance` (人社, 社会保险)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class SocialInsurance(pa.DataFrameModel):
    """One row per person, scheme and spell."""

    record_no: str = pa.Field(
        title="个人流水号",
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
    scheme: str = pa.Field(
        isin=[
            "employee_contribution",
            "resident_contribution",
            "employee_pension",
            "resident_pension",
            "unemployment_benefit",
        ],
        title="险种",
        description="Scheme.",
        metadata={"mask": "keep"},
    )
    monthly_amount: Money = pa.Field(
        title="月金额",
        description="Benefit paid, or contribution base, yuan a month.",
        metadata={"mask": "keep"},
    )
    employer_name: str = pa.Field(
        nullable=True, title="单位名称", description="Name of the employer.", metadata={"mask": "drop"}
    )
    from_month: pl.Date = pa.Field(
        metadata={"mask": "keep", "month": True}, title="起始年月", description="First month of the spell."
    )
    to_month: pl.Date = pa.Field(
        nullable=True,
        metadata={"mask": "keep", "month": True},
        title="终止年月",
        description="Last month of the spell; null: runs on.",
    )


CONTRACT = Contract(
    name="social_insurance",
    department_zh="人社",
    title_zh="社会保险",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 社会保险缴纳",
    fresh_for_days=45,
    schema=SocialInsurance,
)
