"""The contract `financial_products` (证券、保险, 金融产品)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class FinancialProducts(pa.DataFrameModel):
    """One row per holding."""

    record_no: str = pa.Field(
        title="流水号",
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
    institution: str = pa.Field(
        nullable=True, title="机构名称", description="Institution that holds it.", metadata={"mask": "drop"}
    )
    kind: str = pa.Field(
        isin=["securities", "fund", "commercial_insurance"],
        title="产品类型",
        description="Kind of the holding.",
        metadata={"mask": "keep"},
    )
    market_value: Money = pa.Field(title="市值", description="Market value, yuan.", metadata={"mask": "keep"})
    as_of: pl.Date = pa.Field(
        nullable=True, title="截止日期", description="Day that the value is of.", metadata={"mask": "keep"}
    )


CONTRACT = Contract(
    name="financial_products",
    department_zh="证券、保险",
    title_zh="金融产品",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 商业保险、证券",
    fresh_for_days=45,
    schema=FinancialProducts,
)
