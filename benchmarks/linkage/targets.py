"""What was set as a goal, and whether it is met: of every goal one line."""

import math
from typing import Final

import polars as pl

from benchmarks.linkage.scores import rated
from benchmarks.linkage.speed import Speed
from benchmarks.linkage.tables import NAMES, groups, judgement, pooled, table

PRECISION: Final = 0.9995
SOURCE_PRECISION: Final = 0.999
LINKS: Final = 2_000
OUTSIDERS: Final = 0.1
CALIBRATED: Final = 0.02
PAIRS: Final = 200
SAMPLE_RECALL: Final = 0.97
RATIO: Final = 5.0
SUBGROUP_FROM: Final = 2_000
SUBGROUP_GAP: Final = 0.01


def lines(figures: pl.DataFrame, curves: pl.DataFrame, speed: Speed | None) -> list[str]:
    """Return the table of goals."""
    shipped = rated(figures.filter(pl.col("method") == "hedui", pl.col("at") == "shipped"))
    every = shipped.filter(pl.col("by") == "all")
    low, most = (
        every.sort("precision").row(0, named=True),
        every.sort("outsiders_per_10000").row(-1, named=True),
    )
    rows = [
        _above_splink(figures),
        _row(
            f"precision as shipped at least {PRECISION}, every city",
            f"lowest {low['precision']:.5f} ({low['group']})",
            met=low["precision"] >= PRECISION,
        ),
        _by_source(shipped),
        _row(
            f"wrong links to people from outside at most {OUTSIDERS} in 10,000 rows",
            f"most {most['outsiders_per_10000']:.2f} ({most['group']})",
            met=most["outsiders_per_10000"] <= OUTSIDERS,
        ),
        _half_way(figures),
        _calibrated(curves),
    ]
    sample = every.filter(pl.col("group") == "sample")
    if len(sample):
        recall = sample["recall"][0]
        rows.append(
            _row(
                f"recall on the sample at least {SAMPLE_RECALL}", f"{recall:.4f}", met=recall >= SAMPLE_RECALL
            )
        )
    rows.append(_subgroups(figures))
    if speed:
        rows += [_faster(speed, method) for method in ("splink", "splink_as_known")]
    return table(["goal", "measured", ""], rows, left=3)


def _by_source(shipped: pl.DataFrame) -> list[str]:
    """Precision of every source of a city with links enough, the lowest of them."""
    sources = shipped.filter(pl.col("by") == "source", pl.col("made") >= LINKS).sort("precision")
    low = sources.row(0, named=True) if len(sources) else None
    told = f"lowest {low['precision']:.5f} ({low['key']}, {low['group']})" if low else "no source has so many"
    return _row(
        f"precision as shipped at least {SOURCE_PRECISION}, every source with {LINKS:,} links",
        told,
        met=low is None or low["precision"] >= SOURCE_PRECISION,
    )


def _calibrated(curves: pl.DataFrame) -> list[str]:
    """What is said from .9 on is so, in every group of cities with pairs enough in a bin."""
    bins = (
        curves.filter(pl.col("bin") >= 0.9)
        .group_by("group", "bin")
        .agg(pl.col("pairs", "said", "true").sum())
    )
    told = bins.filter(pl.col("pairs") >= PAIRS).with_columns(
        off=(pl.col("said") - pl.col("true")) / pl.col("pairs")
    )
    worst = told.sort(pl.col("off").abs()).row(-1, named=True)
    return _row(
        f"said and true at most {CALIBRATED} apart, every bin from .9 with {PAIRS} rows",
        f"{len(told)} bins, most {worst['off']:+.4f} (from {worst['bin']:g}, {worst['group']})",
        met=abs(worst["off"]) <= CALIBRATED,
    )


def _faster(speed: Speed, method: str) -> list[str]:
    ours, theirs, runs = speed.peak("hedui"), speed.peak(method), len(speed.runs[method])
    ratio, cpu = speed.ratio(method), speed.ratio(method, "cpu_seconds")
    return _row(
        f"{NAMES[method]}: {RATIO:.0f} times our seconds or more (median of {runs} in turns), and no less memory",
        f"{ratio:.1f} times ({cpu:.1f} in processor seconds); {ours:,.0f} MB against {theirs:,.0f} MB",
        met=ratio >= RATIO and ours <= theirs,
    )


def _row(goal: str, found: str, *, met: bool) -> list[str]:
    return [goal, found, "met" if met else "**missed**"]


def _above_splink(figures: pl.DataFrame) -> list[str]:
    """F1 on every source and damage level at both thresholds, by more than the interval over seeds."""
    here = rated(figures.filter(pl.col("by").is_in(["all", "source"]), pl.col("true") > 0))
    count = {"better": 0, "equal": 0, "worse": 0}
    named = []
    for (group, by, key), part in here.group_by("group", "by", "key", maintain_order=True):
        for at in ("shipped", "best"):
            found = judgement(part, at)
            count[found] += 1
            if found == "worse":
                named.append(f"{group}, {key if by == 'source' else 'all sources'}, {at}")
    text = f"better {count['better']}, equal {count['equal']}, worse {count['worse']}"
    text += f" ({'; '.join(named)})" if named else ""
    return _row(
        "F1 above Splink's on every source and city, at both thresholds, or equal", text, met=not named
    )


def _half_way(figures: pl.DataFrame) -> list[str]:
    """Recall at least half of the way from Splink's to the share of true links with a key."""
    here = figures.filter(pl.col("by") == "all", pl.col("at") == "shipped")
    every = pooled(here, ["group", "method"])
    told, met = [], True
    for group in groups(figures):
        of = {row["method"]: row for row in every.filter(pl.col("group") == group).iter_rows(named=True)}
        ours, theirs, ceiling = of["hedui"]["recall"], of["splink"]["recall"], of["hedui"]["ceiling"]
        room = ceiling - theirs
        way = (ours - theirs) / room if room > 0 else math.inf
        met &= ours >= theirs + room / 2
        told.append(f"{group}: {way:.0%}" if room > 0 else f"{group}: Splink is at the ceiling")
    return _row(
        "recall at least half of the way from Splink's to the share with a key", "; ".join(told), met=met
    )


def _subgroups(figures: pl.DataFrame) -> list[str]:
    here = figures.filter(pl.col("method") == "hedui", pl.col("at") == "shipped")
    every = pooled(here.filter(pl.col("by").is_in(["all", "subgroup"])), ["group", "by", "key"])
    recall = every.filter(pl.col("by") == "all").select("group", all_recall="recall")
    parts = every.filter(pl.col("by") == "subgroup", pl.col("true") >= SUBGROUP_FROM).join(recall, on="group")
    gaps = parts.with_columns(gap=pl.col("recall") - pl.col("all_recall")).sort("gap")
    low = gaps.row(0, named=True)
    below = gaps.filter(pl.col("gap") < -SUBGROUP_GAP)
    told = f"lowest {low['gap']:+.4f} ({low['key']}, {low['group']})"
    return _row(
        f"no subgroup of {SUBGROUP_FROM:,} true links more than {SUBGROUP_GAP} below the whole in recall",
        told, met=below.is_empty(),
    )  # fmt: skip
