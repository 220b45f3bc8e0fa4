"""Where made people live: divisions, addresses, telephones.

Here: townships and villages of the county in numbers that fit its size, an address a household, a telephone
each. Not here: how departments garble them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import numpy as np

    from synth.streams import Flags, Ints

COUNTY = 320682
"""The county whose policy the city follows (profile `rugao`); its townships and villages are invented."""

ELSEWHERE = (320681, 320623, 320685, 321282, 340123, 411527, 522225, 653101)
"""Where people born elsewhere come from."""

PARENTS = (("320000000000", "江苏省", "province", ""), ("320600000000", "南通市", "city", "320000000000"))
_HEAD = "澄芦鹭枫苇栖渚磐芷蘅菱莘汀浦泓溪岚桐榆樟槐杏桂梧"
_TOWN_TAIL = "泾埠港浜塘墩圩渡桥湾"
_VILLAGE_TAIL = "庄圩荡园垛舍埭巷岱坝"
_ROADS = ("惠民路", "振华路", "滨河路", "健康路", "育才路", "光明街", "和平街", "兴隆街", "南园路", "北新街")


@dataclass(frozen=True)
class Places:
    """The divisions of a city: `table` as delivered, and the last level by kind."""

    table: pl.DataFrame
    communities: pl.DataFrame
    villages: pl.DataFrame


def _town_name(number: int) -> str:
    head = _HEAD[number % len(_HEAD)]
    return head + _TOWN_TAIL[(number // len(_HEAD) + number) % len(_TOWN_TAIL)]


def _village_name(town: int, number: int) -> str:
    at = town * 7 + number * 5
    return _HEAD[at % len(_HEAD)] + _HEAD[(at // 3 + town) % len(_HEAD)] + _VILLAGE_TAIL[number % 10]


def make_places(residents: int) -> Places:
    """Makes a county of about one township for 12,000 residents, four at least, with its villages."""
    towns = min(90, max(4, residents // 12_000))
    each = min(24, max(4, residents // towns // 900))
    rows = [*PARENTS, (f"{COUNTY}000000", "如皋市", "county", "320600000000")]
    last: list[tuple[str, str, str, bool]] = []
    for town in range(towns):
        street = town < max(1, towns // 4)
        code = f"{COUNTY}{(town + 1) if street else 100 + town:03d}"
        town_name = _town_name(town) + ("街道" if street else "镇")
        rows.append((code + "000", town_name, "township", f"{COUNTY}000000"))
        for number in range(each):
            urban = street or number < max(1, each // 4)
            name = _village_name(town, number) + ("社区" if urban else "村")
            village = f"{code}{(1 if urban else 201) + number:03d}"
            rows.append((village, name, "village", code + "000"))
            last.append((village, town_name, name, urban))
    names = ["division_code", "name_zh", "level", "parent_code"]
    ends = pl.DataFrame(last, schema=["code", "town", "village", "urban"], orient="row")
    return Places(
        table=pl.DataFrame(rows, schema=names, orient="row"),
        communities=ends.filter(pl.col("urban")),
        villages=ends.filter(~pl.col("urban")),
    )


def addresses(rng: np.random.Generator, places: Places, urban: Flags) -> tuple[pl.Series, pl.Series]:
    """Gives each household a division code and an address, written with or without province and city."""
    size = len(urban)
    town = places.communities[rng.integers(0, places.communities.height, size)]
    land = places.villages[rng.integers(0, places.villages.height, size)]

    def digits(low: int, high: int) -> pl.Series:
        return pl.Series(rng.integers(low, high, size)).cast(pl.String)

    road = pl.Series(_ROADS).gather(rng.integers(0, len(_ROADS), size))
    room = pl.Series(rng.integers(1, 7, size) * 100 + rng.integers(1, 5, size)).cast(pl.String)
    flat = road + digits(1, 190) + "号" + digits(1, 40) + "幢" + digits(1, 5) + "单元" + room + "室"
    house = digits(1, 31) + "组" + digits(1, 160) + "号"
    choose = pl.Series(urban)
    place = (town["town"] + town["village"] + flat).zip_with(choose, land["town"] + land["village"] + house)
    long = pl.Series(rng.random(size) < 0.4)
    prefix = pl.Series(["如皋市", "江苏省南通市如皋市"]).gather(long.cast(pl.Int64))
    return town["code"].zip_with(choose, land["code"]), prefix + place


def phones(numbers: Ints, seed: int) -> pl.Series:
    """Gives each position a telephone number that no other position has."""
    tail = (numbers * 48_271_937 + seed * 7_919 + 13) % 100_000_000
    head = pl.Series(["130", "133", "136", "138", "139", "150", "152", "158", "177", "186"])
    return head.gather(numbers % 10) + pl.Series(tail).cast(pl.String).str.zfill(8)
