"""How two addresses compare as text, where their parts are not recognised: shops, compounds, parcels, homes for the elderly.

Here belong likeness of two texts, roads and numbers found anywhere in them, and the level that follows; whole columns at a time.
Not here: an address's own parts and keys (normalise.addresses), what a level weighs (model.yaml). Without a door nothing here is
above `same_village`.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from matching.normalise import addresses
from matching.normalise.addresses import HOMES, UNIT

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WIDTH: Final = 40
"""Characters of an address that are compared, its numbers left out; what is longer tells the rest in words."""
AT_ONCE: Final = 20_000
ALIKE, NEAR, APART = 0.75, 0.5, 0.3
"""Shares of the shorter text's pairs of neighbouring characters that the longer one has too: one place, one neighbourhood, two
places. Read off pairs drawn by rules (benchmarks/places.py)."""

_ROAD: Final = r"\p{Han}{2}(?:大道|大街|公路|路|街|巷|弄|胡同|道)"
"""A road by the last two characters of its name, for what stands before it may be left out."""
_NUMBERED: Final = rf"({_ROAD})(F?[0-9]+)(?:号|弄|#|-|$)"
_UPPER: Final = (
    r"^(?:[^0-9省市县区镇乡]{2,4}(?:省|自治区))?(?:[^0-9省市县区镇乡]{1,6}(?:市|自治州|地区|盟))*"
    r"(?:[^0-9省市县区镇乡村路]{1,6}(?:自治县|县|区|旗))?"
)
_CITY: Final = r"([^0-9省市县区镇乡]{2,6})(?:市|自治州|地区|盟)"
_COUNTY: Final = (
    r"^(?:[^0-9省市县区镇乡]{2,4}(?:省|自治区))?(?:[^0-9省市县区镇乡]{1,6}(?:市|自治州|地区|盟))*"
    r"([^0-9省市县区镇乡村路]{1,5}[^0-9省市县区镇乡村路社小园校景])(?:县|区|旗)"
)
"""A county above everything else: 花园社区 and 阳光小区 are none."""
_WORDS: Final = r"第|附近|对面|旁边?|路口|交叉口|交汇处|方向|东侧|西侧|南侧|北侧|[0-9]+米"
_BUILT: Final = "号楼|单元|小组|[号幢栋室组队层座]"
"""Words that every address has; two that share them alone share nothing."""
_SIDED: Final = r"([东西南北中前后上下大小老新])(?:组|队|巷|弄|村|庄|门)"


def place_level(one: str | None, other: str | None) -> str:
    """Return the level of agreement of two addresses as delivered.

    Returns:
        `same_door`, `same_group` (road and house number, or village and group), `same_village`, `same_town`, `differs`, or `silent`
        where too little is said. Symmetric; one of the levels of the comparison ``place``.
    """
    return str(place_levels(pl.Series([one], dtype=pl.String), pl.Series([other], dtype=pl.String))[0])


def place_levels(one: pl.Series, other: pl.Series) -> pl.Series:
    """Levels of pairs of addresses, as `place_level` gives them."""
    left, right = (addresses(side) for side in (one, other))
    frame = pl.concat([left, right.rename(lambda c: f"p_{c}")], how="horizontal")
    told = frame.select(
        pl.when((pl.col("door_key") == pl.col("p_door_key")) & _agree("town") & _agree("unit")).then(pl.lit("same_door"))
        .when((pl.col("group_key") == pl.col("p_group_key")) & _agree("town")).then(pl.lit("same_group"))
    ).to_series()  # fmt: skip
    facts = _facts_of(left["place_text"], right["place_text"])
    strong = told.is_not_null() & ~facts.select(_apart_above()).to_series()
    return _by_text(facts).zip_with(~strong, told)


def _agree(part: str) -> pl.Expr:
    return pl.coalesce(pl.col(part) == pl.col(f"p_{part}"), pl.lit(value=True))


def texts_level(one: pl.Series, other: pl.Series) -> pl.Series:
    """Levels of pairs of cleaned texts (`place_text` of `normalise.addresses`) by roads, numbers and likeness."""
    return _by_text(_facts_of(one, other))


def _facts_of(one: pl.Series, other: pl.Series) -> pl.DataFrame:
    pairs = pl.DataFrame({"a": one.fill_null(""), "b": other.fill_null("")})
    return pairs.with_columns(*_facts("a"), *_facts("b"))


def _by_text(facts: pl.DataFrame) -> pl.Series:
    alike = pl.Series(likeness(facts["a_han"], facts["b_han"]))
    return facts.with_columns(alike=alike).select(level=_level()).to_series()


def _facts(side: str) -> list[pl.Expr]:
    text = pl.col(side).str.replace_all(_WORDS, "")
    below = text.str.replace(UNIT, "${1}${3}").str.replace(_UPPER, "")
    below = pl.when(below.str.contains(r"\p{Han}")).then(below).otherwise(text)
    return [
        below.str.replace_all(_BUILT, "")
        .str.replace_all(r"[^\p{Han}]", "")
        .str.head(WIDTH)
        .alias(f"{side}_han"),
        below.str.extract_all("[0-9]+|[A-Z]+").alias(f"{side}_numbers"),
        below.str.extract_all(_ROAD).alias(f"{side}_roads"),
        below.str.extract_all(_NUMBERED)
        .list.eval(pl.element().str.replace(r"[号弄#-]$", ""))
        .alias(f"{side}_numbered"),
        text.str.extract(UNIT, 2).alias(f"{side}_unit"),
        text.str.extract(_CITY, 1).alias(f"{side}_city"),
        text.str.extract(_COUNTY, 1).alias(f"{side}_county"),
        below.str.contains(HOMES).alias(f"{side}_home"),
        below.str.extract_all(_SIDED).list.join("").alias(f"{side}_sides"),
    ]


def _level() -> pl.Expr:
    c = pl.col
    numbers = c("a_numbers").list.set_intersection("b_numbers").list.len()
    some = (c("a_numbers").list.len() > 0) & (c("b_numbers").list.len() > 0)
    fewer = pl.min_horizontal(c("a_numbers").list.len(), c("b_numbers").list.len())
    contradict = some & (numbers < fewer)
    roads = (c("a_roads").list.len() > 0) & (c("b_roads").list.len() > 0)
    crossing = c("a_roads").list.set_intersection("b_roads").list.len() > 0
    house = c("a_numbered").list.set_intersection("b_numbered").list.len() > 0
    whole = (c("a_numbers").list.len() == c("b_numbers").list.len()) & ~contradict
    sides = (c("a_sides") != c("b_sides")) & (c("a_sides") != "") & (c("b_sides") != "")
    units = pl.coalesce(c("a_unit") == c("b_unit"), pl.lit(value=True))
    home = c("a_home") | c("b_home")
    nothing = (c("a_han").str.len_chars() < 2) | (c("b_han").str.len_chars() < 2)
    return (
        pl.when((c("a") == "") | (c("b") == "")).then(pl.lit("silent"))
        .when(_apart_above()).then(pl.lit("differs"))
        .when(nothing).then(pl.lit("silent"))
        .when(house & whole & ~home & ~sides & units).then(pl.lit("same_door"))
        .when(house & ~sides & ~contradict).then(pl.lit("same_group"))
        .when(house).then(pl.lit("same_village"))
        .when(roads & ~crossing & (c("alike") < ALIKE)).then(pl.lit("differs"))
        .when(((c("alike") >= ALIKE) | ((c("alike") >= NEAR) & (numbers > 1))) & ~contradict & ~sides).then(pl.lit("same_village"))
        .when((c("alike") >= NEAR) & ~(contradict & (numbers == 0))).then(pl.lit("same_town"))
        .when((c("alike") >= NEAR) | sides | contradict).then(pl.lit("differs"))
        .when(c("alike") >= APART).then(pl.lit("silent"))
        .otherwise(pl.lit("differs"))
    )  # fmt: skip


def _apart_above() -> pl.Expr:
    """Two cities or two counties are two places, whatever stands below them."""
    return _apart("city") | _apart("county")


def _apart(part: str) -> pl.Expr:
    """Both name it, and neither name holds the other."""
    a, b = pl.col(f"a_{part}"), pl.col(f"b_{part}")
    held = a.str.contains(b, literal=True) | b.str.contains(a, literal=True)
    return (a.is_not_null() & b.is_not_null() & ~held).fill_null(value=False)


def likeness(one: pl.Series, other: pl.Series) -> Floats:
    """Share of the shorter text's neighbouring pairs of characters that the longer one has too, 0 to 1."""
    a, b = _pairs(one), _pairs(other)
    out = np.zeros(len(a))
    for start in range(0, len(a), AT_ONCE):
        here = slice(start, start + AT_ONCE)
        hit = ((a[here, :, None] == b[here, None, :]) & (a[here, :, None] > 0)).any(axis=2).sum(axis=1)
        back = ((b[here, :, None] == a[here, None, :]) & (b[here, :, None] > 0)).any(axis=2).sum(axis=1)
        size_a, size_b = (a[here] > 0).sum(axis=1), (b[here] > 0).sum(axis=1)
        of_shorter = np.where(size_a <= size_b, hit, back)
        out[here] = of_shorter / np.maximum(np.minimum(size_a, size_b), 1)
    return out


def _pairs(texts: pl.Series) -> Ints:
    """Matrix (rows, WIDTH - 1) of neighbouring characters as one number each, 0 past the end."""
    flat = np.array(texts.to_list(), dtype=f"U{WIDTH}")
    codes = flat.view(np.uint32).reshape(-1, WIDTH).astype(np.int64)
    both = (codes[:, :-1] > 0) & (codes[:, 1:] > 0)
    out: Ints = np.where(both, codes[:, :-1] * 0x110000 + codes[:, 1:], 0)
    return out
