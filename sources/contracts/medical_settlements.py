"""The contract `medical_settlements` (医保, 医保结算)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class MedicalSettlements(pa.DataFrameModel):
    """One row per settlement."""

    record_no: str = pa.Field(
        title="结算编号",
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
    settled_on: pl.Date = pa.Field(
        title="结算日期", description="Day of the settlement.", metadata={"mask": "keep"}
    )
    visit_type: str = pa.Field(
        isin=["inpatient", "outpatient", "chronic", "pharmacy"],
        title="就诊类别",
        description="Type of the visit.",
        metadata={"mask": "keep"},
    )
    diagnosis_code: str = pa.Field(
        nullable=True, title="诊断编码", description="Diagnosis, ICD-10.", metadata={"mask": "diagnosis1"}
    )
    total_amount: Money = pa.Field(title="总费用", description="Total cost, yuan.", metadata={"mask": "keep"})
    fund_paid: Money = pa.Field(
        nullable=True,
        title="基金支付",
        description="Paid by the insurance fund, yuan.",
        metadata={"mask": "keep"},
    )
    assistance_paid: Money = pa.Field(
        nullable=True,
        title="医疗救助支付",
        description="Paid by medical assistance, yuan.",
        metadata={"mask": "keep"},
    )
    self_paid_in_scope: Money = pa.Field(
        title="政策范围内自付",
        description="Paid by the patient within the scope of the policy, yuan.",
        metadata={"mask": "keep"},
    )
    self_paid_out_of_scope: Money = pa.Field(
        nullable=True,
        title="范围外自付",
        description="Paid by the patient out of scope, yuan.",
        metadata={"mask": "keep"},
    )
    hospital_code: str = pa.Field(
        nullable=True, title="医院编码", description="Code of the hospital.", metadata={"mask": "drop"}
    )


CONTRACT = Contract(
    name="medical_settlements",
    department_zh="医保",
    title_zh="医保结算",
    legal_basis="国办发〔2023〕39号 低收入人口动态监测和分层分类社会救助: 医疗费用",
    fresh_for_days=45,
    schema=MedicalSettlements,
)
