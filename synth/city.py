"""A made city from its arguments to its folders.

Here: the order of the work. Not here: any of it. Sources are made, damaged and written one after another, so
that only one is in memory as text at a time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import polars as pl

from synth import descriptions, layout, sources, truth, verdicts
from synth.conditions import draw_conditions
from synth.landing import Landing
from synth.places import make_places
from synth.policy_of_place import POLICY
from synth.population import make_people
from synth.settle import settle
from synth.streams import Streams

if TYPE_CHECKING:
    from pathlib import Path


Damage = Literal["base", "hard", "none"]


@dataclass(frozen=True)
class City:
    """A city that has been made: where it lies and how large it is.

    Attributes:
        landing: what the departments delivered.
        truth: what is true.
        night: its night.
        residents: residents of the base and planted people.
        rows: delivered rows by source, of the snapshots to be used.
        plants: planted scenarios.
    """

    landing: Path
    truth: Path
    night: date
    residents: int
    rows: dict[str, int]
    plants: int


def make_city(
    out: Path,
    residents: int,
    seed: int,
    night: date = date(2021, 12, 31),
    damage: Damage = "base",
    plants: int = 2,
    *,
    previous_night: bool = True,
    delivered_as: str = descriptions.FIRST,
) -> City:
    """Makes a city.

    Args:
        out: folder that gets `landing/` and `truth/`; made if need be, its files overwritten.
        residents: people of the base, 200 at least; booklets are whole, so a few more may come.
        seed: the same arguments and seed give the same bytes.
        night: the night that the truth is about.
        damage: how badly identities arrive: `none`, `base` (about one row in twenty), `hard` (one in seven).
        plants: copies of every planted scenario.
        previous_night: also the snapshots of the night before, and the changes to be told.
        delivered_as: the layout of the departments' files; the city is the same in each.

    Raises:
        ValueError: fewer than 200 residents, a negative number of plants, an unknown damage or layout.
    """
    _check(residents, damage, plants, delivered_as)
    streams = Streams(seed)
    places = make_places(residents)
    people = make_people(streams, places, residents, night)
    c = draw_conditions(streams, people, night)
    scene, everybody, book = settle(streams, places, people, c, night, plants, damaged=damage != "none")
    frames = sources.frames(scene, everybody, book)
    persons = truth.persons(everybody, frames["assistance_roll"], pl.lit(night))
    landing = Landing(
        out / "landing", out / "truth", streams, night, delivered_as, previous_night=previous_night
    )
    landing.reference(places.table)
    planted = truth.shaped("plants", pl.DataFrame(book.plants, schema=truth.SCHEMAS["plants"]))
    link = pl.concat(
        [
            landing.deliver(source, frames[source], everybody, persons, planted, book, damage)
            for source in frames
        ]
    )
    _write_truth(out / "truth", landing, persons, planted, link)
    truth.write(out / "truth", "links", link)
    cared = verdicts.care(scene, frames, link)
    alike = verdicts.suspected(everybody, frames["assistance_roll"])
    listed = (_planted(book.findings), cared, alike, *landing.tempted)
    findings = pl.concat([truth.shaped("expected_findings", f) for f in listed])
    truth.write(out / "truth", "expected_findings", _numbered(findings, persons))
    homes = verdicts.colours(
        scene, frames["assistance_roll"], link, cared, pl.concat([sources.hosts(scene), alike["pid"]])
    )
    both = pl.concat([truth.shaped("households", h) for h in (_planted(book.homes), homes)])
    truth.write(out / "truth", "households", _numbered(both, persons))
    alerts = _planted(book.alerts if previous_night else [])
    truth.write(out / "truth", "alerts_expected", _numbered(truth.shaped("alerts_expected", alerts), persons))
    inside = scene.people.height + sum(not p["outsider"] for p in book.people)
    _write_city(out / "truth", night, seed, damage, plants, delivered_as, previous_night=previous_night, sizes={
        "residents": inside, "persons": persons.height, "planted_persons": len(book.people),
        "base_recipients": frames["assistance_roll"].filter(pl.col("plant") < 0).height,
    })  # fmt: skip
    return City(out / "landing", out / "truth", night, inside, landing.rows, planted.height)


def _check(residents: int, damage: str, plants: int, delivered_as: str) -> None:
    """Raise where no city can be made of the arguments."""
    if delivered_as not in descriptions.known():
        raise ValueError(f"No layout {delivered_as!r}; there are {', '.join(descriptions.known())}.")
    if residents < 200 or plants < 0 or damage not in ("base", "hard", "none"):
        raise ValueError("A city needs at least 200 residents, 0 or more plants, damage base, hard or none.")


def _planted(rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)


def _numbered(frame: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Adds the true number of the person a row names."""
    numbers = persons.select("pid", number="id_number")
    joined = frame.join(numbers, on="pid", how="left", maintain_order="left")
    return joined.with_columns(id_number=pl.col("number")).drop("number")


def _write_truth(
    folder: Path, landing: Landing, persons: pl.DataFrame, planted: pl.DataFrame, link: pl.DataFrame
) -> None:
    truth.write(folder, "persons", persons)
    truth.write(folder, "plants", planted)
    gated = link.filter(pl.col("source").is_in(layout.GATED))
    truth.write(folder, "unauthorized_rows", truth.unauthorized(gated, persons))
    for table, rows in (
        ("snapshots", landing.snapshots), ("quarantine_expected", landing.quarantine),
        ("cells_refused_expected", landing.refused_cells),
    ):  # fmt: skip
        truth.write(folder, table, pl.DataFrame(rows, schema=truth.SCHEMAS[table]))


def _write_city(
    folder: Path,
    night: date,
    seed: int,
    damage: Damage,
    plants: int,
    delivered_as: str,
    *,
    previous_night: bool,
    sizes: dict[str, int],
) -> None:
    before = (night - timedelta(days=1)).isoformat() if previous_night else None
    content = {
        "night": night.isoformat(), "previous_night": before, "seed": seed, "noise": damage,
        "layout": delivered_as, "plants": plants, "profile": "rugao", "policy": POLICY, **sizes,
    }  # fmt: skip
    (folder / "city.json").write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "layout.json").write_text(descriptions.text(delivered_as), encoding="utf-8")
