"""The contract `bank_accounts` (银行, 银行账户)."""

import pandera.polars as pa
import polars as pl

from sources.contract import Contract, Money


class BankAccounts(pa.DataFrameModel):
    """One row per account, as of the snapshot."""

    record_no: str = pa.Field(
        title="流水号",
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
    bank_code: str = pa.Field(title="银行代码", description="Code of the bank.", metadata={"mask": "common"})
    account_no: str = pa.Field(
        nullable=True,
        title="账号",
        description="Account number, masked by the bank.",
        metadata={"mask": "drop"},
    )
    account_type: str = pa.Field(
        isin=["demand", "term", "wealth", "settlement"],
        title="账户类型",
        description="Type of the account.",
        metadata={"mask": "keep"},
    )
    currency: str = pa.Field(
        nullable=True, title="币种", description="Currency code.", metadata={"mask": "common"}
    )
    balance: Money = pa.Field(
        nullable=True,
        title="余额",
        description="Balance in the account's currency.",
        metadata={"mask": "keep"},
    )
    over_limit: bool = pa.Field(
        nullable=True,
        title="是否超限",
        description="Whether the balance is over the limit asked about.",
        metadata={"mask": "keep"},
    )
    average_balance_12m: Money = pa.Field(
        nullable=True,
        title="近十二个月日均余额",
        description="Average balance of the last 12 months.",
        metadata={"mask": "keep"},
    )
    inflow_12m: Money = pa.Field(
        nullable=True,
        title="近十二个月流入",
        description="Inflow of the last 12 months.",
        metadata={"mask": "keep"},
    )
    as_of: pl.Date = pa.Field(
        nullable=True, title="数据日期", description="Day that the figures are of.", metadata={"mask": "keep"}
    )

    @pa.dataframe_check(name="balance")
    def balance_or_over_limit(cls, data: pa.PolarsData) -> pl.LazyFrame:  # noqa: N805 - a class method
        """Some banks answer with a balance, some only with yes or no: one of the two is present."""
        return data.lazyframe.select(pl.col("balance").is_not_null() | pl.col("over_limit").is_not_null())


CONTRACT = Contract(
    name="bank_accounts",
    department_zh="银行",
    title_zh="银行账户",
    legal_basis="《最低生活保障审核确认办法》(民发〔2021〕57号)第十七条: 存款",
    fresh_for_days=45,
    schema=BankAccounts,
)
