"""Whether a row is accepted: the specification's table "every delivered row ends in exactly one place".

Here belongs what one row alone decides. Not here: what several rows decide together (`duplicates`).
The first line of the table that applies decides, so nobody first and then values.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandera.polars as pa
import polars as pl

from sources.canonical import SENTINEL, Typed
from sources.contract import UNREADABLE_COLUMNS, Contract
from sources.values.codes import UNKNOWN

NO_IDENTITY = "no_identity"
BAD_VALUE = "bad_value"
UNKNOWN_CODE = "unknown_code"

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Verdict:
    """What is wrong with the rows of one batch, by position."""

    accepted: Mask
    quarantined: pl.DataFrame
    """`at` (position), `reason`, `column_name`."""
    cells: pl.DataFrame
    """Cells of accepted rows that become null, and days of required columns that stand for none: `at`, `column_name`, `reason`."""


def judge(typed: Typed, contract: Contract) -> Verdict:
    """Hold a typed batch against the contract's pandera model."""
    height = typed.rows.height
    nobody = _nobody(typed.rows, contract)
    failures = _failures(typed.rows, contract)
    columns = [column.name for column in contract.columns]
    worst = np.full(height, len(columns))
    # Last column first, so that the first failing one in the contract's order remains.
    for position, name in reversed(list(enumerate(columns))):
        if name in failures and (name in contract.required or name in _either(contract)):
            worst[failures[name]] = position
    bad = (worst < len(columns)) & ~nobody
    accepted = ~(bad | nobody)
    at = np.flatnonzero(~accepted)
    reasons = [NO_IDENTITY if nobody[i] else BAD_VALUE for i in at]
    names = [None if nobody[i] else columns[worst[i]] for i in at]
    quarantined = pl.DataFrame(
        {"at": at, "reason": reasons, "column_name": names},
        schema={"at": pl.Int64, "reason": pl.String, "column_name": pl.String},
    )
    return Verdict(accepted, quarantined, _cells(typed, contract, failures, accepted))


def without_unknown(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Rows with unknown codes in optional columns made null."""
    codes = [c.name for c in contract.columns if c.kind == "code" and not c.required]
    return rows.with_columns(
        pl.when(pl.col(name) != UNKNOWN).then(pl.col(name)).alias(name) for name in codes
    )


def unreadable(cells: pl.DataFrame, height: int) -> pl.Series:
    """For each of a batch's `height` rows the columns that became null though something was delivered, as a list."""
    named = cells.group_by("at", maintain_order=True).agg("column_name")
    # Nearly every row has none, so all of those take one and the same empty list.
    which = np.zeros(height, np.uint32)
    which[named["at"].to_numpy()] = np.arange(1, named.height + 1, dtype=np.uint32)
    lists = pl.concat([pl.Series([[]], dtype=pl.List(pl.String)), named["column_name"]])
    return lists.gather(pl.Series(which)).alias(UNREADABLE_COLUMNS)


def _nobody(rows: pl.DataFrame, contract: Contract) -> Mask:
    seats = [seat for seat in contract.seats if seat.subject]
    names = [name for seat in seats for name in (seat.id_number, seat.name)]
    return rows.select(pl.all_horizontal(pl.col(names).is_null())).to_series().to_numpy()


def _failures(rows: pl.DataFrame, contract: Contract) -> dict[str, npt.NDArray[np.int64]]:
    """Positions of the rows that fail the model, by column (of a check across columns: by its name)."""
    try:
        contract.schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
    else:
        return {}
    if cases["index"].has_nulls():
        columns = cases.filter(pl.col("index").is_null())["column"].unique().sort().to_list()
        raise RuntimeError(f"{contract.name}: typed columns do not have the contract's types: {columns}")
    name = (
        pl.when(pl.col("schema_context") == "DataFrameSchema")
        .then(pl.col("check"))
        .otherwise(pl.col("column"))
    )
    grouped = cases.group_by(name.alias("name")).agg(pl.col("index").unique())
    return {row_name: np.array(index) for row_name, index in grouped.iter_rows()}


def _either(contract: Contract) -> set[str]:
    """Optional columns of which a row needs one: named by the model's checks across columns."""
    return {check.name for check in contract.schema.to_schema().checks if check.name}


def _cells(
    typed: Typed, contract: Contract, failures: dict[str, npt.NDArray[np.int64]], accepted: Mask
) -> pl.DataFrame:
    schema = {"at": pl.Int64(), "column_name": pl.String(), "reason": pl.String()}
    found = [pl.DataFrame(schema=schema)]
    for name in contract.column:
        unread = typed.unreadable.get(name, {})
        if (
            name in contract.required
        ):  # what it lacks sends the row to quarantine; a day that stands for none does not
            unread = {SENTINEL: unread[SENTINEL]} if SENTINEL in unread else {}
        refused = {reason: cells.arg_true().to_numpy().astype(np.int64) for reason, cells in unread.items()}
        if name in contract.optional and name in failures and contract.column[name].kind == "code":
            refused[UNKNOWN_CODE] = failures[name]
        for reason, at in refused.items():
            frame = pl.DataFrame({"at": at[accepted[at]]}, schema={"at": pl.Int64})
            found.append(frame.with_columns(column_name=pl.lit(name), reason=pl.lit(reason)))
    return pl.concat(found)
