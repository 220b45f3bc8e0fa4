"""How two addresses agree where their keys do not settle it: divisions left out, entrances, names, and at last their likeness.

Here belongs what is asked of a pair of texts. Not here: the parts of one text (normalise.place_parts), the order of the
levels (comparisons), how alike two names are (place_likeness).
"""

from typing import Final

import polars as pl

from matching.normalise.place_parts import TELLING, place_parts
from matching.place_likeness import likeness

_c = pl.col
_DIVISIONS: Final = ("province", "city", "county")
_NAMED: Final = ("town", "village", "road", "estate", "names")
ALIKE: Final = {"equal": 0.45, "none": 0.7, "part": 0.72}
"""Likeness of names from which two places are one village or estate, by how their numbers compare."""
MANY: Final = 0.4
"""The same where two numbers or more are equal."""
OTHER_ROAD: Final = 0.8
"""The same where two roads or two estates are named: one of them is left aside only by names that agree for the rest."""
OTHER_NAME: Final = 0.3
"""Likeness below which what stands behind two roads are two shops, schools or compounds."""
NEAR: Final = 0.45
"""Likeness from which two places are taken to lie in one town."""


def with_places(pairs: pl.DataFrame) -> pl.DataFrame:
    """Adds ``towns_agree`` and the columns of :func:`finer`, asked only where the texts could say more than the keys do."""
    rows = pairs.select(_worth_asking()).to_series().arg_true()
    asked = finer(pairs["address"].gather(rows), pairs["p_address"].gather(rows)).with_columns(_row=rows)
    pairs = (
        pairs.with_row_index("_row").join(asked, on="_row", how="left", maintain_order="left").drop("_row")
    )
    return pairs.with_columns(
        *(_c(said).fill_null(value=False) for said in ("far", "apart", "other_flat")),
        towns_agree=pl.coalesce(_c("town") == _c("p_town"), pl.lit(value=True)),
    )


def _worth_asking() -> pl.Expr:
    """Texts that differ by more than divisions left out before an equal door; of two towns or villages only where a key is equal.

    Nothing that :func:`finer` finds brings two towns or two villages together.
    """
    door, group = ((_c(key) == _c(f"p_{key}")).fill_null(value=False) for key in ("door_key", "group_key"))
    towns, villages = (_ends_otherwise(_c(name), _c(f"p_{name}")) for name in ("town", "village"))
    told = towns | (villages & (_c("town") == _c("p_town")).fill_null(value=False))
    a, b = _c("address"), _c("p_address")
    settled = door & ~_ends_otherwise(a, b)
    return a.is_not_null() & b.is_not_null() & ~settled & (door | group | ~told)


def finer(left: pl.Series, right: pl.Series) -> pl.DataFrame:
    """Compares two texts a row.

    Returns:
        ``finer``: the level that the texts alone give, null where one says nothing; ``apart``: what is said contradicts
        an equal door (another division, another entrance); ``other_flat``: one road or estate, and numbers that
        contradict.
    """
    pairs = pl.DataFrame({"a": left, "b": right}, schema={"a": pl.String, "b": pl.String})
    distinct = pl.concat([pairs["a"], pairs["b"]]).unique().drop_nulls()
    parts = place_parts(distinct).with_columns(raw=distinct)
    both = pairs
    for side in ("a", "b"):
        named = parts.rename({name: f"{side}_{name}" for name in parts.columns if name != "raw"})
        both = both.join(named, left_on=side, right_on="raw", how="left", maintain_order="left")
    return _levels(_facts(both))


def _facts(both: pl.DataFrame) -> pl.DataFrame:
    """What parts of the two sides agree, contradict, or are said by one only."""
    # What the other side calls its province, city or county says nothing before a name.
    both = both.with_columns(
        _bare(f"{side}_{name}", other) for side, other in (("a", "b"), ("b", "a")) for name in _NAMED
    )
    both = both.with_columns(
        likeness=likeness(both["a_names"], both["b_names"]),
        tails=(likeness(both["a_tail"], both["b_tail"]) < OTHER_NAME)
        & pl.all_horizontal(_c(f"{side}_tail").str.len_chars().fill_null(0) > 1 for side in ("a", "b")),
        far=pl.any_horizontal(
            (_c(f"a_{name}") != _c(f"b_{name}")).fill_null(value=False) for name in ("province", "city")
        ),
        county=_other_county() | _doubtful("a", "b") | _doubtful("b", "a"),
        town=_unlike("town"),
        village=_unlike("village"),
        road=_aligned("road"),
        roads=_unlike("road") & (_c("a_road").str.tail(3) != _c("b_road").str.tail(3)).fill_null(value=True),
        estate=_aligned("estate"),
        estates=_unlike("estate"),
        entrance=(_c("a_entrance") != _c("b_entrance")).fill_null(value=False),
        crowded=_c("a_crowded") | _c("b_crowded"),
        house=(_c("a_house") == _c("b_house")).fill_null(value=False),
        houses=(_c("a_house") != _c("b_house")).fill_null(value=False),
        flat=(_c("a_flat") == _c("b_flat")) & (_c("a_flat").list.len() > 1),
        told=pl.any_horizontal(_twins(name) for name in ("road", "village", "estate", "gap", "names")),
    )
    return both.with_columns(
        gaps=(_c("estate") & (_c("a_gap") != _c("b_gap")).fill_null(value=False))
        | (
            _unlike("gap") & pl.all_horizontal(_c(f"{side}_gap").str.len_chars() > 0 for side in ("a", "b"))
        ).fill_null(value=False),
        exact=(_c("a_numbers") == _c("b_numbers")) & (_c("a_numbers").list.len() > 0),
        many=_c("a_numbers").list.len() > 1,
        numbers=pl.when(_c("estate") & ~_c("houses")).then(_numbers("flat")).otherwise(_numbers("numbers")),
    )


def _numbers(column: str) -> pl.Expr:
    """How numbers compare: ``none`` said, ``equal``, ``part`` of them said, ``other``. A number with 附 is never left out."""
    a, b = _c(f"a_{column}"), _c(f"b_{column}")
    many, few = a.list.len(), b.list.len()
    beyond = pl.when(many > few).then(b.list.set_difference(a)).otherwise(a.list.set_difference(b))
    behind = [side.list.join("-").str.contains("FU") for side in (a, b)]
    return (
        pl.when((many == 0) & (few == 0)).then(pl.lit("none"))
        .when(a.list.sort() == b.list.sort()).then(pl.lit("equal"))
        .when((many == few) | (beyond.list.len() > 0) | (behind[0] != behind[1])).then(pl.lit("other"))
        .otherwise(pl.lit("part"))
    )  # fmt: skip


def _twins(part: str) -> pl.Expr:
    """Names that differ in telling characters alone: 文一路 and 文二路, 上骆宅 and 下骆宅."""
    a, b = _c(f"a_{part}"), _c(f"b_{part}")
    stands_for = "" if part == "road" else "*"  # 人民东路 is not 人民路
    one, two = (side.str.replace_all(TELLING, stands_for) for side in (a, b))
    alike = (one.str.ends_with(two) | two.str.ends_with(one)) & ~(a.str.ends_with(b) | b.str.ends_with(a))
    short = pl.min_horizontal(a.str.len_chars(), b.str.len_chars())
    return (alike & (short > 1)).fill_null(value=False)


def _bare(column: str, other: str) -> pl.Expr:
    """A name without what the other side calls its divisions."""
    text = _c(column)
    for division in _DIVISIONS:
        text = text.str.strip_prefix(_c(f"{other}_{division}").fill_null(""))
    return pl.when(text.str.len_chars() > 1).then(text).otherwise(column).alias(column)


def _other_county() -> pl.Expr:
    """Both name one, and neither's is anywhere in the other's text."""
    a, b = _c("a_county"), _c("b_county")
    found = _c("b_text").str.contains(a, literal=True) | _c("a_text").str.contains(b, literal=True)
    return (~found).fill_null(value=False)


def _aligned(part: str) -> pl.Expr:
    """One name, or one before which the other has a county without its kind; a name of two characters is its own only."""
    a, b = _c(f"a_{part}"), _c(f"b_{part}")
    return ((a == b) | _behind("a", "b", part) | _behind("b", "a", part)).fill_null(value=False)


def _behind(long: str, short: str, part: str) -> pl.Expr:
    """One name ends with the other, and what stands before is nothing that the other side contradicts."""
    whole, end, text = _c(f"{long}_{part}"), _c(f"{short}_{part}"), _c(f"{long}_text")
    more = whole.str.len_chars().cast(pl.Int64) - end.str.len_chars().cast(pl.Int64)
    unnamed = _c(f"{short}_county").is_null()
    named = text.str.contains(_c(f"{short}_county"), literal=True).fill_null(value=False)
    before = _c(f"{short}_text").str.contains(whole.str.strip_suffix(end), literal=True)
    return whole.str.ends_with(end) & (more > 1) & (end.str.len_chars() > 2) & (unnamed | named | before)


def _doubtful(long: str, short: str) -> pl.Expr:
    """What stands before the road may be a county, and not the one that the other side names."""
    whole, end = _c(f"{long}_road"), _c(f"{short}_road")
    more = whole.str.len_chars().cast(pl.Int64) - end.str.len_chars().cast(pl.Int64)
    cut = whole.str.ends_with(end) & more.is_between(2, 3) & _c(f"{long}_county").is_null()
    towns = (_c("a_town") == _c("b_town")).fill_null(value=False)
    return (cut & ~_behind(long, short, "road") & ~towns).fill_null(value=False)


def _unlike(part: str) -> pl.Expr:
    """Both name one, and neither ends with the other."""
    return _ends_otherwise(_c(f"a_{part}"), _c(f"b_{part}"))


def _ends_otherwise(a: pl.Expr, b: pl.Expr) -> pl.Expr:
    return ~(a.str.ends_with(b) | b.str.ends_with(a)).fill_null(value=True)


def _levels(both: pl.DataFrame) -> pl.DataFrame:
    apart = pl.any_horizontal("far", "county", "entrance", "crowded", "estates", "told", "gaps")
    clear = ~(apart | _c("town"))
    numbers = _c("numbers")
    by_road = _c("road") & _c("house")
    by_estate = _c("estate") & ~_c("roads") & ~_c("houses")
    said = (_c("a_names").str.len_chars() > 0) & (_c("b_names").str.len_chars() > 0)
    other = (numbers == "other") | _c("tails") | _c("told") | _c("entrance")
    alike = pl.any_horizontal((numbers == kind) & (_c("likeness") >= least) for kind, least in ALIKE.items())
    alike = alike | ((numbers == "equal") & _c("many") & (_c("likeness") >= MANY))
    within = _c("a_estate").str.ends_with(_c("b_estate")) | _c("b_estate").str.ends_with(_c("a_estate"))
    alike = alike | (_c("flat") & within.fill_null(value=False) & (numbers != "other"))
    alike = alike & ~_c("village") & ~_c("town")
    alike = alike & (
        (_c("likeness") >= OTHER_ROAD) | ~((_c("roads") & ~_c("road")) | (_c("estates") & ~_c("estate")))
    )
    near = (_c("likeness") >= NEAR) | _c("road") | _c("estate")
    level = (
        pl.when(_c("a_text").is_null() | _c("b_text").is_null())
        .then(None)
        .when(clear & ((by_road & _c("exact")) | (by_estate & _c("flat"))))
        .then(pl.lit("same_door"))
        .when(clear & ((by_road & (numbers == "part")) | (by_estate & (numbers == "equal"))))
        .then(pl.lit("same_group"))
        .when(_c("far"))
        .then(pl.lit("differs"))
        .when(~said)
        .then(None)
        .when(alike & ~other & ~_c("county"))
        .then(pl.lit("same_village"))
        .when(near)
        .then(pl.lit("same_town"))
        .otherwise(pl.lit("differs"))
    )
    return both.select(
        "far",
        finer=level,
        apart=apart | (_c("village") & ~(_c("a_town") == _c("b_town")).fill_null(value=False)),
        other_flat=(_c("road") | _c("estate")) & ((numbers == "other") | _c("entrance")),
    )
