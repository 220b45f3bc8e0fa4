"""The figure of docs/linkage.md: precision and recall by source, Splink and hedui side by side."""

from pathlib import Path
from typing import Final

import altair as alt
import polars as pl

from benchmarks.linkage.scores import rated
from benchmarks.linkage.tables import NAMES

_COLOURS: Final = {"splink": "#d1495b", "hedui": "#00798c"}


def chart(figures: pl.DataFrame) -> alt.VConcatChart:
    """Return the chart: one band a group of cities, precision left and recall right; lines span the seeds.

    Where cities were measured with several seeds, only these are drawn.
    """
    here = figures.filter(
        pl.col("by") == "source",
        pl.col("at") == "shipped",
        pl.col("method").is_in(list(_COLOURS)),
        pl.col("true") > 0,
    )
    several = here.group_by("group").agg(n=pl.col("seed").n_unique()).filter(pl.col("n") > 1)["group"]
    here = here.filter(pl.col("group").is_in(several.implode())) if len(several) else here
    rates = rated(here).with_columns(pl.col("method").replace_strict(NAMES))
    bands = [
        _band(rates.filter(pl.col("group") == group), group)
        for group in rates["group"].unique(maintain_order=True)
    ]
    return alt.VConcatChart(vconcat=bands)


def _band(rates: pl.DataFrame, group: str) -> alt.HConcatChart:
    return alt.hconcat(*(_panel(rates, group, name) for name in ("precision", "recall")))


def _panel(rates: pl.DataFrame, group: str, name: str) -> alt.LayerChart | alt.FacetChart:
    spread = rates.group_by("key", "method").agg(
        low=pl.col(name).min(), mean=pl.col(name).mean(), high=pl.col(name).max()
    )
    colour = alt.Color("method:N", title=None).scale(
        domain=[NAMES[method] for method in _COLOURS], range=list(_COLOURS.values())
    )
    base = alt.Chart(spread.sort("key", "method")).encode(
        y=alt.Y("key:N", title=None, axis=alt.Axis(labels=name == "precision", ticks=False)),
        yOffset=alt.YOffset("method:N"),
        color=colour,
    )
    lines = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q"), x2="high:Q")
    dots = base.mark_point(filled=True, size=45, opacity=1).encode(
        x=alt.X("mean:Q", title=f"{name}, {group}").scale(zero=False).axis(tickCount=6, gridColor="#eeeeee")
    )
    return alt.layer(lines, dots).properties(width=330, height=alt.Step(9))


def draw(figures: pl.DataFrame, file: Path) -> None:
    """Write the chart as SVG."""
    file.parent.mkdir(parents=True, exist_ok=True)
    chart(figures).save(str(file))
