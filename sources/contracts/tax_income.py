"""The contract `tax_income` (税务, 个人所得)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class TaxIncome(pa.DataFrameModel):
    """One row per person, month, item of income and payer."""

    record_no: str = pa.Field(
        title="明细序号",
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
    period: pl.Date = pa.Field(
        metadata={"mask": "keep", "month": True},
        title="税款所属期",
        description="Month of the income, as its first day.",
    )
    income_item: str = pa.Field(
        isin=["wages", "labour", "royalties", "business", "interest", "lease", "transfer", "incidental"],
        title="所得项目",
        description="Item of income.",
        metadata={"mask": "keep"},
    )
    gross_amount: Money = pa.Field(
        title="收入额", description="Gross income, yuan.", metadata={"mask": "keep"}
    )
    tax_amount: Money = pa.Field(
        nullable=True, title="已缴税额", description="Tax paid on it, yuan.", metadata={"mask": "keep"}
    )
    payer_code: str = pa.Field(
        nullable=True, title="扣缴义务人识别号", description="Code of the payer.", metadata={"mask": "drop"}
    )
    payer_name: str = pa.Field(
        nullable=True, title="扣缴义务人名称", description="Name of the payer.", metadata={"mask": "drop"}
    )


CONTRACT = Contract(
    name="tax_income",
    department_zh="税务",
    title_zh="个人所得",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 纳税",
    fresh_for_days=45,
    schema=TaxIncome,
    month_column="period",
)
