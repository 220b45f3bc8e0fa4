"""The measured figures as Markdown tables. Frames in, text out; whether a target is met stands in `targets`."""

import math
import statistics
from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

from benchmarks.linkage.run import METHODS
from benchmarks.linkage.scores import COUNTS, interval, rated, verdict

NAMES: Final = {
    "raw_number": "exact number, raw",
    "number_or_birth": "exact number, or name + birth date",
    "splink_as_known": "Splink 5.0.0, settings as known",
    "splink": "Splink 5.0.0, best settings",
    "hedui": "hedui",
}
SHOWN: Final = ("raw_number", "number_or_birth", "splink", "hedui")
"""Methods of the tables by damage."""
SUBGROUP_NAMES: Final = {
    "dotted_name": "dotted names",
    "rural": "rural",
    "over_80": "over 80",
    "two_characters": "two-character names",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> list[str]:
    """Return the lines of a table; the first ``left`` columns are text."""
    rule = ["---"] * left + ["---:"] * (len(head) - left)
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def share(values: Sequence[float], digits: int = 4) -> str:
    """Return the mean of rates, with its interval where there are several."""
    mean, width = interval(values)
    text = f"{mean:.{digits}f}"
    return text if math.isnan(width) else f"{text} ± {width:.{digits}f}"


def cell(figures: pl.DataFrame, column: str, digits: int = 4) -> str:
    """Return a figure over the seeds of rated rows; a dash where it is not defined."""
    values = figures.sort("seed")[column].drop_nulls().to_list()
    return share(values, digits) if values else "-"


def mean(figures: pl.DataFrame, column: str) -> str:
    """Return the mean of a rate over the seeds."""
    values: list[float] = figures[column].to_list()
    return share([sum(values) / len(values)]) if values else "-"


def _median(figures: pl.DataFrame, column: str) -> float:
    return float(statistics.median(figures[column].to_list()))


def pooled(figures: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the counts summed over seeds, rated."""
    return rated(figures.group_by(by, maintain_order=True).agg(pl.col(COUNTS).sum()))


def groups(figures: pl.DataFrame) -> list[str]:
    """Return the groups in the order measured."""
    return figures["group"].unique(maintain_order=True).to_list()


def whole(figures: pl.DataFrame) -> list[str]:
    """Return all rows together, by city and method."""
    head = ["city", "method", "precision", "recall", "F1", "outsiders linked per 10,000 rows"]
    head += ["P / R at its best threshold", "F1 at its best threshold", "seconds", "peak, MB"]
    every = rated(figures.filter(pl.col("by") == "all"))
    rows = []
    for group in groups(figures):
        here = every.filter(pl.col("group") == group)
        shipped, best = (here.filter(pl.col("at") == name) for name in ("shipped", "best"))
        for method in METHODS:
            mine, top = (frame.filter(pl.col("method") == method) for frame in (shipped, best))
            if mine.is_empty():
                continue
            rates = [cell(mine, "precision", 5), cell(mine, "recall"), cell(mine, "f1")]
            rows.append([
                group, NAMES[method], *rates, cell(mine, "outsiders_per_10000", 2),
                f"{mean(top, 'precision')} / {mean(top, 'recall')}", cell(top, "f1"),
                f"{_median(mine, 'seconds'):.1f}", f"{_median(mine, 'peak_mb'):,.0f}",
            ])  # fmt: skip
        of = shipped.filter(pl.col("method") == "hedui")
        rows.append([group, "share with a key", "", cell(of, "ceiling"), *[""] * 6])
    return table(head, rows, left=2)


def by_source(figures: pl.DataFrame, group: str) -> list[str]:
    """Return Splink and hedui by source in one group of cities, and which is better by more than the interval."""
    here = rated(figures.filter(pl.col("by") == "source", pl.col("group") == group, pl.col("true") > 0))
    head = [
        "source",
        "true links",
        "Splink P",
        "R",
        "F1",
        "hedui P",
        "R",
        "F1",
        "F1 as shipped",
        "F1 at best",
    ]
    rows = []
    for source in here["key"].unique().sort():
        mine = here.filter(pl.col("key") == source)
        shipped = mine.filter(pl.col("at") == "shipped")
        true = shipped.filter(pl.col("method") == "hedui")["true"].sum()
        rates = [
            mean(shipped.filter(pl.col("method") == method), name)
            for method in ("splink", "hedui")
            for name in ("precision", "recall", "f1")
        ]
        rows.append([source, f"{true:,}", *rates, *(judgement(mine, name) for name in ("shipped", "best"))])
    return table(head, rows)


def judgement(rates: pl.DataFrame, threshold: str) -> str:
    """Return how hedui's F1 stands to Splink's over the seeds of one slice."""
    at = rates.filter(pl.col("at") == threshold).sort("seed")
    ours, theirs = (at.filter(pl.col("method") == method)["f1"].to_list() for method in ("hedui", "splink"))
    return verdict(ours, theirs)


def by_damage(figures: pl.DataFrame, group: str) -> list[str]:
    """Return recall and wrong links as shipped by what was done to the identity."""
    here = figures.filter(pl.col("by") == "damage", pl.col("group") == group, pl.col("at") == "shipped")
    every = pooled(here, ["method", "key"])
    head = [
        "damage",
        "rows",
        "true links",
        "with a key",
        "exact number",
        "or name + birth date",
        "Splink",
        "hedui",
    ]
    head += ["wrong links: Splink", "hedui"]
    rows = []
    first = every.filter(pl.col("method") == "hedui").sort("rows", "key", descending=[True, False])
    for kind, total, true, ceiling in first.select("key", "rows", "true", "ceiling").iter_rows():
        mine = {row["method"]: row for row in every.filter(pl.col("key") == kind).iter_rows(named=True)}
        recalls = [_rate(mine[method]["recall"]) for method in SHOWN]
        wrong = [f"{mine[method]['made'] - mine[method]['right']:,}" for method in ("splink", "hedui")]
        rows.append([kind, f"{total:,}", f"{true:,}", _rate(ceiling), *recalls, *wrong])
    return table(head, rows)


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def by_subgroup(figures: pl.DataFrame) -> list[str]:
    """Return recall as shipped of subgroups beside the whole."""
    head = ["city", "subgroup", "true links", "Splink", "hedui", "hedui, all", "difference"]
    here = figures.filter(pl.col("at") == "shipped")
    every = pooled(here.filter(pl.col("by").is_in(["all", "subgroup"])), ["group", "method", "by", "key"])
    rows = []
    for group in groups(figures):
        of = every.filter(pl.col("group") == group)
        mine, theirs = (of.filter(pl.col("method") == method) for method in ("hedui", "splink"))
        all_ours = float(mine.filter(pl.col("by") == "all")["recall"][0])
        for key, name in SUBGROUP_NAMES.items():
            part = mine.filter(pl.col("key") == key)
            if part.is_empty() or part["recall"][0] is None:
                continue
            recall, other = part["recall"][0], theirs.filter(pl.col("key") == key)["recall"][0]
            gap = f"{recall - all_ours:+.4f}"
            rows.append(
                [group, name, f"{part['true'][0]:,}", _rate(other), _rate(recall), _rate(all_ours), gap]
            )
    return table(head, rows, left=2)


def calibrated(curves: pl.DataFrame) -> list[str]:
    """Return what was said beside what is true, by bin of the probability."""
    head = ["said, from", "rows", "of them linked", "said, mean", "true", "difference"]
    rows = []
    for low, pairs, said, true, linked in (
        curves.group_by("bin").agg(pl.col("pairs", "said", "true", "linked").sum()).sort("bin").iter_rows()
    ):
        mean_said, share_true = said / pairs, true / pairs
        rows.append([
            f"{low:g}", f"{pairs:,}", f"{linked:,}", f"{mean_said:.5f}", f"{share_true:.5f}", f"{mean_said - share_true:+.5f}",
        ])  # fmt: skip
    return table(head, rows)
