"""The contract `real_estate` (不动产登记, 不动产登记)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money, Number


class RealEstate(pa.DataFrameModel):
    """One row per owner of a unit."""

    record_no: str = pa.Field(
        title="登记流水号",
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
        title="不动产权证号", description="Number of the title certificate.", metadata={"mask": "drop"}
    )
    usage: str = pa.Field(
        isin=["residential", "commercial", "garage", "homestead", "other"],
        title="规划用途",
        description="Planned use of the unit.",
        metadata={"mask": "keep"},
    )
    area_m2: Number = pa.Field(
        nullable=True, title="建筑面积", description="Floor area, square metres.", metadata={"mask": "keep"}
    )
    share_percent: Number = pa.Field(
        nullable=True,
        title="共有份额",
        description="Share held by this owner, percent.",
        metadata={"mask": "keep"},
    )
    registered_on: pl.Date = pa.Field(
        title="登记日期", description="Day of registration.", metadata={"mask": "keep"}
    )
    cancelled_on: pl.Date = pa.Field(
        nullable=True,
        title="注销日期",
        description="Day the title was cancelled; null: current.",
        metadata={"mask": "keep"},
    )
    address: str = pa.Field(
        nullable=True, title="坐落", description="Location of the unit.", metadata={"mask": "drop"}
    )
    division_code: str = pa.Field(
        nullable=True,
        title="行政区划代码",
        description="12-digit statistical division code.",
        metadata={"mask": "division"},
    )
    transaction_amount: Money = pa.Field(
        nullable=True, title="成交价格", description="Price paid, yuan.", metadata={"mask": "keep"}
    )


CONTRACT = Contract(
    name="real_estate",
    department_zh="不动产登记",
    title_zh="不动产登记",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 不动产",
    fresh_for_days=45,
    schema=RealEstate,
)
