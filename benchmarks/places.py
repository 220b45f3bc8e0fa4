"""How well the levels of two addresses tell one place from two, on pairs drawn by rules of our own.

    python -m benchmarks.places [--pairs 2000] [--seed 1] [--dry]

A pair is an address and either the same place written by somebody else (parts above left out, numerals and building words
changed, the unit or the house number left out, a shop's name or a remark put in, one character mistaken) or another place
that looks like it (the next number of the road, another building of the compound, a compound with half the name, the same road
and number of another city, another shop of the street, any other place). Beside the levels: overlap of neighbouring
characters and RapidFuzz's partial ratio. Writes the section `places` of docs/quality.md. Roads, compounds and shops are made up.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from benchmarks.scored import write_section
from matching.comparisons import place_levels

ORDER: Final = ("differs", "silent", "same_town", "same_village", "same_group", "door_renamed", "same_door")
"""From apart to one place."""
CITIES: Final = (
    ("浙江省", "杭州市", "余杭区"), ("浙江省", "宁波市", "海曙区"), ("江苏省", "南通市", "如皋市"), ("江苏省", "苏州市", "吴中区"),
    ("上海市", "", "浦东新区"), ("广东省", "深圳市", "南山区"), ("四川省", "成都市", "武侯区"), ("安徽省", "宿州市", "埇桥区"),
    ("河南省", "郑州市", "金水区"), ("湖北省", "武汉市", "江汉区"), ("陕西省", "西安市", "雁塔区"), ("云南省", "昭通市", "昭阳区"),
)  # fmt: skip
TOWNS: Final = (
    "良渚街道", "瓶窑镇", "九渡镇", "沙湖镇", "石塘镇", "桃源街道", "新安街道", "三墩镇", "五常街道", "临平街道", "白蒲镇",
    "下原镇", "浦沿街道", "长河街道",
)  # fmt: skip
VILLAGES: Final = (
    "东垛村", "朱港村", "谢岸村", "三里村", "花园社区", "石园社区", "双桥村", "新联村", "永兴社区", "前进村", "红星社区",
    "五星村", "荷花社区", "大树村",
)  # fmt: skip
ROADS: Final = (
    "人民路", "文一西路", "玉鸟路", "振华路", "滨河路", "映川大道", "世纪大道", "健康路", "建设路", "解放路", "育才路",
    "古墩路", "碧波路", "天目山路", "莫干山路", "光明街", "和平街", "兴隆巷", "石板巷", "学院路",
)  # fmt: skip
COMPOUNDS: Final = (
    "阳光花园", "阳光家园", "西溪花园", "东方苑", "翠苑新村", "金色家园", "锦绣公寓", "滨江花园", "香樟苑", "紫荆公寓",
    "绿城桂花园", "万科城市花园", "和平小区", "建设新村", "金地名苑", "水岸花苑",
)  # fmt: skip
SHOPS: Final = (
    "菜鸟驿站", "中国邮政", "农业银行", "华联超市", "肯德基", "老百姓大药房", "丰巢快递柜", "中心小学", "人民医院", "万达广场",
    "银泰百货", "理发店", "五金店", "沙县小吃", "敬老院", "文化艺术中心",
)  # fmt: skip
TYPOS: Final = dict(zip("路街园苑村港桥新华福", "璐接圆宛邨巷轿薪花富", strict=True))


class Place:
    """One place: what stands in its address, part by part."""

    def __init__(self, draw: random.Random) -> None:
        """Draw a place: on a road, in a compound or in a village, a shop or none."""
        self.draw = draw
        self.city, self.town = draw.choice(CITIES), draw.choice(TOWNS)
        self.kind = draw.choices(("road", "compound", "village"), (4, 4, 3))[0]
        self.village, self.road, self.compound = (
            draw.choice(VILLAGES),
            draw.choice(ROADS),
            draw.choice(COMPOUNDS),
        )
        self.number, self.group = draw.randint(1, 990), draw.randint(1, 28)
        self.building, self.unit, self.room = (
            draw.randint(1, 38),
            draw.randint(1, 4),
            draw.randint(1, 18) * 100 + draw.randint(1, 6),
        )
        self.shop = draw.choice(SHOPS) if draw.random() < 0.4 else ""

    def but(self, **other: object) -> "Place":
        """The same with other parts."""
        made = Place.__new__(Place)
        made.__dict__ = {**self.__dict__, **other}
        return made

    def written(self, *, freely: bool) -> str:
        """The address in full, or as somebody else writes it."""
        chance = (lambda p: self.draw.random() < p) if freely else (lambda _: False)
        upper = (
            self.draw.choice(
                ([*self.city, self.town], self.city[1:], [self.city[2], self.town], [self.town], [])
            )
            if freely
            else [*self.city, self.town]
        )
        above = "".join(upper)
        if chance(0.25):
            above = above.replace("省", "").replace("市", "", 1).replace("街道", "")
        text = above + {"road": self._road, "compound": self._compound, "village": self._village}[self.kind](
            chance
        )
        shop = self.shop if self.shop and not chance(0.3) else ""
        text += shop
        if chance(0.1):
            text += self.draw.choice(("附近", "(联系电话)", "对面", "东侧50米"))
        if chance(0.12):
            at = [i for i, c in enumerate(text) if c in TYPOS]
            if at:
                i = self.draw.choice(at)
                text = text[:i] + TYPOS[text[i]] + text[i + 1 :]
        return text

    def _road(self, chance: Callable[[float], bool]) -> str:
        if chance(0.12) and self.shop:
            return self.road
        room = f"{self.room}室" if self.room % 2 and not chance(0.25) else ""
        return f"{self.road}{self.number}{'-' if chance(0.15) and room else '号'}{room}"

    def _compound(self, chance: Callable[[float], bool]) -> str:
        word = self.draw.choice(("幢", "号楼", "栋", "#")) if chance(0.6) else "幢"
        unit = "" if chance(0.4) else f"{self.unit}单元"
        room = "" if chance(0.15) else f"{self.room}{'' if chance(0.4) else '室'}"
        road = "" if chance(0.6) else f"{self.road}{self.number}号"
        return f"{road}{self.compound}{self.building}{word}{unit}{room}"

    def _village(self, chance: Callable[[float], bool]) -> str:
        word = self.draw.choice(("组", "队", "小组")) if chance(0.5) else "组"
        door = "" if chance(0.15) else f"{self.number % 160 + 1}号"
        return f"{self.village}{'第' if chance(0.2) else ''}{self.group}{word}{door}"

    def other(self) -> "Place":
        """Another place that looks like this one."""
        draw, near = self.draw, self.draw.randint(1, 9)
        ways: list[Callable[[], Place]] = [
            lambda: self.but(number=self.number + near, building=self.building + near, group=self.group + near),
            lambda: self.but(
                building=self.building + near, room=self.room + 100, number=self.number + near, group=self.group + near
            ),
            lambda: self.but(city=draw.choice([c for c in CITIES if c != self.city])),
            lambda: self.but(compound=draw.choice([c for c in COMPOUNDS if c != self.compound]), road=draw.choice(ROADS),
                             village=draw.choice([v for v in VILLAGES if v != self.village]), number=self.number + near),
            lambda: self.but(
                shop=draw.choice(SHOPS), number=self.number + 10 * near, building=self.building + near, group=self.group + near
            ),
            lambda: Place(draw),
        ]  # fmt: skip
        return draw.choice(ways)()


def drawn(pairs: int, seed: int) -> pl.DataFrame:
    """Return pairs: ``one``, ``other``, ``same``; half of them one place."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    rows = []
    for i in range(pairs):
        place = Place(draw)
        same = i % 2 == 0
        second = place if same else place.other()
        # Another city can only be told where both say which.
        freely = same or second.city == place.city
        rows.append((place.written(freely=draw.random() < 0.5), second.written(freely=freely), same))
    return pl.DataFrame(rows, schema=["one", "other", "same"], orient="row")


def auc(score: np.ndarray, same: np.ndarray) -> float:
    """Chance that a pair of one place scores higher than one of two; ties count half (Mann-Whitney)."""
    values, at = np.unique(score, return_inverse=True)
    one, two = (np.bincount(at[same == side], minlength=len(values)) for side in (1, 0))
    below = np.cumsum(two) - two
    return float((one * (below + two / 2)).sum() / (one.sum() * two.sum()))


def bigrams(one: str, other: str) -> float:
    """Overlap of neighbouring characters, of the smaller set."""
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def measured(pairs: pl.DataFrame) -> dict[str, float]:
    """Return AUC of the levels and of the two peers, and the share of pairs of one place that are silent."""
    level, same = place_levels(pairs["one"], pairs["other"]), pairs["same"].to_numpy().astype(int)
    rank = level.replace_strict({name: i for i, name in enumerate(ORDER)}, return_dtype=pl.Int64).to_numpy()
    peers = np.array([bigrams(a, b) for a, b in pairs.select("one", "other").iter_rows()])
    partial = np.asarray(cpdist(pairs["one"].to_list(), pairs["other"].to_list(), scorer=fuzz.partial_ratio))
    return {
        "levels": auc(rank, same), "bigrams": auc(peers, same), "partial ratio": auc(partial, same),
        "silent of one place": float((level.to_numpy()[same == 1] == "silent").mean()),
        "a door, of two places": float((level.to_numpy()[same == 0] == "same_door").mean()),
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry", action="store_true", help="print, write nothing")
    given = parser.parse_args(arguments)
    pairs = drawn(given.pairs, given.seed)
    found = measured(pairs)
    print(
        pairs.with_columns(level=place_levels(pairs["one"], pairs["other"]))
        .group_by("same", "level")
        .len()
        .sort("same", "level")
    )
    lines = [
        "## Whether two addresses are one place", "",
        f"Measured {datetime.now(tz=UTC).date()} by `python -m benchmarks.places --pairs {given.pairs} --seed {given.seed}`, on"
        " pairs drawn by the rules at the head of that module, half of them one place.", "",
        "| figure | measured | goal |", "| --- | ---: | ---: |",
        f"| AUC of `matching.place_level` | {found['levels']:.3f} | 0.80 |",
        f"| AUC of bigram overlap | {found['bigrams']:.3f} | |",
        f"| AUC of partial ratio | {found['partial ratio']:.3f} | |",
        f"| pairs of one place that are `silent` | {found['silent of one place']:.1%} | at most 40 % |",
        f"| pairs of two places called one door | {found['a door, of two places']:.1%} | |",
    ]  # fmt: skip
    text = "\n".join(lines) + "\n\n"
    print(text)
    if not given.dry:
        write_section("places", text)


if __name__ == "__main__":
    main()
