"""Pairs of made addresses, same and different, drawn by the rules of docs/matching.md, and how well levels tell them apart.

``python -m benchmarks.places [SEED]`` prints the area under the curve of our levels and of two peers, the share of same
pairs that are silent, and what a thousand pairs cost. Roads, towns and compounds are of free lists of real names; no
address is anybody's.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import polars as pl
import yaml
from rapidfuzz.fuzz import partial_ratio

from matching import place_levels

T = TypeVar("T")
PAIRS: Final = 2000
ORDER: Final = ("differs", "silent", "same_town", "same_village", "same_group", "door_renamed", "same_door")
"""Levels from least to most alike; silent lies between what speaks against and what speaks for one place."""

_WORDS: Final = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
DIVISIONS: Final = [tuple(division) for division in _WORDS["divisions"]]
ROADS, COMPOUNDS, NAMES, VILLAGES, REMARKS = (
    _WORDS[kind] for kind in ("roads", "compounds", "names", "villages", "remarks")
)
_OLD: Final = str.maketrans("东区号楼广场园龙华万门国学", "東區號樓廣場園龍華萬門國學")
_DIGITS: Final = "零一二三四五六七八九"
_TWINS: Final = {
    "一": "二",
    "二": "三",
    "三": "四",
    "四": "八",
    "八": "九",
    "东": "西",
    "西": "东",
    "南": "北",
    "北": "南",
    "上": "下",
    "下": "上",
}
"""What makes the nearest other name: the road or village next to it."""


@dataclass(frozen=True)
class Place:
    """What an address says, before anybody writes it down."""

    division: tuple[str, ...]
    town: str
    road: str = ""
    lane: int = 0
    house: int = 0
    behind: int = 0
    compound: str = ""
    name: str = ""
    building: int = 0
    entrance: int = 0
    room: int = 0
    village: str = ""
    team: str = ""


def place(chance: random.Random) -> Place:
    """One of five kinds: a house or shop on a road, a lane, a compound, a named place, a village."""
    division = chance.choice(DIVISIONS)
    made = Place(division, chance.choice(division[3:]))
    road, house = chance.choice(ROADS), chance.randint(1, 1800)
    kind = chance.choices(("road", "lane", "compound", "name", "village"), (32, 8, 25, 20, 15))[0]
    building, room = chance.randint(1, 40), chance.randint(1, 18) * 100 + chance.randint(1, 4)
    if kind == "road":
        name = chance.choice(NAMES) if chance.random() < 0.5 else ""
        behind = chance.randint(1, 20) if chance.random() < 0.1 else 0
        return replace(
            made, road=road, house=house, name=name, behind=behind, room=room if chance.random() < 0.3 else 0
        )
    if kind == "lane":
        return replace(made, road=road, lane=house, house=building, room=room if chance.random() < 0.6 else 0)
    if kind == "compound":
        inside = replace(
            made, compound=chance.choice(COMPOUNDS), building=building, entrance=chance.randint(1, 4)
        )
        inside = replace(inside, room=room) if chance.random() < 0.7 else inside
        return replace(inside, road=road, house=house) if chance.random() < 0.5 else inside
    if kind == "name":
        return replace(
            made, road=road, house=house if chance.random() < 0.4 else 0, name=chance.choice(NAMES)
        )
    team = chance.choice(("东队", "西队", *(f"{n}组" for n in range(1, 20)))) if chance.random() < 0.6 else ""
    return replace(
        made, village=chance.choice(VILLAGES), team=team, house=house % 200 if chance.random() < 0.6 else 0
    )


def other(chance: random.Random, one: Place) -> tuple[Place, str]:
    """A different place that is as near in words as can be, and what must be written for anybody to see it."""
    options: list[tuple[Place, str]] = []
    if one.road and not one.compound:
        if one.house:
            house = one.house + chance.choice((1, 2, 10, 100))
            behind = 0 if one.behind else one.house % 9 + 1
            options += [(replace(one, house=house), "house")] * 3 + [(replace(one, behind=behind), "behind")]
        options.append((replace(one, road=_twin(one.road) or _another(chance, ROADS, one.road)), "road"))
        options.append((replace(one, road=_another(chance, ROADS, one.road)), "road"))
    if one.road or one.compound:
        division = _another(chance, DIVISIONS, one.division)
        options.append((replace(one, division=division, town=chance.choice(division[3:])), "division"))
    if one.name and not one.house:
        options += [(replace(one, name=_another(chance, NAMES, one.name)), "name")] * 2
    if one.compound:
        options += [(replace(one, building=one.building + chance.choice((1, 2, 10))), "building")] * 2
        options.append((replace(one, compound=_another(chance, COMPOUNDS, one.compound)), "compound"))
    if one.room:
        options.append((replace(one, room=one.room + chance.choice((1, 100, 200))), "room"))
    if one.village:
        village = _twin(one.village) or _another(chance, VILLAGES, one.village)
        options += [(replace(one, village=village), "village")] * 2
        options.append((replace(one, town=_another(chance, one.division[3:], one.town)), "town"))
    return chance.choice(options)


def _another(chance: random.Random, among: Sequence[T], than: T) -> T:
    return chance.choice([one for one in among if one != than])


def _twin(name: str) -> str:
    return next((name.replace(a, b, 1) for a, b in _TWINS.items() if a in name), "")


def written(chance: random.Random, one: Place, shown: str = "") -> str:
    """The place as somebody writes it: parts left out, exchanged, in other signs, with what does not belong there.

    ``shown`` is never left out.
    """
    road = one.road + (f"{one.lane}弄" if one.lane else "")
    road += _number(chance, one.house) + "号" if one.house and one.road else ""
    road += f"附{one.behind}号" if one.behind else ""
    if one.compound and chance.random() < 0.35:
        road = ""
    compound = one.compound.removesuffix("小区") if chance.random() < 0.3 else one.compound
    name = one.name if not one.house or chance.random() < 0.6 else ""
    if len(name) > 3 and shown != "name" and chance.random() < 0.1:
        name = _slip(chance, name)
    village = one.village + chance.choice(("村", "村", "")) + one.team if one.village else ""
    village += f"{one.house}号" if one.village and one.house else ""
    inner = _door(chance, one)
    parts = [road, compound + inner if compound else name + inner, village]
    if name and road and chance.random() < 0.15:
        parts = [name, road + inner]
    text = "".join(_divisions(chance, one, shown) + parts)
    text += chance.choice(REMARKS) if chance.random() < 0.13 else ""
    if chance.random() < 0.06:
        text = text.translate(_OLD)
    if chance.random() < 0.06:
        text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    return " ".join((text[:3], text[3:])) if chance.random() < 0.05 else text


def _divisions(chance: random.Random, one: Place, shown: str) -> list[str]:
    province, city, county = one.division[:3]
    bare = chance.random() < 0.3
    stem = county.removesuffix("新区").rstrip("区市") if bare else county
    upper = [] if province == city else [province + ("" if bare else "省")]
    parts = [*upper, city + ("" if bare else "市"), stem]
    if shown != "division":
        parts = parts[chance.choice((0, 0, len(parts) - 2, len(parts) - 1, len(parts))) :]
        parts = [p for p in parts if p != stem] if chance.random() < 0.1 else parts
    town = shown == "town" or chance.random() < (0.8 if one.village else 0.35)
    return [*parts, one.town] if town else parts


def _door(chance: random.Random, one: Place) -> str:
    room = f"{one.room}{chance.choice(('', '室', '室', '房'))}" if one.room else ""
    if not one.building:
        return room
    if room and chance.random() < 0.15:
        return (
            f"{one.building}-{one.entrance}-{one.room}"
            if chance.random() < 0.5
            else f"{one.building}-{one.room}"
        )
    building = _number(chance, one.building) + chance.choice(("幢", "栋", "号楼", "号楼", "#"))
    return building + (f"{one.entrance}单元" if chance.random() < 0.5 and room else "") + room


def _number(chance: random.Random, number: int) -> str:
    return _DIGITS[number] if number < 10 and chance.random() < 0.15 else str(number)


def _slip(chance: random.Random, name: str) -> str:
    at = chance.randrange(len(name))
    return (
        name[:at] + name[at + 1 :]
        if chance.random() < 0.5
        else name[:at] + chance.choice("大新中华金城") + name[at + 1 :]
    )


def drawn(seed: int, pairs: int = PAIRS) -> pl.DataFrame:
    """``a``, ``b``, ``same``; half of the pairs are of one place. Texts that came out equal are drawn again."""
    chance = random.Random(seed)  # noqa: S311
    rows: list[tuple[str, str, bool]] = []
    while len(rows) < pairs:
        one, same = place(chance), len(rows) % 2 == 0
        another, shown = (one, "") if same else other(chance, one)
        a, b = written(chance, one, shown), written(chance, another, shown)
        if a != b:
            rows.append((a, b, same))
    return pl.DataFrame(rows, schema=["a", "b", "same"], orient="row")


def area(scores: Sequence[float], same: Sequence[bool]) -> float:
    """Chance that a same pair scores above a different one, ties counted half."""
    ranks = pl.Series(scores, dtype=pl.Float64).rank("average")
    of_same = ranks.filter(pl.Series(same))
    positive, negative = len(of_same), len(ranks) - len(of_same)
    return (float(of_same.sum()) - positive * (positive + 1) / 2) / (positive * negative)


def overlap(a: str, b: str) -> float:
    """Pairs of neighbouring characters in common, over those of the shorter text."""
    one, two = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b))
    return len(one & two) / max(1, min(len(one), len(two)))


def by_hand() -> pl.DataFrame:
    """``a``, ``b``, ``same`` of the pairs that were written by hand; those that are partly the same left out."""
    written_down = pl.read_csv(
        Path(__file__).with_name("places_by_hand.tsv"), separator="\t", quote_char=None
    )
    return written_down.filter(pl.col("grade") != "partly").select("a", "b", same=pl.col("grade") == "same")


def main(seed: int) -> None:
    """Print the figures of pairs drawn and of those written by hand."""
    for kind, pairs in (("drawn", drawn(seed)), ("by hand", by_hand())):
        print(f"{len(pairs)} pairs {kind}")
        told(pairs)


def told(pairs: pl.DataFrame) -> None:
    """Print the figures of some pairs."""
    began = time.perf_counter()
    levels = place_levels(pairs["a"], pairs["b"])
    seconds = time.perf_counter() - began
    same = pairs["same"].to_list()
    peers: dict[str, Callable[[str, str], float]] = {
        "bigram overlap": overlap,
        "partial ratio": partial_ratio,
    }
    print(f"levels          {area([ORDER.index(level) for level in levels], same):.3f}")
    for name, peer in peers.items():
        print(f"{name:15} {area([peer(a, b) for a, b in pairs.select('a', 'b').rows()], same):.3f}")
    of_same = levels.filter(pairs["same"])
    print(f"silent of same  {(of_same == 'silent').sum() / len(of_same):.3f}")
    print(f"seconds per 1,000 pairs {seconds / len(pairs) * 1000:.3f}")
    for kind, those in (("same", of_same), ("different", levels.filter(~pairs["same"]))):
        print(kind, dict(Counter(those.to_list()).most_common()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
