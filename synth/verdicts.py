"""What must be found on the clean base: care findings, and the colours of its households.

Here: the base's care findings listed in full (plant -1), colours of households whose facts arrived whole.
Not here: planted findings (plants/).
A household is determined unless a row that its colours rest on was damaged, or somebody in it is registered
twice or shares a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from synth import truth
from synth.frames import year_before

if TYPE_CHECKING:
    from datetime import date

    from synth.scene import Scene

CARE_SOURCES = (
    "assistance_roll", "household_registry", "deaths", "disability_certificates", "children_care", "inmates",
    "medical_settlements",
)  # fmt: skip
"""Sources whose damage may change a registry household's colours."""

STROKES = ("I60", "I61", "I62", "I63", "I64")


def seriously_ill(bills: pl.DataFrame, night: date) -> pl.Series:
    """Pids with a C05 ground (rules.md 6) in a frame of settlements; money in fen."""
    code, day = pl.col("diagnosis_code"), pl.col("settled_on")
    recent = bills.filter((day > year_before(night)) & (day <= night))
    inside = pl.col("visit_type") == "inpatient"
    cancer = code.str.starts_with("C") & (code.str.slice(1, 2).cast(pl.Int64, strict=False) <= 97)
    stroke = inside & code.str.head(3).is_in(STROKES)
    by_code = recent.filter(cancer | code.str.starts_with("N18") | stroke)["pid"]
    totals = recent.filter(inside).group_by("pid").agg(pl.col("total_amount").sum())
    return pl.concat([by_code, totals.filter(pl.col("total_amount") >= 5_000_000)["pid"]]).unique()


def alone_at_eighty(scene: Scene) -> pl.Series:
    """Pids of 80 and more who are the only living `normal` person of their booklet (C04)."""
    c, hh = scene.c, scene.people["hh"].to_numpy()
    there = np.bincount(hh, weights=c.present)[hh]
    return pl.Series(np.flatnonzero(c.present & (there == 1) & (c.age >= 80))).cast(pl.Int64)


def care(scene: Scene, frames: dict[str, pl.DataFrame], links: pl.DataFrame) -> pl.DataFrame:
    """Lists the base's care findings: rule, pid, severity, must, damaged."""
    base = {name: frame.filter(pl.col("plant") < 0) for name, frame in frames.items()}
    residents = scene.people.height
    roll, children, cards = (
        base["assistance_roll"],
        base.get("children_care"),
        base.get("disability_certificates"),
    )
    paid = roll.filter((pl.col("program") == "tekun") & pl.col("covered") & (pl.col("status") == "active"))
    found = {"C01": (paid["pid"], "assistance_roll"), "C04": (alone_at_eighty(scene), "deaths")}
    if cards is not None:
        hard = (
            (pl.col("status") == "valid")
            & pl.col("disability_level").is_in(["1", "2"])
            & (pl.col("expires_on") >= scene.night)
        )
        found["C02"] = (cards.filter(hard)["pid"], "disability_certificates")
    if children is not None:
        left = (pl.col("kind") == "left_behind") & pl.col("removed_on").is_null()
        found["C03"] = (children.filter(left)["pid"], "children_care")
    if "medical_settlements" in base:
        found["C05"] = (seriously_ill(base["medical_settlements"], scene.night), "medical_settlements")
    parts = []
    for rule, (pids, source) in sorted(found.items()):
        hurt = links.filter((pl.col("source") == source) & (pl.col("damage") != "none"))
        lost = hurt.filter(~pl.col("recoverable"))["pid"].unique().implode()
        some = pl.DataFrame({"pid": pids.unique().sort()}).filter(pl.col("pid") < residents)
        parts.append(
            some.with_columns(
                rule_id=pl.lit(rule), kind=pl.lit("care"), severity=pl.lit("yellow" if rule == "C05" else "red"),
                must=pl.when(pl.col("pid").is_in(lost)).then(0).otherwise(1), plant=pl.lit(-1),
                damaged=pl.col("pid").is_in(hurt["pid"].unique().implode()), scenario=pl.lit(f"base:{rule}"),
            )
        )  # fmt: skip
    return pl.concat(parts)


ONE_OFF = ("temporary_relief", "medical_assistance")


def suspected(everybody: pl.DataFrame, roll: pl.DataFrame) -> pl.DataFrame:
    """Beneficiaries of one name and birth date with different numbers: X12 may suspect one person, yellow."""
    paying = (
        pl.col("covered") & pl.col("status").is_in(["active", "tapering"]) & ~pl.col("program").is_in(ONE_OFF)
    )
    paid = roll.filter(paying & (pl.col("role") != "supporter"))["pid"].unique().implode()
    birth = pl.coalesce("registered_birth", "birth").alias("born")
    some = everybody.filter(pl.col("pid").is_in(paid)).select("pid", "plant", "name", birth)
    alike = some.filter(pl.len().over("name", "born") > 1).sort("pid")
    return alike.select(
        "pid", "plant", rule_id=pl.lit("X12"), kind=pl.lit("exclusion"), severity=pl.lit("yellow"), must=pl.lit(0),
        damaged=pl.lit(value=False), scenario=pl.lit("base:namesakes"),
    )  # fmt: skip


def _unsure(scene: Scene, links: pl.DataFrame, sources: tuple[str, ...] | None) -> pl.Series:
    """Residents on whom a damaged row of the sources rests, or whose identity is doubled."""
    hurt = links.filter(pl.col("damage") != "none")
    if sources:
        hurt = hurt.filter(pl.col("source").is_in(sources))
    doubled = scene.people.filter(pl.col("number_of").is_not_null())
    return pl.concat([hurt["pid"], doubled["pid"], doubled["number_of"]]).unique()


def colours(
    scene: Scene, roll: pl.DataFrame, links: pl.DataFrame, cared: pl.DataFrame, unclear: pl.Series
) -> pl.DataFrame:
    """Colours of the base's households: open household cases, and booklets on none.

    Args:
        scene: the base.
        roll: the roll's frame.
        links: the truth's links.
        cared: the care findings (`care`).
        unclear: residents whose households are not determined: somebody in the booklet is registered twice, or
            may be taken for a namesake.
    """
    red = pl.col("pid").is_in(cared.filter(pl.col("severity") == "red")["pid"].unique().implode())
    ill = pl.col("pid").is_in(cared["pid"].unique().implode())
    people = scene.people.select("pid", "hh", present=pl.Series(scene.c.present)).with_columns(
        red=red, ill=ill
    )
    level = pl.when(pl.col("red").any()).then(pl.lit("red")).when(pl.col("ill").any()).then(pl.lit("yellow"))
    care_colour = level.otherwise(pl.lit("green")).alias("care")
    calm = [pl.lit("green").alias("risk"), pl.lit("green").alias("omission")]

    cases = truth.open_cases(roll).filter((pl.col("role") != "supporter") & (pl.col("plant") < 0))
    members = cases.select("case_no", "pid").join(people, on="pid", how="left").with_columns(
        sure=~pl.col("pid").is_in(pl.concat([_unsure(scene, links, None), unclear]).unique().implode())
    )  # fmt: skip
    of_cases = members.group_by("case_no", maintain_order=True).agg(care_colour, pl.col("sure").all())
    unsure = pl.concat([_unsure(scene, links, CARE_SOURCES), unclear]).unique()
    rest = people.filter(~pl.col("pid").is_in(members["pid"].implode())).with_columns(
        sure=~pl.col("pid").is_in(unsure.implode())
    )  # fmt: skip
    first = pl.col("pid").filter(pl.col("present")).first().alias("pid")
    of_booklets = rest.group_by("hh", maintain_order=True).agg(first, care_colour, pl.col("sure").all())
    known = [pl.when(pl.col("sure")).then(pl.col(x)).alias(x) for x in ("risk", "omission", "care")]
    return pl.concat(
        [
            of_cases.with_columns(*calm, scenario=pl.lit("base:case")),
            of_booklets.filter("sure", pl.col("pid").is_not_null()).with_columns(*calm, scenario=pl.lit("base:registry")),
        ],
        how="diagonal",
    ).with_columns(*known, plant=pl.lit(-1))  # fmt: skip
