"""What both versions are asked to do with a world: its nights, then every command that reads a published night.

Each act leaves its exit code, what it printed, and files. Not here: how two of them are compared (leavings.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.equality.trees import Ended, Tree
from benchmarks.equality.worlds import World

HOUSEHOLDS: Final = (
    # A household of each rule and colour, of what is held, cleared or rests on a row in review, and one that nothing found.
    "SELECT min(household_id) FROM out.finding WHERE household_id IS NOT NULL"
    " GROUP BY rule_id, severity, held_why IS NULL, status",
    "SELECT min(f.household_id) FROM out.finding f WHERE f.lowered_by LIKE '%review%'",
    "SELECT min(household_id) FROM out.household_flag WHERE risk_flag = 'green' AND omission_flag = 'green'",
)
IDENTITIES: Final = (
    "SELECT min(identity_id) FROM core.person_link GROUP BY source, decision, method ORDER BY ALL LIMIT 12"
)
_VOLATILE: Final = re.compile(r'"(seconds|peak_memory_mb)": [0-9.]+')


@dataclass(frozen=True, slots=True)
class Act:
    """One command: what it is called, how it ended, the folder of what it wrote."""

    name: str
    ended: Ended
    folder: Path

    def told(self, tree: Tree, warehouse: Path) -> str:
        """Return what was printed, without places and times."""
        text = self.ended.out
        for place, name in ((warehouse, "WAREHOUSE"), (self.folder, "FOLDER"), (tree.root, "HOUSE")):
            text = text.replace(str(place), name)
        return _VOLATILE.sub(r'"\1": 0', text)


def acted(tree: Tree, world: World, folder: Path) -> Iterator[Act]:
    """Run everything on a world, in a folder of the version's own.

    Args:
        tree: the version.
        world: what is delivered.
        folder: its warehouse and files; must be empty.
    """
    warehouse = folder / "warehouse"
    place = ("--place", world.place, "--layout", world.layout)
    for night in world.nights:
        given = ("--night", night, "--landing", world.landing, "--warehouse", warehouse, *place)
        yield Act(f"run {night}", tree.hedui("run", *given), folder / "none")
    database = warehouse / "published" / "restricted" / f"{world.nights[-1]}.duckdb"
    for name, arguments in _commands(world, warehouse, database):
        into = folder / "files" / name.replace(" ", "_")
        into.mkdir(parents=True)
        filled = [str(argument).replace("{into}", str(into)) for argument in arguments]
        yield Act(name, tree.hedui(*filled), into)


def _commands(world: World, warehouse: Path, database: Path) -> Iterator[tuple[str, list[object]]]:
    of = ["--warehouse", warehouse]
    night = world.nights[-1]
    landing = ["--landing", world.landing, "--layout", world.layout]
    yield "spot-check", ["export", "spot-check", *of, "--out", "{into}"]
    yield "rejects", ["export", "rejects", *of, "--night", night, "--out", "{into}"]
    yield (
        "rejects headed",
        ["export", "rejects", *of, "--night", night, "--out", "{into}", "--landing", world.landing],
    )
    yield "quality", ["export", "quality", *of, "--out", "{into}/quality.html"]
    yield "review", ["review", "export", *of, "--out", "{into}/review.xlsx"]
    yield "review status", ["review", "status", *of]
    yield "held", ["accept", *of, "--list"]
    yield "accept", ["accept", *of, "--all", "--reason", "equality", "--by", "nobody"]
    yield "what-if", ["whatif", *of, "--set", "dibao_standard=900", "--format", "json"]
    yield "what-if of itself", ["whatif", *of, "--format", "json"]
    yield "what-if table", ["whatif", *of, "--set", "dibao_standard=600", "--out", "{into}/whatif.txt"]
    yield "policy", ["policy", "show", "--place", world.place, "--night", night, "--format", "json", "--all"]
    yield (
        "policy diff",
        ["policy", "diff", f"{world.place}@2021-06-30", f"suqian@{night}", "--format", "json"],
    )
    yield "check", ["check", *landing, "--place", world.place, "--night", night, "--json"]
    yield "check advice", ["check", *landing, "--night", night, "--advice"]
    yield "no such case", ["report", *of, "--case", "nobody's", "--out", "{into}"]
    yield "no such night", ["export", "spot-check", *of, "--night", "1999-01-01", "--out", "{into}"]
    yield "no such place", ["whatif", *of, "--place", "atlantis"]
    with duckdb.connect(str(database), read_only=True) as connection:
        households = {row for query in HOUSEHOLDS for (row,) in connection.execute(query).fetchall() if row}
        identities = [row for (row,) in connection.execute(IDENTITIES).fetchall()]
    named = [word for identity in identities for word in ("--identity", identity)]
    yield "links", ["export", "link", *of, *named, "--out", "{into}/link.html"]
    for household in sorted(households):
        yield (
            f"report {household}",
            ["report", *of, "--household", household, "--out", "{into}", "--format", "both"],
        )
