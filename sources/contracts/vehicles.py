"""The contract `vehicles` (公安车管, 机动车登记)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class Vehicles(pa.DataFrameModel):
    """One row per vehicle."""

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
    plate_no: str = pa.Field(title="号牌号码", description="Number plate.", metadata={"mask": "drop"})
    vehicle_class: str = pa.Field(
        isin=["car", "truck", "bus", "motorcycle", "tricycle", "tractor", "disability"],
        title="车辆类型",
        description="Class of the vehicle.",
        metadata={"mask": "keep"},
    )
    usage: str = pa.Field(
        isin=["private", "commercial"],
        title="使用性质",
        description="Private or commercial use.",
        metadata={"mask": "keep"},
    )
    first_registered_on: pl.Date = pa.Field(
        nullable=True,
        title="初次登记日期",
        description="Day of first registration.",
        metadata={"mask": "keep"},
    )
    status: str = pa.Field(
        isin=["normal", "scrapped", "transferred"],
        title="机动车状态",
        description="State of the registration.",
        metadata={"mask": "keep"},
    )
    purchase_price: Money = pa.Field(
        nullable=True, title="购置价格", description="Price at purchase, yuan.", metadata={"mask": "keep"}
    )


CONTRACT = Contract(
    name="vehicles",
    department_zh="公安车管",
    title_zh="机动车登记",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 车船",
    fresh_for_days=45,
    schema=Vehicles,
)
