"""The contract `poverty_monitoring` (乡村振兴, 防止返贫监测)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract


class PovertyMonitoring(pa.DataFrameModel):
    """One row per person monitored."""

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
    monitored_household: str = pa.Field(
        nullable=True,
        title="监测户编号",
        description="Number of the monitored household.",
        metadata={"mask": "pseudonym:monitored"},
    )
    kind: str = pa.Field(
        isin=["unstable", "marginal", "sudden_hardship"],
        title="监测对象类型",
        description="Why the household is monitored.",
        metadata={"mask": "keep"},
    )
    identified_on: pl.Date = pa.Field(
        title="识别时间", description="Day the household was identified.", metadata={"mask": "keep"}
    )
    removed_on: pl.Date = pa.Field(
        nullable=True,
        title="风险消除时间",
        description="Day the risk was gone; null: still monitored.",
        metadata={"mask": "keep"},
    )


CONTRACT = Contract(
    name="poverty_monitoring",
    department_zh="乡村振兴",
    title_zh="防止返贫监测",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 防止返贫监测",
    fresh_for_days=100,
    schema=PovertyMonitoring,
)
