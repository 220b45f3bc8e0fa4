"""The contract `deaths` (民政殡葬、卫健, 死亡人员)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract


class Deaths(pa.DataFrameModel):
    """One row per death."""

    record_no: str = pa.Field(
        title="编号",
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
    died_on: pl.Date = pa.Field(title="死亡日期", description="Day of the death.", metadata={"mask": "month"})
    evidence: str = pa.Field(
        nullable=True,
        isin=["cremation", "medical_certificate"],
        title="证明类型",
        description="What the report rests on.",
        metadata={"mask": "keep"},
    )


CONTRACT = Contract(
    name="deaths",
    department_zh="民政殡葬、卫健",
    title_zh="死亡人员",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 死亡信息",
    fresh_for_days=7,
    schema=Deaths,
)
