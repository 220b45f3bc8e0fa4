"""Counting: precision, recall, F1, the best threshold, intervals over seeds. Frames in, figures out.

A link is right if it names the row's true person. A row without a true link (a stranger, or somebody who is no recipient)
that is linked is a wrong link. Recall is over all true links, however damaged.
"""

import math
from collections.abc import Sequence
from typing import Final

import polars as pl

T_95: Final = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
"""Student's t, two-sided 95 %, for 1 to 9 degrees of freedom."""
COUNTS: Final = ("rows", "true", "made", "right", "outsiders", "outsiders_linked", "intact", "reachable")
"""Delivered rows; of them with a true link; links made; links to the true person; rows of people from elsewhere; of them
linked to anybody; true links with an intact key; with an intact or near-intact one."""


def judged(truth: pl.DataFrame, outcome: pl.DataFrame) -> pl.DataFrame:
    """Put a method's outcome beside the truth, one row a delivered row.

    Adds ``found`` (the best recipient, linked or not), ``probability``, ``linked`` and ``right``.
    """
    beside = truth.join(
        outcome.rename({"person_id": "found"}), on="row", how="left", maintain_order="left"
    ).with_columns(pl.col("linked").fill_null(value=False), pl.col("probability").fill_null(0.0))
    return beside.with_columns(right=(pl.col("found") == pl.col("person_id")).fill_null(value=False))


def counted(rows: pl.DataFrame, by: str | None = None) -> pl.DataFrame:
    """Count judged rows as linked: one row a value of ``by`` with ``key`` and `COUNTS`, or one for all."""
    linked, true = pl.col("linked"), pl.col("person_id").is_not_null()
    key = pl.lit("all") if by is None else pl.col(by)
    counts = {
        "rows": pl.len(),
        "true": true.sum(),
        "made": linked.sum(),
        "right": (linked & pl.col("right")).sum(),
        "outsiders": pl.col("outsider").sum(),
        "outsiders_linked": (linked & pl.col("outsider")).sum(),
        "intact": (pl.col("intact") & true).sum(),
        "reachable": (pl.col("reachable") & true).sum(),
    }
    return (
        rows.group_by(key=key.cast(pl.String))
        .agg(**{n: c.cast(pl.Int64) for n, c in counts.items()})
        .sort("key")
    )


def rated(counts: pl.DataFrame) -> pl.DataFrame:
    """Add ``precision`` (1 where no link was made), ``recall`` and ``f1`` (null without true links), ``ceiling`` and
    ``outsiders_per_10000`` (wrong links to people from elsewhere per 10,000 rows).
    """  # noqa: D205 - one sentence
    right, made, true = pl.col("right"), pl.col("made"), pl.col("true")
    some = true > 0
    return counts.with_columns(
        precision=pl.when(made > 0).then(right / made).otherwise(1.0),
        recall=pl.when(some).then(right / true),
        f1=pl.when(some).then(2 * right / (made + true)),
        ceiling=pl.when(some).then(pl.col("reachable") / true),
        outsiders_per_10000=10_000 * pl.col("outsiders_linked") / pl.col("rows"),
    )


def at(rows: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Return judged rows, linked where the best recipient's probability reaches the threshold."""
    return rows.with_columns(linked=pl.col("found").is_not_null() & (pl.col("probability") >= threshold))


def best_threshold(rows: pl.DataFrame) -> float:
    """Return the probability at which F1 is highest, chosen with the truth; of several, the highest."""
    steps = (
        rows.filter(pl.col("found").is_not_null())
        .group_by("probability")
        .agg(made=pl.len(), right=pl.col("right").sum())
        .sort("probability", descending=True)
        .with_columns(pl.col("made", "right").cum_sum())
    )
    if steps.is_empty():
        return 1.0
    true = rows["person_id"].count()
    f1 = steps.select(2 * pl.col("right") / (pl.col("made") + true)).to_series()
    return float(steps["probability"][int(f1.arg_max() or 0)])


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and half width of Student's 95 % interval of the mean; the width is NaN for a single value."""
    n = len(values)
    mean = math.fsum(values) / n
    if n == 1:
        return mean, math.nan
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    return mean, T_95[n - 2] * spread / math.sqrt(n)


def verdict(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Say whether paired figures differ by more than the interval of their difference: better, worse or equal.

    A single pair has no interval: any difference counts.
    """
    mean, width = interval([a - b for a, b in zip(ours, theirs, strict=True)])
    if abs(mean) <= (0.0 if math.isnan(width) else width):
        return "equal"
    return "better" if mean > 0 else "worse"


BINS: Final = (0.5, 0.7, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999)
"""Lower ends of the bins that the calibration is told in."""
CALIBRATION: Final = {
    "bin": pl.Float64,
    "pairs": pl.Int64,
    "said": pl.Float64,
    "true": pl.Int64,
    "linked": pl.Int64,
}


def calibration(rows: pl.DataFrame) -> pl.DataFrame:
    """Return what was said of best candidates beside what is true: of each bin rows, the sum of what was said, right ones."""
    p = pl.col("probability")
    at = pl.max_horizontal(pl.when(p >= low).then(low) for low in BINS)
    told = rows.filter(pl.col("found").is_not_null() & (p >= BINS[0])).group_by(bin=at)
    return told.agg(
        pairs=pl.len(), said=p.sum(), true=pl.col("right").sum(), linked=pl.col("linked").sum()
    ).select(pl.col(name).cast(kind) for name, kind in CALIBRATION.items())
