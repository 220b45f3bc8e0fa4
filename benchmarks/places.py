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
from typing import Final, TypeVar

import polars as pl
from rapidfuzz.fuzz import partial_ratio

from matching import place_levels

T = TypeVar("T")
PAIRS: Final = 2000
ORDER: Final = ("differs", "silent", "same_town", "same_village", "same_group", "door_renamed", "same_door")
"""Levels from least to most alike; silent lies between what speaks against and what speaks for one place."""

DIVISIONS: Final = tuple(
    tuple(line.split())
    for line in """浙江 杭州 余杭区 仓前街道 五常街道 良渚街道
浙江 宁波 鄞州区 首南街道 下应街道 姜山镇
浙江 金华 义乌市 北苑街道 福田街道 佛堂镇
江苏 南京 鼓楼区 湖南路街道 宁海路街道 江东街道
江苏 苏州 吴中区 木渎镇 甪直镇 长桥街道
江苏 南通 如皋市 城南街道 白蒲镇 搬经镇
上海 上海 浦东新区 张江镇 川沙新镇 陆家嘴街道
上海 上海 静安区 南京西路街道 曹家渡街道 大宁路街道
北京 北京 海淀区 中关村街道 清河街道 四季青镇
北京 北京 丰台区 方庄街道 花乡 卢沟桥街道
广东 广州 天河区 石牌街道 棠下街道 车陂街道
广东 深圳 南山区 粤海街道 西丽街道 桃源街道
广东 佛山 顺德区 大良街道 乐从镇 北滘镇
四川 成都 武侯区 浆洗街街道 簇桥街道 晋阳街道
湖北 武汉 洪山区 珞南街道 关山街道 狮子山街道
湖南 长沙 岳麓区 麓谷街道 望城坡街道 坪塘街道
陕西 西安 雁塔区 小寨路街道 丈八沟街道 鱼化寨街道
河南 郑州 金水区 花园路街道 经八路街道 龙子湖街道
山东 青岛 市北区 台东街道 登州路街道 浮山新区街道
山东 济宁 曲阜市 鲁城街道 时庄镇 姚村镇
河北 保定 竞秀区 先锋街道 建南街道 韩村乡
辽宁 大连 沙河口区 星海湾街道 马栏街道 南沙河口街道
黑龙江 哈尔滨 南岗区 花园街道 保健路街道 王岗镇
福建 厦门 思明区 筼筜街道 莲前街道 滨海街道
江西 南昌 青山湖区 湖坊镇 塘山镇 上海路街道
安徽 合肥 蜀山区 三里庵街道 南岗镇 井岗镇
贵州 遵义 红花岗区 延安路街道 舟水桥街道 长征镇
云南 昆明 官渡区 关上街道 小板桥街道 吴井街道
甘肃 兰州 城关区 张掖路街道 雁南街道 青白石街道
重庆 重庆 渝北区 龙溪街道 双龙湖街道 洛碛镇""".splitlines()
)
ROADS: Final = (
    "文一西路 文二西路 文三路 人民路 人民东路 人民西路 解放路 解放南路 解放北路 中山中路 中山北路 建设路 建设大道 体育西路 体育东路 望江西路 江南大道 科技路"
    " 科技二路 科技四路 珞喻路 麓云路 天府大道 航天路 花园路 农科路 台东三路 台东八路 延安路 中华南路 海秀东路 张掖路 碧波路 祖冲之路 万航渡路 长寿路"
    " 学院路 学院南路 邱山大街 车站大道 南湖大路 星湖街 西园八路 西园九路 金龙路 新牌坊一路 和平里 迎水道 复康路 朝阳北大街 东风西路 富民路 吴兴大道 兴发南路 龙泉巷"
).split()
COMPOUNDS: Final = (
    "翠苑小区 金锦苑 大自然家园 绿城桂花园 阳光花园 锦绣江南 春晗小区 迎水北里 芳古园 翡翠城 都市阳光 康桥水郡 世茂外滩花园 幸福里 紫金公寓 东方豪庭 万科金色城市"
    " 碧桂园 恒大绿洲 龙湖滟澜山 滨河新村 工人新村 朝晖新村 教工宿舍区 望湖家园 南苑小区 北苑小区 御景湾 香榭里 中海国际社区 丽景名都 保利香槟国际 华润橡树湾"
).split()
NAMES: Final = (
    "天人大厦 开开大厦 环球中心 国贸360广场 万达广场 海威国际 星耀城 财经大学 翠林大厦 兴工科技园 软件园 创意产业园 沃尔玛超市 家乐福超市 华联超市 菜鸟驿站 丰巢快递柜 人民医院"
    " 第三中学 实验小学 建设银行 工商银行 肯德基 星巴克咖啡 如家酒店 汉庭酒店 老百姓大药房 中石化加油站 红星美凯龙 居然之家 电信营业厅 幼儿园 网新双城国际 亚欧商场 利群商厦"
).split()
VILLAGES: Final = "下骆宅 上骆宅 紫霞 朝阳 东垛 西垛 大官庄 小官庄 双桥 三里 五里 新华 红星 前进 李家 王家 张家湾 石塘 沙湖 下里溪 上里溪 龙泉".split()
REMARKS: Final = "(送货上门) （放门卫） 附近 旁边 对面 (近地铁口) 13800000000 张先生 王女士收".split()
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
    chance = random.Random(seed)
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
    return float((of_same.sum() - positive * (positive + 1) / 2) / (positive * negative))


def overlap(a: str, b: str) -> float:
    """Pairs of neighbouring characters in common, over those of the shorter text."""
    one, two = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b))
    return len(one & two) / max(1, min(len(one), len(two)))


def main(seed: int) -> None:
    """Print the figures."""
    pairs = drawn(seed)
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
    print(f"silent of same  {(of_same == 'silent').mean():.3f}")
    print(f"seconds per 1,000 pairs {seconds / len(pairs) * 1000:.3f}")
    for kind, those in (("same", of_same), ("different", levels.filter(~pairs["same"]))):
        print(kind, dict(Counter(those.to_list()).most_common()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
