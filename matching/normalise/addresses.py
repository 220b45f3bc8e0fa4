"""Addresses: town, village, group, road or estate, and door, as keys that can be compared.

Delivered addresses begin at any level (province, city, town) and write numerals in any way. What
lies above the town is left out: within one place it says nothing. No gazetteer here.
"""

from typing import Final

import polars as pl

from matching.normalise.address_numerals import in_digits
from matching.normalise.characters import simplified

_ABOVE: Final = (
    r"^(?:中国|中华人民共和国)?(?:[^省市县区镇乡]{2,4}省|[^省市县区镇乡]{2,4}(?:壮族|回族|维吾尔)?自治区)?"
    r"(?:[镇乡]?[^省市县区镇乡]{1,6}(?:市|自治州|地区|盟))*(?:[镇乡]?[^省市县区镇乡村路]{1,6}(?:自治县|县|区|旗|市))?"
)
_TOWN: Final = r"^(.{1,8}?(?:街道办事处|街道|镇|民族乡|乡|苏木|农场|开发区|办事处))"
_VILLAGES: Final = "社区居民委员会|社区居委会|村民委员会|居民委员会|村委会|居委会|社区|行政村|村|嘎查"
_VILLAGE: Final = rf"^(.{{1,10}}?(?:{_VILLAGES}))"
_SUFFIX: Final = rf"(?:街道办事处|街道|办事处|镇|民族乡|乡|{_VILLAGES})$"
_GROUPS: Final = "(?:村民小组|居民小组|小组|生产小?队|组|队|社)"
_GROUP: Final = rf"^(?:第)?([0-9]+|[^0-9A-Z]{{1,4}}?){_GROUPS}"
_BARE_VILLAGE: Final = rf"^(\p{{Han}}{{2,6}}?)((?:第)?[0-9]+{_GROUPS})"
"""A village named without 村: what stands before the number of its group."""
_ROAD: Final = r"([^0-9A-Z]{1,10}?(?:大道|大街|路|街|巷|弄|胡同|道|里))"
_ESTATES: Final = (
    "花园|花苑|小区|新村|公寓|家园|名苑|苑|山庄|庄园|广场|大厦|宿舍|家属院|大院|名城|新城|豪庭|华府|公馆|坊"
)
_ESTATE: Final = rf"([^0-9A-Z]{{2,12}}?(?:{_ESTATES}))"
_NATURAL: Final = r"^([^0-9A-Z]{2,8})[0-9]"
"""A natural village, or whatever else stands before the first number."""
UNIT: Final = r"((?:幢|栋|号楼|楼|座|#|-))([0-9A-Z]+)(?:单元|门)(-?[0-9]+)"
"""The entrance between building and room; it is often left out."""
_ATTACHED: Final = r"([^号0-9])附([0-9])"
"""附7号 is a house of its own beside 7号; 7号附1 is a part of it."""
HOMES: Final = "敬老院|养老院|福利院|宿舍|集体户|救助站|精神病院"
"""Hundreds live there: no number there is anybody's own door."""
_FORMER: Final = r"[(（](?:原|旧|老|曾)[^)）]*[)）]"
_NOISE: Final = r"[\s\p{Z}\p{C},，。、;；()（）·.]"


def addresses(raw: pl.Series) -> pl.DataFrame:
    """Reads delivered addresses; one row a value, in order; every column null where nothing is said.

    Columns: ``place_text`` (cleaned, simplified, numerals in digits), ``town``, ``village`` (names without their kind),
    ``group_no``, ``road`` (road, estate or natural village), ``door`` (the numbers of house, building and room, joined by ``-``),
    ``unit`` (the entrance, left out of ``door``), ``village_key``, ``group_key`` (village and group, or road and house number,
    with the village only where the road is none of a town) and ``door_key`` (down to the last number given).
    """
    frame = pl.DataFrame({"raw": raw.cast(pl.String)})
    distinct = _parts(frame.unique(maintain_order=True))
    return frame.join(distinct, on="raw", how="left", nulls_equal=True, maintain_order="left").drop("raw")


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
    clean = pl.col("raw").str.normalize("NFKC").str.replace_all(_FORMER, "").str.replace_all(_NOISE, "")
    text = distinct.select(clean.str.to_uppercase()).to_series()
    frame = distinct.with_columns(rest=_changed(in_digits(_simple(text)), "附", _ATTACHED, "${1}F${2}"))
    frame = frame.with_columns(
        place_text=pl.when(pl.col("rest") != "").then("rest"), rest=pl.col("rest").str.replace(_ABOVE, "")
    )
    frame = frame.with_columns(town=pl.col("rest").str.extract(_TOWN, 1))
    frame = frame.with_columns(rest=pl.col("rest").str.replace(_TOWN, ""))
    village = pl.col("rest").str.extract(_VILLAGE, 1)
    frame = frame.with_columns(
        village=pl.coalesce(village, pl.col("rest").str.extract(_BARE_VILLAGE, 1)),
        rest=pl.when(village.is_not_null())
        .then(pl.col("rest").str.replace(_VILLAGE, ""))
        .otherwise(pl.col("rest").str.replace(_BARE_VILLAGE, "$2")),
    )
    frame = frame.with_columns(group_no=pl.col("rest").str.extract(_GROUP, 1).str.strip_chars_start("0"))
    frame = frame.with_columns(rest=pl.col("rest").str.replace(_GROUP, ""))
    named = pl.coalesce(pl.col("rest").str.extract(_ROAD, 1), pl.col("rest").str.extract(_ESTATE, 1))
    frame = frame.with_columns(
        in_town=named.is_not_null(), road=pl.coalesce(named, pl.col("rest").str.extract(_NATURAL, 1))
    )
    frame = frame.with_columns(shared=pl.col("rest").str.contains(HOMES), unit=_unit(frame["rest"]))
    frame = frame.with_columns(rest=_changed(frame["rest"], "单元|门", UNIT, "${1}${3}"))
    numbers = (
        pl.col("rest").str.extract_all("[0-9]+|[A-Z]+").list.eval(pl.element().str.strip_chars_start("0"))
    )
    frame = frame.with_columns(door=numbers.list.join("-"), house=numbers.list.first())
    return _keys(frame).drop("rest", "house", "in_town", "shared")


def _changed(text: pl.Series, telling: str, pattern: str, new: str) -> pl.Series:
    """Texts with a pattern replaced, those only that hold what tells of it: of most addresses nothing is copied."""
    at = text.str.contains(telling).fill_null(value=False).arg_true()
    return text.clone().scatter(at, text.gather(at).str.replace_all(pattern, new)) if len(at) else text


def _unit(text: pl.Series) -> pl.Series:
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(text))
    at = text.str.contains("单元|门").fill_null(value=False).arg_true()
    return nothing.scatter(at, text.gather(at).str.extract(UNIT, 2)) if len(at) else nothing


def _keys(frame: pl.DataFrame) -> pl.DataFrame:
    def name(column: str) -> pl.Expr:
        return pl.col(column).str.replace(_SUFFIX, "").fill_null("")

    frame = frame.with_columns(
        town=pl.when(name("town") != "").then(name("town")),
        village=pl.when(name("village") != "").then(name("village")),
        door=pl.when(pl.col("door") != "").then("door"),
        shared=pl.col("shared").fill_null(value=False),
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
    located = pl.col("group_no").is_not_null() | pl.col("road").is_not_null()
    return frame.with_columns(
        village_key=pl.col("village"),
        group_key=pl.when(located).then(pl.concat_str(village, near, separator="|")),
        door_key=pl.when(
            ~pl.col("shared") & (located | pl.col("village").is_not_null()) & pl.col("door").is_not_null()
        ).then(pl.concat_str(village, "door", separator="|")),
    )
