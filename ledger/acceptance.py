"""Entries of kind ``acceptance``: who let a jump of a rule's findings or a source's rows go, when, and why.

Here belong the entry's shape and its table for the night (`ledger.acceptance`). Not here: what a jump is and which
acceptance lets it go (sql/held).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final, Literal

import polars as pl

from ledger.store import Ledger

KIND: Final = "acceptance"

PAYLOAD: Final = pl.Struct(
    {
        "kind": pl.String,
        "item": pl.String,
        "night": pl.String,
        "reason": pl.String,
        "accepted_by": pl.String,
        "accepted_at": pl.String,
        "measure": pl.String,
        "before": pl.Int64,
        "now": pl.Int64,
        "counted_on": pl.String,
        "withdrawn": pl.Boolean,
    }
)
INSTANT: Final = "%Y-%m-%dT%H:%M:%S%.f%:z"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One jump that somebody answers for.

    Attributes:
        kind: of what the figure jumped.
        item: the rule's id or the source's name.
        night: the night it is accepted for.
        reason: why the figure is right; never anything of a person.
        accepted_by: who, as typed.
        accepted_at: with a time zone.
        measure: the figure that jumped; None where it was accepted before the night, unseen.
        before: the figure before.
        now: the figure that was seen and accepted.
        counted_on: the night of the figure before: later nights held against the same are accepted too.
        withdrawn: it takes back what was accepted of this rule or source before, for every night run from now on.
    """

    kind: Literal["rule", "source"]
    item: str
    night: date
    reason: str
    accepted_by: str
    accepted_at: datetime
    measure: str | None = None
    before: int | None = None
    now: int | None = None
    counted_on: date | None = None
    withdrawn: bool = False

    def __post_init__(self) -> None:
        """Refuse an acceptance that nobody answers for.

        Raises:
            ValueError: no reason, nobody who accepts, or no time zone.
        """
        if not self.reason.strip():
            raise ValueError("An acceptance must give its reason.")
        if not self.accepted_by.strip():
            raise ValueError("An acceptance must say who accepts.")
        if self.accepted_at.tzinfo is None:
            raise ValueError("The time of an acceptance needs its time zone.")


def record_acceptances(ledger: Ledger, accepted: Sequence[Acceptance]) -> list[int]:
    """Write acceptances into the ledger, all or none, and return their sequence numbers in order."""
    return ledger.append_all([(KIND, _payload(each)) for each in accepted])


def acceptances(ledger: Ledger, up_to: int) -> pl.DataFrame:
    """Return every acceptance that nobody withdrew, oldest first: the content of the work table ``ledger.acceptance``.

    Returns:
        columns seq (Int64), kind, item (String), night (Date), reason, accepted_by (String), accepted_at
        (Datetime, UTC without zone), measure (String), before, now (Int64), counted_on (Date).
    """
    decoded = pl.col("payload").str.json_decode(PAYLOAD)
    withdrawn_at = pl.col("seq").filter(pl.col("withdrawn")).max().over("kind", "item")
    return (
        ledger.entries(KIND, up_to)
        .select("seq", decoded)
        .unnest("payload")
        .filter(withdrawn_at.is_null() | (pl.col("seq") > withdrawn_at))
        .drop("withdrawn")
        .with_columns(
            pl.col("night", "counted_on").str.to_date("%Y-%m-%d"),
            pl.col("accepted_at").str.to_datetime(INSTANT, time_unit="us").dt.replace_time_zone(None),
        )
    )


def _payload(accepted: Acceptance) -> dict[str, object]:
    """Return what JSON holds of an acceptance."""
    return {
        **asdict(accepted),
        "night": accepted.night.isoformat(),
        "accepted_at": accepted.accepted_at.isoformat(timespec="microseconds"),
        "counted_on": None if accepted.counted_on is None else accepted.counted_on.isoformat(),
    }
