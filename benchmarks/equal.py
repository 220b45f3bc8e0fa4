"""Says what another version of the product does otherwise: the proof that a redesign changes no result.

    python -m benchmarks.equal --before REVISION [--world sample base hard anhui] [--residents 3000] [--folder build/equal]

Both versions run the same nights with one key, then every command that reads a published night; every table of both
published files is compared row for row, every file as its reader reads it, every exit code and every line on standard
output. The version before is checked out beside (a git work tree in the folder) and its results are kept there for the
next comparison. Ends with 0 where nothing differs, else 1; the differences go to standard output.
"""

import argparse
import pickle
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.equality import leavings, tables
from benchmarks.equality.acts import Act, acted
from benchmarks.equality.tables import Difference
from benchmarks.equality.trees import HOUSE, Tree, checked_out
from benchmarks.equality.worlds import World, worlds

AUDIENCES = ("restricted", "analyst")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both versions and tell the differences."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--before", required=True, help="a revision of this repository")
    parser.add_argument("--world", nargs="*", default=[], help="only these: sample, base, hard, anhui")
    parser.add_argument("--residents", type=int, default=3_000, help="of each made city")
    parser.add_argument("--folder", type=Path, default=HOUSE / "build" / "equal")
    given = parser.parse_args(arguments)
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "key"
    key.write_text("made-up key of the comparison, 0123456789\n")
    before = Tree(
        given.before, checked_out(given.before, folder / f"tree-{given.before.replace('/', '-')}"), key
    )
    after = Tree("now", HOUSE, key)
    found = [
        difference
        for world in worlds(folder, before, given.residents, given.world)
        for difference in _compared(world, before, after, folder)
    ]
    for difference in found:
        print(f"{difference.where}: {difference.what}")
    print(f"{len(found)} differences from {given.before}", file=sys.stderr)
    return 1 if found else 0


def _compared(world: World, before: Tree, after: Tree, folder: Path) -> Iterator[Difference]:
    """Yield the differences of one world."""
    sides = [(tree, folder / f"{world.name}-{tree.name.replace('/', '-')}") for tree in (before, after)]
    acts = [_acts(tree, world, place, keep=tree is before) for tree, place in sides]
    houses = [place / "warehouse" for _, place in sides]
    for night in world.nights:
        for audience in AUDIENCES:
            files = [house / "published" / audience / f"{night}.duckdb" for house in houses]
            yield from tables.differences(f"{world.name} {night} {audience}", *files)
    for name in sorted(acts[0].keys() ^ acts[1].keys()):
        yield Difference(f"{world.name} {name}", "was done by one version alone")
    for name in acts[0]:
        if name in acts[1]:
            before_after = [
                (tree, house, each[name]) for (tree, _), house, each in zip(sides, houses, acts, strict=True)
            ]
            yield from leavings.differences(f"{world.name} {name}", *before_after)


def _acts(tree: Tree, world: World, place: Path, *, keep: bool) -> dict[str, Act]:
    """Return what a version did on a world; what the earlier one did is kept from comparison to comparison."""
    done = place / "acts.pickle"
    if keep and done.exists():
        kept: dict[str, Act] = pickle.loads(done.read_bytes())  # noqa: S301 - our own, of this folder
        return kept
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    acts = {}
    for act in acted(tree, world, place):
        print(f"{world.name}, {tree.name}: {act.name} ended with {act.ended.code}", file=sys.stderr)
        acts[act.name] = act
    done.write_bytes(pickle.dumps(acts))
    return acts


if __name__ == "__main__":
    sys.exit(main())
