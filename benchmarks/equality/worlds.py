"""The deliveries that both versions are given: the sample's two nights, and three made cities.

Not here: what is done with them (acts.py).
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from benchmarks.equality.trees import Tree

SAMPLE: Final = Path(__file__).parents[3] / "shared" / "sample_city" / "landing"
NIGHT: Final = date(2021, 12, 31)
CITIES: Final = {
    "base": ("--damage", "base"),
    "hard": ("--damage", "hard"),
    "anhui": ("--layout", "anhui"),
}


@dataclass(frozen=True, slots=True)
class World:
    """One landing area, and the nights that are run on it in order."""

    name: str
    landing: Path
    place: str
    layout: str
    nights: tuple[date, ...]


def worlds(folder: Path, tree: Tree, residents: int, wanted: list[str]) -> Iterator[World]:
    """Yield the wanted worlds; a city is made once, by one of the versions, with plants of every rule.

    Args:
        folder: where cities are made.
        tree: the version that makes them.
        residents: of each made city.
        wanted: names of worlds; all where empty.
    """
    nights = (NIGHT - timedelta(days=1), NIGHT)
    if SAMPLE.is_dir() and (not wanted or "sample" in wanted):
        yield World("sample", SAMPLE, "rugao", "jiangsu", nights)
    for name, more in CITIES.items():
        if wanted and name not in wanted:
            continue
        city = folder / f"city-{name}-{residents}"
        if not (city / "truth" / "city.json").exists():
            _make(tree, city, residents, more)
        yield World(name, city / "landing", "rugao", "anhui" if name == "anhui" else "jiangsu", nights)


def _make(tree: Tree, city: Path, residents: int, more: tuple[str, ...]) -> None:
    options = dict(zip(more[::2], more[1::2], strict=True))
    told = {"damage": options.get("--damage", "base"), "delivered_as": options.get("--layout", "jiangsu")}
    program = (
        "import sys, datetime, pathlib; from synth import make_city;"
        "make_city(pathlib.Path(sys.argv[1]), int(sys.argv[2]), 11, night=datetime.date(2021, 12, 31), plants=2,"
        " damage=sys.argv[3], delivered_as=sys.argv[4])"
    )
    subprocess.run(
        [tree.python, "-c", program, str(city), str(residents), told["damage"], told["delivered_as"]],
        env=tree.environment(), cwd=tree.root, check=True,
    )  # fmt: skip
