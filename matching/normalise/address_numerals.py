"""Numerals of addresses in digits: 第三村民小组, 叁组, 二十七幢, 一百零三号, 五〇三室; numerals inside names (三里村) stay.

Only text is looked at; the parts of an address stand in ``addresses``.
"""

from typing import Final

import polars as pl

_NUMERALS: Final = dict(
    zip("零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖两", "0001234567891234567892", strict=True)
)
_UNITS: Final = "(?:附?号|村民小组|居民小组|生产小?队|小组|组|队|社|幢|栋|号楼|楼|单元|门|室|户|层|座|排|弄|巷|段|期|区|甲|#|-)"
_ONE: Final = "[一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_ANY: Final = "[零〇○一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰两]"
_FLAT: Final = "([零〇一二三四五六七八九]{3,4})$"
"""A room at the end, without a word for it."""
_NUMBERED: Final = f"([镇乡场])({_ANY}{{1,3}})村"
"""A village that has a number for its name."""
_ODD: Final = (
    f"{_ANY}[0-9]*{_UNITS}|[甲乙丙丁](?:[0-9]|单元|座|幢|栋|楼|室)|[0-9]号?[甲乙丙丁]|附|{_FLAT}|{_NUMBERED}"
)
_ORDER: Final = dict(zip("甲乙丙丁", "ABCD", strict=True))


def in_digits(text: pl.Series) -> pl.Series:
    """Texts with the numerals before a unit in digits, 甲 to 丁 beside a number or before a building in letters, 附7号 as FU7号."""
    odd = text.str.contains(_ODD).fill_null(value=False).arg_true()
    if not len(odd):
        return text
    frame = text.gather(odd).to_frame("text")
    frame = frame.with_columns(
        text=pl.col("text").str.replace_all(_FLAT, "${1}室").str.replace_all(_NUMBERED, "${1}${2}-村")
    )
    for step in (_places(pl.col("text")), _digits(pl.col("text")), _letters(pl.col("text"))):
        frame = frame.with_columns(text=step)
    return text.scatter(odd, frame["text"].str.replace_all("-村", "村", literal=True))


def _places(text: pl.Expr) -> pl.Expr:
    """Tens and hundreds written out, digit by digit."""
    text = text.str.replace_all("拾", "十").str.replace_all("佰", "百")
    unit = f"({_UNITS})"
    for pattern, new in (
        (f"({_ONE})百[零〇]({_ONE}){unit}", "${1}零${2}${3}"),
        (f"({_ONE})百{unit}", "${1}零零${2}"),
        (f"({_ONE})百", "${1}"),
        (f"({_ONE})十({_ONE}){unit}", "${1}${2}${3}"),
        (f"({_ONE})十{unit}", "${1}零${2}"),
        (f"十({_ONE}){unit}", "一${1}${2}"),
        (f"十{unit}", "一零${1}"),
    ):
        text = text.str.replace_all(pattern, new)
    return text


def _digits(text: pl.Expr) -> pl.Expr:
    for _ in range(4):
        for numeral, digit in _NUMERALS.items():
            text = text.str.replace_all(f"{numeral}([0-9]*{_UNITS})", f"{digit}$1")
    return text


def _letters(text: pl.Expr) -> pl.Expr:
    for sign, letter in _ORDER.items():
        text = text.str.replace_all(f"{sign}([0-9]+号|单元|座|幢|栋|楼|室)", f"{letter}$1")
        text = text.str.replace_all(f"([0-9]号?){sign}", f"${{1}}{letter}")
    return text.str.replace_all(
        "附([0-9])", "FU$1"
    )  # a house behind or above another: never the one without 附
