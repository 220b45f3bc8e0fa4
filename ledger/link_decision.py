"""Entries of kind ``link_decision``: what a clerk said of two records, who, when, and how the pair was drawn.

Here belong the entry's shape and its table for the night (`ledger.link_decision`). A decision is about an
identity and a person, or about two people; a later one answers an earlier one, and both stay.
Not here: what was drawn for review (`review_draw`), what a decision does to a link (matching).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final, Literal

import polars as pl

from ledger.store import Ledger

KIND: Final = "link_decision"

Subject = Literal["identity", "pair"]
Verdict = Literal["same", "different", "cannot_tell"]
VERDICTS: Final[tuple[Verdict, ...]] = ("same", "different", "cannot_tell")

PAYLOAD: Final = pl.Struct(
    {
        "subject": pl.String,
        "identity_id": pl.String,
        "claim_id": pl.String,
        "person_id": pl.String,
        "other_person_id": pl.String,
        "source": pl.String,
        "verdict": pl.String,
        "decided_by": pl.String,
        "decided_at": pl.String,
        "reason": pl.String,
        "night": pl.String,
        "stratum": pl.String,
        "inclusion_probability": pl.Float64,
        "score_hidden": pl.Boolean,
        "draw_id": pl.String,
        "file_sha256": pl.String,
    }
)
INSTANT: Final = "%Y-%m-%dT%H:%M:%S%.f%:z"


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """One answer to "are these the same person?".

    Attributes:
        subject: ``identity``: a delivered identity and a person; ``pair``: two people of the spine.
        person_id: the person; of a pair the one that the draw named first.
        verdict: ``cannot_tell`` decides nothing, but keeps the pair from being asked again.
        decided_by: the clerk, as typed.
        decided_at: with a time zone.
        night: the published night on which it was decided.
        identity_id: of subject ``identity``.
        claim_id: durable key of the identity's number and name; None where no digit of the number is known.
        other_person_id: of subject ``pair``.
        source: the source that delivered the identity.
        stratum: of the draw; None where the pair was not drawn.
        inclusion_probability: of the pair in that draw, in (0, 1].
        score_hidden: the clerk saw neither score nor decision.
        draw_id: the draw that the pair came from.
        file_sha256: the file the answer came in; None from the web page.
    """

    subject: Subject
    person_id: str
    verdict: Verdict
    decided_by: str
    decided_at: datetime
    night: date
    identity_id: str | None = None
    claim_id: str | None = None
    other_person_id: str | None = None
    source: str | None = None
    reason: str | None = None
    stratum: str | None = None
    inclusion_probability: float | None = None
    score_hidden: bool = True
    draw_id: str | None = None
    file_sha256: str | None = None

    def __post_init__(self) -> None:
        """Refuse a decision that nobody could apply.

        Raises:
            ValueError: it names no two things, no clerk, no zone, or an unknown verdict.
        """
        other = self.identity_id if self.subject == "identity" else self.other_person_id
        if not (self.person_id and other) or self.person_id == other:
            raise ValueError(f"A decision about subject {self.subject!r} must name two different things.")
        if self.verdict not in VERDICTS:
            raise ValueError(f"A verdict is one of {', '.join(VERDICTS)}.")
        if not self.decided_by.strip():
            raise ValueError("A decision must say who decided.")
        if self.decided_at.tzinfo is None:
            raise ValueError("The time of a decision needs its time zone.")


def record_link_decisions(ledger: Ledger, decisions: Sequence[LinkDecision]) -> list[int]:
    """Write decisions into the ledger, all or none, and return their sequence numbers in order."""
    return ledger.append_all([(KIND, _payload(decision)) for decision in decisions])


def link_decisions(ledger: Ledger, up_to: int) -> pl.DataFrame:
    """Return every decision, oldest first: the content of the work table ``ledger.link_decision``.

    Returns:
        columns seq (Int64), recorded_at (Datetime, UTC without zone), subject, identity_id, claim_id,
        person_id, other_person_id, source, verdict, decided_by (String), decided_at (Datetime, UTC without
        zone), reason (String), night (Date), stratum (String), inclusion_probability (Float64), score_hidden
        (Boolean), draw_id, file_sha256 (String), in_force, claim_in_force (Boolean).

        ``in_force``: the newest about this identity and person, or about these two people in either order.
        ``claim_in_force``: the newest about this claim and person; false without a claim. Where both speak
        of one identity, ``in_force`` of that very identity goes first.
    """
    entries = ledger.entries(KIND, up_to)
    decoded = pl.col("payload").str.json_decode(PAYLOAD)
    decisions = (
        entries.select("seq", pl.col("recorded_at").dt.replace_time_zone(None), decoded)
        .unnest("payload")
        .with_columns(
            pl.col("night").str.to_date("%Y-%m-%d"),
            pl.col("decided_at").str.to_datetime(INSTANT, time_unit="us").dt.replace_time_zone(None),
        )
    )
    newest = pl.col("seq") == pl.col("seq").max()
    return decisions.with_columns(
        in_force=newest.over(subject_key()),
        claim_in_force=newest.over("claim_id", "person_id") & pl.col("claim_id").is_not_null(),
    )


def subject_key() -> pl.Expr:
    """Return what a decision is about as one text: identity and person, or two people in either order."""
    one, other = pl.col("person_id"), pl.coalesce("identity_id", "other_person_id")
    is_pair = pl.col("subject") == "pair"
    first = pl.when(is_pair).then(pl.min_horizontal(one, other)).otherwise(one)
    second = pl.when(is_pair).then(pl.max_horizontal(one, other)).otherwise(other)
    return pl.concat_str("subject", first, second, separator=" ")


def _payload(decision: LinkDecision) -> dict[str, object]:
    """Return what JSON holds of a decision."""
    return {
        **asdict(decision),
        "decided_at": decision.decided_at.isoformat(timespec="microseconds"),
        "night": decision.night.isoformat(),
    }
