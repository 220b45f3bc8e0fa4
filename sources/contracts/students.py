"""The contract `students` (教育, 学籍)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract


class Students(pa.DataFrameModel):
    """One row per enrolment."""

    record_no: str = pa.Field(
        title="学籍流水",
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
    school_name: str = pa.Field(
        nullable=True, title="学校名称", description="Name of the school.", metadata={"mask": "drop"}
    )
    stage: str = pa.Field(
        isin=[
            "preschool",
            "primary",
            "junior",
            "senior",
            "vocational",
            "college",
            "undergraduate",
            "postgraduate",
        ],
        title="学段",
        description="Stage of education.",
        metadata={"mask": "keep"},
    )
    enrolled_on: pl.Date = pa.Field(
        nullable=True, title="入学日期", description="Day of enrolment.", metadata={"mask": "keep"}
    )
    status: str = pa.Field(
        isin=["enrolled", "left"],
        title="学籍状态",
        description="Enrolled, or left.",
        metadata={"mask": "keep"},
    )


CONTRACT = Contract(
    name="students",
    department_zh="教育",
    title_zh="学籍",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 教育",
    fresh_for_days=45,
    schema=Students,
)
