"""Addresses: town, village, group, road and door, as keys that can be compared.

Delivered addresses begin at any level (province, city, town) and write numerals in any way. What
lies above the town is left out: within one place it says nothing. No gazetteer here.
"""

from typing import Final

import polars as pl

_NUMERALS: Final = dict(
    zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两", "001234567891234567892", strict=True)
)
_ABOVE: Final = (
    r"^(?:中国|中华人民共和国)?(?:[^省市县区镇乡]{2,4}省|[^省市县区镇乡]{2,4}(?:壮族|回族|维吾尔)?自治区)?"
    r"(?:[^省市县区镇乡]{1,6}(?:市|自治州|地区|盟))*(?:[^省市县区镇乡村路]{1,6}(?:县|区|旗|市))?"
)
_TOWN: Final = r"^(.{1,8}?(?:街道办事处|街道|镇|民族乡|乡|苏木|农场|开发区|办事处))"
_VILLAGE: Final = r"^(.{1,10}?(?:村委会|居委会|村民委员会|居民委员会|社区|村|嘎查))"
_SUFFIX: Final = r"(?:街道办事处|街道|办事处|镇|民族乡|乡|村民委员会|居民委员会|村委会|居委会|社区|村)$"
_GROUP: Final = r"^(?:第)?([0-9]+|[^0-9]{1,4}?)(?:村民小组|居民小组|小组|生产队|组|队|社)"
_ROAD: Final = r"([^0-9]{1,10}?(?:大道|大街|路|街|巷|弄|胡同|道|里))"


def addresses(raw: pl.Series) -> pl.DataFrame:
    """Reads delivered addresses; one row a value, in order; every column null where nothing is said.

    Columns: ``town``, ``village`` (names without their kind), ``group_no``, ``road``, ``door`` (the numbers
    of house, building, entrance and room, joined by ``-``), ``village_key``, ``group_key`` (village and
    group, or village, road and house number) and ``door_key`` (down to the last number given).
    """
    frame = pl.DataFrame({"raw": raw.cast(pl.String)})
    distinct = _parts(frame.unique(maintain_order=True))
    return frame.join(distinct, on="raw", how="left", nulls_equal=True, maintain_order="left").drop("raw")


def _arabic(text: pl.Expr) -> pl.Expr:
    """Chinese numerals up to 99, before 组, 队, 号 and the like, as digits."""
    unit = r"(第|号|组|队|社|幢|栋|楼|单元|室|小组|座)"
    for pattern, new in (
        (r"([一二三四五六七八九])十([一二三四五六七八九])", "$1$2"),
        (r"([一二三四五六七八九])十", "${1}零"),
        (r"十([一二三四五六七八九])", "一$1"),
    ):
        text = text.str.replace_all(pattern + unit, new + ("$3" if pattern.count("(") == 2 else "$2"))
    return text.str.replace_all("十" + unit, "一零$1")


def _digits(text: pl.Expr) -> pl.Expr:
    """Numerals directly before a unit as digits; numerals inside names (三里村) stay."""
    units = "(?:号|组|队|社|幢|栋|楼|单元|室|小组|座|-)"
    for _ in range(3):
        for numeral, digit in _NUMERALS.items():
            text = text.str.replace_all(f"{numeral}([0-9]*{units})", f"{digit}$1")
    return text


def _parts(distinct: pl.DataFrame) -> pl.DataFrame:
    clean = pl.col("raw").str.normalize("NFKC").str.replace_all(r"[\s\p{Z}\p{C},，。、;；()（）]", "")
    frame = distinct.with_columns(rest=_digits(_arabic(clean)).str.replace(_ABOVE, ""))
    frame = frame.with_columns(town=pl.col("rest").str.extract(_TOWN, 1))
    frame = frame.with_columns(rest=pl.col("rest").str.replace(_TOWN, ""))
    frame = frame.with_columns(village=pl.col("rest").str.extract(_VILLAGE, 1))
    frame = frame.with_columns(rest=pl.col("rest").str.replace(_VILLAGE, ""))
    frame = frame.with_columns(group_no=pl.col("rest").str.extract(_GROUP, 1).str.strip_chars_start("0"))
    frame = frame.with_columns(rest=pl.col("rest").str.replace(_GROUP, ""))
    frame = frame.with_columns(road=pl.col("rest").str.extract(_ROAD, 1))
    numbers = pl.col("rest").str.extract_all("[0-9]+").list.eval(pl.element().str.strip_chars_start("0"))
    frame = frame.with_columns(door=numbers.list.join("-"), house=numbers.list.first())
    return _keys(frame).drop("rest", "house")


def _keys(frame: pl.DataFrame) -> pl.DataFrame:
    def name(column: str) -> pl.Expr:
        return pl.col(column).str.replace(_SUFFIX, "").fill_null("")

    frame = frame.with_columns(
        town=pl.when(name("town") != "").then(name("town")),
        village=pl.when(name("village") != "").then(name("village")),
        door=pl.when(pl.col("door") != "").then("door"),
    )
    village = pl.concat_str(
        "village", pl.col("group_no").fill_null(""), pl.col("road").fill_null(""), separator="|"
    )
    near = pl.when(pl.col("road").is_null()).then(pl.lit("")).otherwise(pl.col("house").fill_null(""))
    located = pl.col("group_no").is_not_null() | pl.col("road").is_not_null()
    return frame.with_columns(
        village_key=pl.col("village"),
        group_key=pl.when(located).then(pl.concat_str(village, near, separator="|")),
        door_key=pl.when(located & pl.col("door").is_not_null()).then(
            pl.concat_str(village, "door", separator="|")
        ),
    )
