"""The parts of an address by which two texts are compared where their keys do not settle it.

Here belongs what one text says. Not here: the keys that rows are brought together by (addresses), how two texts are
compared (matching.places).
"""

from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from matching.normalise.addresses import ESTATES, ROAD, SUFFIX, TOWN, VILLAGE, below, cleaned
from matching.normalise.doors import CROWDED, entrance, numbered, of_flat

_PROVINCES: Final = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
    "|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_PEOPLES: Final = (
    "(?:壮族|回族|维吾尔|土家族|苗族|藏族|彝族|侗族|布依族|满族|蒙古族?|朝鲜族|哈萨克|傣族|白族|瑶族|羌族)*"
)
_KINDS: Final = rf"(?:省|市|地区|盟|特别行政区|{_PEOPLES}自治[区州])(?:市辖区)?"
_NO_CITY: Final = "东西南北中一二三四五"
_GOES_ON: Final = (
    rf"(?:[^大区县旗路街巷桥村镇乡里道{_NO_CITY}]|大[^道街学厦]|[{_NO_CITY}][^路街大{_NO_CITY}])"
)
"""What follows a division's name that is no part of a road's, a county's or a village's (中山路, 南京西路, 中山区)."""
_PROVINCE: Final = rf"^({_PROVINCES})(?:{_KINDS}|{_GOES_ON})"
_COUNTY: Final = rf"(\p{{Han}}{{2,6}}?){_PEOPLES}(?:新区|自治县|自治旗|林区|县|区|旗|市)$"
_UNITS: Final = "号楼|号院|号|幢|栋|单元|楼|层|室|房|座|门|弄|组|队|社|期|排|户|铺|米|#|-"
_NUMBERS: Final = rf"第?(?:FU)?[0-9A-Z]+(?:{_UNITS})*"
_REMARK: Final = (
    "附近|对面|旁边|隔壁|斜对面|内侧|里面|门口|路口|交叉口|交汇处|交界处|楼下|楼上|左侧|右侧"
    "|东侧|西侧|南侧|北侧|往前|与"
)
_BRACKETED: Final = r"\([^()0-9区期村组队路街社镇乡苑园]*\)"
_VAGUE: Final = (
    f"{_REMARK}|.(?:先生|女士|小姐|师傅)收?|有限责任公司|有限公司|分公司|小区|社区|街道办事处|街道|镇|乡"
    "|村民委员会|村委会|居委会|村|[省市县区]"
)
_KNOWN: Final = rf"([^0-9A-Z]{{2,12}}?(?:{ESTATES}))"
_BUILT: Final = r"^([^0-9A-Z]{2,10})[0-9A-Z]+(?:幢|栋|号楼|楼|座|#|-)"
"""Whatever stands before the number of a building is an estate, of a known kind or not."""
_HOUSE: Final = r"^-?((?:[0-9]+段)?(?:FU|[A-D])?[0-9]+(?:-[0-9]+)?)(?:号|弄|$)"
TELLING: Final = "[一二三四五六七八九十东南西北上下前后]"
"""Characters that tell roads, teams, gates and villages of one name apart."""


def place_parts(raw: pl.Series) -> pl.DataFrame:
    """Reads distinct texts; one row a value, in order.

    Columns: ``text`` (cleaned), ``province``, ``city``, ``county``, ``town``, ``village`` (without their kind, null where
    not said), ``road`` (its name may begin with a county written without its kind), ``house``, ``estate``, ``numbers``
    and ``flat`` (all numbers, those behind the estate; the entrance left out), ``entrance``, ``crowded``, ``gap`` (between
    estate or road and the first number behind it: 东区), ``tail`` (what is left behind the road without numbers and
    kinds) and ``names`` (the same below the town; the town where nothing is left).
    """
    bare = (
        raw.to_frame("raw")
        .select(pl.col("raw").str.normalize("NFKC").str.replace_all(_BRACKETED, ""))
        .to_series()
    )
    frame = pl.DataFrame({"text": cleaned(bare).fill_null("")})
    frame = frame.with_columns(text=pl.col("text").str.replace_all(r"[^\p{Han}0-9A-Z#\-\ue000-\uf8ff]", ""))
    frame = frame.with_columns(lower=pl.col("text").str.replace("^(?:中国|中华人民共和国)", ""))
    for division, pattern in (("province", _PROVINCE), ("city", _city())):
        frame = frame.with_columns(pl.col("lower").str.extract(pattern, 1).alias(division))
        rest = pl.col("lower").str.strip_prefix(pl.col(division)).str.replace(f"^{_KINDS}", "")
        frame = frame.with_columns(lower=pl.coalesce(rest, "lower"))
    of_itself = pl.when(pl.col("province").is_in(["北京", "天津", "上海", "重庆"])).then("province")
    frame = frame.with_columns(city=pl.coalesce("city", of_itself), body=below(pl.col("lower")))
    head = pl.col("lower").str.head(_length("lower") - _length("body"))
    frame = frame.with_columns(county=head.str.extract(_COUNTY, 1), town=pl.col("body").str.extract(TOWN, 1))
    frame = frame.with_columns(below=pl.col("body").str.replace(TOWN, ""))
    frame = frame.with_columns(
        village=pl.col("below").str.extract(VILLAGE, 1), below=pl.col("below").str.replace(VILLAGE, "")
    )
    return _named(frame).drop("lower", "body", "below", "rest")


@cache
def _city() -> str:
    """A prefecture, with its kind or without."""
    text = (files("matching") / "data" / "prefectures.txt").read_text(encoding="utf-8")
    return f"^({'|'.join(text.split())})(?:{_KINDS}|{_GOES_ON})"


def _length(column: str) -> pl.Expr:
    return pl.col(column).str.len_chars().cast(pl.Int64)


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.with_columns(road=pl.col("below").str.extract(ROAD, 1))
    frame = frame.with_columns(
        rest=pl.when(pl.col("road").is_null()).then("below").otherwise(pl.col("below").str.replace(ROAD, ""))
    )
    frame = frame.with_columns(
        house=pl.when(pl.col("road").is_not_null()).then(pl.col("rest").str.extract(_HOUSE, 1))
    )
    within = (
        pl.when(pl.col("house").is_not_null()).then(pl.col("rest").str.replace(_HOUSE, "")).otherwise("rest")
    )
    behind_road = pl.when(pl.col("road").is_not_null()).then(
        pl.col("rest").str.extract("^([^0-9A-Z]*)[0-9A-Z]", 1)
    )
    gap = pl.coalesce(within.str.extract(rf"{_KNOWN}([^0-9A-Z]*)[0-9A-Z]", 2), behind_road)
    names = pl.col("body").str.replace(TOWN, "").str.replace_all(_NUMBERS, "").str.replace_all(_VAGUE, "")
    return frame.with_columns(
        town=pl.col("town").str.replace(SUFFIX, ""),
        village=pl.col("village").str.replace(SUFFIX, ""),
        estate=pl.coalesce(within.str.extract(_KNOWN, 1), within.str.extract(_BUILT, 1)).str.strip_suffix(
            "小区"
        ),
        flat=numbered(of_flat(within.str.replace(rf"^.*?{_KNOWN}", ""))),
        numbers=numbered(of_flat(pl.col("below"))),
        tail=pl.when(pl.col("road").is_not_null()).then(
            within.str.replace_all(_NUMBERS, "").str.replace_all(_VAGUE, "")
        ),
        gap=gap.str.replace_all(_VAGUE, "").str.replace_all("[第内]", ""),
        entrance=entrance(pl.col("below")),
        crowded=pl.col("text").str.contains(CROWDED),
        names=pl.when(names.str.len_chars() > 0)
        .then(names)
        .otherwise(pl.col("town").str.replace(SUFFIX, "").fill_null("")),
    )
