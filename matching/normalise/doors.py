"""Doors: the numbers of an address in their order, and which of them may be left out.

Here belongs what a number of an address is number of. Not here: the names before it (addresses), how two doors are
compared (matching.places).
"""

from typing import Final

import polars as pl

CROWDED: Final = (
    "敬老院|养老院|福利院|养护院|护理院|光荣院|幸福院|颐养院|托老所|老年公寓|养老公寓|养老服务|养老中心|集体户|集体宿舍|救助站|收容"
    "|看守所|监狱|戒毒所|疗养院|精神病院|工棚|(?:^|[^属])宿舍"
)
"""Many live there who are no household; 家属宿舍 is flats. No number on them is a door that tells who somebody is."""


def numbered(text: pl.Expr) -> pl.Expr:
    """Runs of digits and of letters, in order, leading zeros left out; 附7 and 甲7 are one each."""
    return text.str.extract_all("(?:FU|[A-D])?[0-9]+|[A-Z]+").list.eval(
        pl.element().str.strip_chars_start("0")
    )


def of_flat(text: pl.Expr) -> pl.Expr:
    """The text without the entrance and the floor before a room: 3幢2单元201, 3-2-201 and 3号楼2层201 all become 3 and 201."""
    return text.map_batches(_flats, return_dtype=pl.String, is_elementwise=True)


def _flats(text: pl.Series) -> pl.Series:
    some = text.str.contains("单元|门|层|楼|-").fill_null(value=False).arg_true()
    if not len(some):
        return text
    odd = text.gather(some).str.replace_all("[0-9A-Z]+(?:单元([0-9A-Z])|门([0-9]))", "-${1}${2}")
    for pattern, new in (
        ("([0-9A-Z])-[0-9A-Z]{1,2}-([0-9]{3,4})", "${1}-${2}"),
        ("(?:[0-9]+层|(幢|栋|号楼|-)[0-9]+楼)-?([0-9]{3,4})", "${1}-${2}"),
    ):
        odd = odd.str.replace_all(pattern, new)
    return text.scatter(some, odd)


def entrance(text: pl.Expr) -> pl.Expr:
    """The entrance (单元) before a room, null where none is said."""
    return _spelled(text).str.extract("([0-9A-Z]+)单元[0-9A-Z]", 1).str.strip_chars_start("0")


def _spelled(text: pl.Expr) -> pl.Expr:
    """3楼2门501 and 3-2-501 with their entrance as 单元."""
    return text.str.replace_all("([0-9A-Z]+)门([0-9])", "${1}单元${2}").str.replace_all(
        "([0-9A-Z]+)-([0-9A-Z]{1,2})-([0-9]{3,4})", "${1}幢${2}单元${3}"
    )
