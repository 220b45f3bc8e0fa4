"""The contract `inmates` (司法, 服刑、强戒人员)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract


class Inmates(pa.DataFrameModel):
    """One row per sentence."""

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
    from_date: pl.Date = pa.Field(
        title="起始日期", description="First day in custody.", metadata={"mask": "keep"}
    )
    to_date: pl.Date = pa.Field(
        nullable=True,
        title="截止日期",
        description="Last day in custody; null: open.",
        metadata={"mask": "keep"},
    )
    kind: str = pa.Field(
        isin=["prison", "compulsory_rehabilitation"],
        title="类别",
        description="Kind of custody.",
        metadata={"mask": "keep"},
    )


CONTRACT = Contract(
    name="inmates",
    department_zh="司法",
    title_zh="服刑、强戒人员",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 服刑",
    fresh_for_days=14,
    schema=Inmates,
)
