"""The contract `public_payroll` (财政, 财政供养人员)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class PublicPayroll(pa.DataFrameModel):
    """One row per post."""

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
    unit_name: str = pa.Field(
        nullable=True, title="单位", description="Name of the employing unit.", metadata={"mask": "drop"}
    )
    post_type: str = pa.Field(
        nullable=True,
        isin=["civil_servant", "institution", "public_welfare", "contract", "retired"],
        title="岗位类型",
        description="Type of the post.",
        metadata={"mask": "keep"},
    )
    from_date: pl.Date = pa.Field(
        nullable=True, title="任职日期", description="First day in the post.", metadata={"mask": "keep"}
    )
    monthly_salary: Money = pa.Field(
        nullable=True, title="月工资", description="Salary, yuan a month.", metadata={"mask": "keep"}
    )
    status: str = pa.Field(
        isin=["in_post", "left"], title="在岗状态", description="In post, or left.", metadata={"mask": "keep"}
    )


CONTRACT = Contract(
    name="public_payroll",
    department_zh="财政",
    title_zh="财政供养人员",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 财政供养",
    fresh_for_days=45,
    schema=PublicPayroll,
)
