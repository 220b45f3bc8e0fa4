"""Addresses: town, village, group, road or estate, and door, as keys that can be compared.

Delivered addresses begin at any level (province, city, town) and write numerals in any way. What
lies above the town is left out: within one place it says nothing. No gazetteer here. Not here: what two texts are
compared by beyond their keys (place_parts), what a number is the number of (doors).
"""

from typing import Final

import polars as pl

from matching.normalise.address_numerals import in_digits
from matching.normalise.characters import simplified
from matching.normalise.doors import CROWDED, numbered, of_flat

_AREA, _MARKET = "\ue000", "\ue001"
"""Stand for 区 and 市 where they end no division."""
ABOVE: Final = (
    r"^(?:中国|中华人民共和国)?(?:[^省市县区镇乡]{2,4}省|[^省市县区镇乡]{2,4}(?:壮族|回族|维吾尔)?自治区)?"
    r"(?:[镇乡]?[^省市县区镇乡]{1,6}(?:市|自治州|地区|盟))*(?:[镇乡]?[^省市县区镇乡村路]{1,6}(?:自治县|县|区|旗|市))?"
)
TOWN: Final = r"^([^0-9]{1,12}?(?:街道办事处|街道|镇|民族乡|乡|苏木|农场|开发区|办事处))"
_VILLAGES: Final = "社区居民委员会|社区居委会|村民委员会|居民委员会|村委会|居委会|社区|行政村|村|嘎查"
VILLAGE: Final = rf"^((?:[^0-9]{{1,10}}?|[0-9]{{1,2}})(?:{_VILLAGES}))"
SUFFIX: Final = rf"(?:街道办事处|街道|办事处|镇|民族乡|乡|{_VILLAGES})$"
_GROUPS: Final = "(?:村民小组|居民小组|小组|生产小?队|组|队|社)"
_GROUP: Final = rf"^(?:第)?([0-9]+|[^0-9A-Z]{{1,4}}?){_GROUPS}"
_BARE_VILLAGE: Final = rf"^(\p{{Han}}{{2,6}}?)((?:第)?[0-9]+{_GROUPS})"
"""A village named without 村: what stands before the number of its group."""
ROAD: Final = (
    r"([^0-9A-Z]{0,10}?[0-9]+巷|[^0-9A-Z]{1,10}?(?:大道|大街|路|街|巷|弄|胡同|道|里)(?:[东西南北中]段)?)"
)
ESTATES: Final = (
    "花园|花苑|雅苑|嘉苑|小区|新村|公寓|家园|名苑|苑|山庄|庄园|广场|大厦"
    "|宿舍|家属院|大院|名城|新城|新邨|豪庭|华府|公馆|坊"
)  # fmt: skip
_ESTATE: Final = rf"([^0-9A-Z]{{2,12}}?(?:{ESTATES}))"
_BUILT_UP: Final = "新村([0-9A-Z]+(?:幢|栋|号楼|座|单元|#|-))"
"""A 新村 of numbered buildings is an estate, no village."""
_NATURAL: Final = r"^([^0-9A-Z]{2,8})[0-9]"
"""A natural village, or whatever else stands before the first number."""
_FORMER: Final = r"[(（](?:原|旧|老|曾)[^)）]*[)）]"
_DASH: Final = "[‐‑–—―~至]"
_TELEPHONE: Final = "1[3-9][0-9]{9}"
_NO_DIVISION: Final = {
    word: word.replace("区", _AREA).replace("市", _MARKET)
    for word in (
        *(f"{estate}{side}区" for estate in ("小区", *"苑园村里庭家") for side in "东西南北中"),
        *(f"{kind}区" for kind in "小社园校厂ABCD0123456789"), "生活区", "住宅区", "工业区", "别墅区", "片区", "景区", "安置区",
        "宿舍区", "服务区", "超市", "市场", "门市", "菜市", "夜市", "市镇", "市乡", "城市",
    )
}  # fmt: skip
"""Words that end like a county or a city and are none, the longer before the shorter that they begin with."""
_NOISE: Final = r"[\s\p{Z}\p{C},，。、;；()（）·.]"


def addresses(raw: pl.Series) -> pl.DataFrame:
    """Reads delivered addresses; one row a value, in order; every column null where nothing is said.

    Columns: ``town``, ``village`` (names without their kind), ``group_no``, ``road`` (road,
    estate or natural village), ``door`` (the numbers of house, building, entrance and room, joined by ``-``),
    ``village_key``, ``group_key`` (village and group, or road and house number, with the village only where the road is
    none of a town) and ``door_key`` (down to the last number given, the entrance left out where a room follows it: it
    is often not said). Where many live under one roof (``doors.CROWDED``) there is neither.
    """
    frame = pl.DataFrame({"raw": raw.cast(pl.String)})
    distinct = _parts(frame.unique(maintain_order=True))
    return frame.join(distinct, on="raw", how="left", nulls_equal=True, maintain_order="left").drop("raw")


def cleaned(raw: pl.Series) -> pl.Series:
    """Half-width, simplified, numerals in digits; without former names, telephones, blanks and signs."""
    text = pl.col("raw").str.normalize("NFKC").str.replace_all(_FORMER, "").str.replace_all(_NOISE, "")
    text = text.str.replace_all(_DASH, "-").str.replace_all(_TELEPHONE, "").str.to_uppercase()
    return in_digits(_simple(raw.to_frame("raw").select(text).to_series()))


def below(text: pl.Expr) -> pl.Expr:
    """What stands behind province, city and county."""
    masked = (
        text.str.replace_all("村(大街|大道)", "邨${1}")
        .str.replace_many(_NO_DIVISION, leftmost=True)
        .str.replace(ABOVE, "")
    )
    return masked.str.replace_all(_AREA, "区").str.replace_all(_MARKET, "市")


def _simple(text: pl.Series) -> pl.Series:
    """Traditional characters simplified, wherever they stand."""
    odd = text.str.contains(r"[^\x00-\x7F]").fill_null(value=False)
    seen = text.filter(odd).str.split("").explode().unique().drop_nulls().sort().to_list()
    table = simplified()
    merged = {c: table[c] for c in seen if c in table}
    return (
        text.to_frame("text").select(pl.col("text").str.replace_many(merged)).to_series() if merged else text
    )


def _parts(distinct: pl.DataFrame) -> pl.DataFrame:
    frame = distinct.with_columns(rest=cleaned(distinct["raw"]))
    frame = frame.with_columns(crowded=pl.col("rest").str.contains(CROWDED))
    frame = frame.with_columns(rest=below(pl.col("rest")))
    frame = frame.with_columns(town=pl.col("rest").str.extract(TOWN, 1))
    frame = frame.with_columns(rest=pl.col("rest").str.replace(TOWN, ""))
    village = pl.col("rest").str.extract(VILLAGE, 1)
    frame = frame.with_columns(
        village=pl.coalesce(village, pl.col("rest").str.extract(_BARE_VILLAGE, 1)),
        rest=pl.when(village.is_not_null())
        .then(pl.col("rest").str.replace(VILLAGE, ""))
        .otherwise(pl.col("rest").str.replace(_BARE_VILLAGE, "$2")),
    )
    frame = frame.with_columns(group_no=pl.col("rest").str.extract(_GROUP, 1).str.strip_chars_start("0"))
    frame = frame.with_columns(rest=pl.col("rest").str.replace(_GROUP, ""))
    named = pl.coalesce(pl.col("rest").str.extract(ROAD, 1), pl.col("rest").str.extract(_ESTATE, 1))
    frame = frame.with_columns(
        in_town=named.is_not_null() & ~named.str.contains("^[0-9]+巷$"),
        road=pl.coalesce(named, pl.col("rest").str.extract(_NATURAL, 1)),
    )
    # The number of a lane is its name.
    behind = (
        pl.when(pl.col("road").str.contains("[0-9]巷$"))
        .then(pl.col("rest").str.replace("[0-9]+巷", "巷"))
        .otherwise("rest")
    )
    frame = frame.with_columns(rest=behind)
    numbers = numbered(pl.col("rest"))
    frame = frame.with_columns(
        door=numbers.list.join("-"),
        house=numbers.list.first(),
        flat=numbered(of_flat(pl.col("rest"))).list.join("-"),
    )
    return _keys(frame).drop("rest", "house", "flat", "in_town", "crowded")


def _keys(frame: pl.DataFrame) -> pl.DataFrame:
    def name(column: str) -> pl.Expr:
        return pl.col(column).str.replace(SUFFIX, "").fill_null("")

    frame = frame.with_columns(
        town=pl.when(name("town") != "").then(name("town")),
        village=pl.when(name("village") != "").then(name("village")),
        door=pl.when(pl.col("door") != "").then("door"),
        group_no=pl.when(pl.col("group_no") != "").then("group_no"),
    )
    street = pl.col("in_town") & pl.col("group_no").is_null()  # in a town, the community is often left out
    village = pl.concat_str(
        pl.when(~street).then("village").otherwise(pl.lit("")),
        pl.col("group_no").fill_null(""),
        pl.col("road").fill_null(""),
        separator="|",
    )
    near = pl.when(pl.col("road").is_null()).then(pl.lit("")).otherwise(pl.col("house").fill_null(""))
    located = ~pl.col("crowded") & (pl.col("group_no").is_not_null() | pl.col("road").is_not_null())
    housed = ~pl.col("crowded") & (located | pl.col("village").is_not_null()) & pl.col("door").is_not_null()
    return frame.with_columns(
        village_key=pl.col("village"),
        group_key=pl.when(located).then(pl.concat_str(village, near, separator="|")),
        door_key=pl.when(housed).then(pl.concat_str(village, "flat", separator="|")),
    )
