"""Which rows of older increments a newer one replaces.

Here belongs superseding between snapshots of one source. Not here: doubles within a snapshot (`duplicates`).
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from sources.delivery import Delivery
from sources.sink import SUPERSEDED

_PLACE = {"file": pl.String(), "line": pl.Int64()}
_RECORD = ["record_1", "record_2"]


def window_start(night: date, months: int) -> date:
    """First day of the window: increments dated on it or later are read.

    Twelve months before 31 December is 31 December; where that day does not exist, the month's last day.
    """
    return pl.select(pl.lit(night).dt.offset_by(f"-{months}mo")).item()  # type: ignore[no-any-return]


def superseded(deliveries: Sequence[Delivery], replaces: str) -> list[pl.DataFrame]:
    """Rows (`file`, `line`, `why`) of each delivery that a newer one replaces.

    Args:
        deliveries: the readable snapshots, newest first.
        replaces: `month`: the newest snapshot that holds any row of a month gives the whole month;
            `record_no`: the newest accepted row of a record number stands.
    """
    found = (_by_month if replaces == "month" else _by_record_no)(deliveries)
    return [rows.with_columns(why=pl.lit(SUPERSEDED)) for rows in found]


def _by_month(deliveries: Sequence[Delivery]) -> list[pl.DataFrame]:
    taken = pl.Series("month", [], dtype=pl.Date)
    result = []
    for delivery in deliveries:
        months = delivery.months()
        stay = months.join(delivery.quarantine.rows(), on=["file", "line"], how="anti")
        result.append(stay.join(taken.to_frame(), on="month", how="semi").select(list(_PLACE)))
        taken = pl.concat([taken, months["month"]]).unique()
    return result


def _by_record_no(deliveries: Sequence[Delivery]) -> list[pl.DataFrame]:
    taken = pl.DataFrame(schema=dict.fromkeys(_RECORD, pl.UInt64()))
    result = []
    for delivery in deliveries:
        numbers = delivery.records.numbers(delivery.rejected)
        result.append(numbers.join(taken, on=_RECORD, how="semi").select(list(_PLACE)))
        taken = pl.concat([taken, numbers.select(_RECORD)]).unique()
    return result
