"""The contract `marriages` (民政婚姻登记, 婚姻登记)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Seat


class Marriages(pa.DataFrameModel):
    """One row per event."""

    record_no: str = pa.Field(
        title="登记编号",
        description="The department's own serial number, unique in one snapshot.",
        metadata={"mask": "pseudonym:record"},
    )
    id_number_a: str = pa.Field(
        nullable=True,
        title="甲方证件号",
        description="Identity number of the first party as delivered.",
        metadata={"mask": "number6"},
    )
    name_a: str = pa.Field(
        nullable=True,
        title="甲方姓名",
        description="Name of the first party as delivered.",
        metadata={"mask": "surname"},
    )
    id_number_b: str = pa.Field(
        nullable=True,
        title="乙方证件号",
        description="Identity number of the second party as delivered.",
        metadata={"mask": "number6"},
    )
    name_b: str = pa.Field(
        nullable=True,
        title="乙方姓名",
        description="Name of the second party as delivered.",
        metadata={"mask": "surname"},
    )
    event: str = pa.Field(
        isin=["marriage", "divorce"],
        title="业务类型",
        description="Marriage or divorce.",
        metadata={"mask": "keep"},
    )
    event_date: pl.Date = pa.Field(
        title="登记日期", description="Day of the event.", metadata={"mask": "keep"}
    )


CONTRACT = Contract(
    name="marriages",
    department_zh="民政婚姻登记",
    title_zh="婚姻登记",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 婚姻登记",
    fresh_for_days=100,
    schema=Marriages,
    seats=(Seat("id_number_a", "name_a"), Seat("id_number_b", "name_b")),
)
