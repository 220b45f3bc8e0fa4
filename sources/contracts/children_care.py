"""The contract `children_care` (民政, 儿童台账)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Seat


class ChildrenCare(pa.DataFrameModel):
    """One row per child."""

    record_no: str = pa.Field(
        title="编号",
        description="The department's own serial number, unique in one snapshot.",
        metadata={"mask": "pseudonym:record"},
    )
    id_number: str = pa.Field(
        nullable=True,
        title="儿童身份证号",
        description="Identity number of the child as delivered.",
        metadata={"mask": "number6"},
    )
    name: str = pa.Field(
        nullable=True,
        title="儿童姓名",
        description="Name of the child as delivered.",
        metadata={"mask": "surname"},
    )
    kind: str = pa.Field(
        isin=["left_behind", "orphan", "unsupported"],
        title="儿童类别",
        description="Why the child is listed.",
        metadata={"mask": "keep"},
    )
    guardian_id_number: str = pa.Field(
        nullable=True,
        title="监护人身份证号",
        description="Identity number of the guardian as delivered.",
        metadata={"mask": "number6"},
    )
    guardian_name: str = pa.Field(
        nullable=True,
        title="监护人姓名",
        description="Name of the guardian as delivered.",
        metadata={"mask": "surname"},
    )
    identified_on: pl.Date = pa.Field(
        title="认定日期", description="Day the child was listed.", metadata={"mask": "keep"}
    )
    removed_on: pl.Date = pa.Field(
        nullable=True, title="退出日期", description="Day the child left the list.", metadata={"mask": "keep"}
    )


CONTRACT = Contract(
    name="children_care",
    department_zh="民政",
    title_zh="儿童台账",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 困境儿童",
    fresh_for_days=100,
    schema=ChildrenCare,
    seats=(Seat("id_number", "name"), Seat("guardian_id_number", "guardian_name", subject=False)),
)
