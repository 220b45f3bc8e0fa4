"""The contract `disability_certificates` (残联, 残疾人证)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract


class DisabilityCertificates(pa.DataFrameModel):
    """One row per certificate."""

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
    certificate_no: str = pa.Field(
        nullable=True, title="残疾证号", description="Number of the certificate.", metadata={"mask": "drop"}
    )
    disability_class: str = pa.Field(
        isin=["1", "2", "3", "4", "5", "6", "7"],
        title="残疾类别",
        description="Class 1 to 7, GB/T 26341.",
        metadata={"mask": "keep"},
    )
    disability_level: str = pa.Field(
        isin=["1", "2", "3", "4"],
        title="残疾等级",
        description="Level 1 to 4, 1 the most severe.",
        metadata={"mask": "keep"},
    )
    issued_on: pl.Date = pa.Field(title="发证日期", description="Day of issue.", metadata={"mask": "keep"})
    expires_on: pl.Date = pa.Field(
        nullable=True,
        title="有效期至",
        description="Last day of validity; null: no end.",
        metadata={"mask": "keep"},
    )
    status: str = pa.Field(
        isin=["valid", "cancelled", "frozen"],
        title="证件状态",
        description="State of the certificate.",
        metadata={"mask": "keep"},
    )


CONTRACT = Contract(
    name="disability_certificates",
    department_zh="残联",
    title_zh="残疾人证",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 残疾",
    fresh_for_days=100,
    schema=DisabilityCertificates,
)
