"""The table of comparisons: what is compared, and the levels of agreement in the order they are tried.

Each level is a condition over a pair: the identity's columns as they are, the person's with ``p_``.
What a level weighs stands in the model file; nothing is decided here. Missing is ``silent``: never
agreement, never disagreement.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from matching.name_levels import name_level
from matching.normalise.addresses import addresses
from matching.normalise.number_texts import LENGTH
from matching.places import with_places
from matching.repairs import month_and_day_exchanged

_c = pl.col
_number, _p_number, _both = _c("id_number"), _c("p_id_number"), _c("valid") & _c("p_valid")
_uncompared = _c("level_number").is_in(["silent", "other", "visible_differs"])
_day, _p_day = _c("birth_date").dt.strftime("%m%d"), _c("p_birth_date").dt.strftime("%d%m")
_year = _c("birth_date").dt.year() == _c("p_birth_date").dt.year()

COMPARISONS: Final[Mapping[str, tuple[tuple[str, pl.Expr], ...]]] = {
    "number": (
        ("same", _number == _p_number),
        ("month_day", _c("exchanged")),
        ("booklet", _both & (_c("owner_household") == _c("p_household_no"))),
        ("other_valid", _both),
        ("one_edit", (_c("edits") == 1) & (_c("valid") != _c("p_valid"))),
        ("digit_lost", _c("one_longer")),
        ("near", _c("edits") <= 2),
        ("other", _number.is_not_null() & _p_number.is_not_null()),
        ("visible_serial", _c("same_paper")),
        ("visible_differs", _c("visible") == 0),
        ("visible_serial", (_c("visible") == 1) & _c("serial_seen")),
        ("visible", (_c("visible") == 1) & _c("birth_seen")),
        ("silent", pl.lit(value=True)),
    ),
    "birth_date": (
        ("silent", ~_uncompared | _c("birth_date").is_null() | _c("p_birth_date").is_null()),
        ("same", _c("birth_date") == _c("p_birth_date")),
        ("month_day", _year & (_day == _p_day)),
        ("one_digit", _c("birth_digits_apart") == 1),
        ("differs", pl.lit(value=True)),
    ),
    "sex": (
        ("silent", ~_uncompared | _c("sex").is_null() | _c("p_sex").is_null()),
        ("same", _c("sex") == _c("p_sex")),
        ("differs", pl.lit(value=True)),
    ),
    "phone": (
        ("silent", _c("phone").is_null() | _c("p_phone").is_null()),
        ("same", _c("phone") == _c("p_phone")),
        ("differs", pl.lit(value=True)),
    ),
    "place": (
        ("same_door", ((_c("door_key") == _c("p_door_key")) & _c("towns_agree") & ~_c("apart")) | (_c("finer") == "same_door")),
        ("door_renamed", (_c("door_key") == _c("p_door_key")) & (_c("village") == _c("p_village")) & ~_c("apart")),
        ("same_group", ((_c("group_key") == _c("p_group_key")) & _c("towns_agree") & ~_c("apart") & ~_c("other_flat")
         & ~_c("group_key").str.contains(r"^\|\|.*\|$"))
         | (_c("finer") == "same_group")),
        ("same_village", ((_c("village") == _c("p_village")) & _c("towns_agree") & ~_c("far")) | (_c("finer") == "same_village")
         | (_c("division_code") == _c("p_division_code"))),
        ("same_town", ((_c("town") == _c("p_town")) & ~_c("far")) | (_c("finer") == "same_town")
         | (_c("division_code").str.head(9) == _c("p_division_code").str.head(9))),
        ("differs", (_c("finer") == "differs") | (_c("town").is_not_null() & _c("p_town").is_not_null())
         | (_c("division_code").is_not_null() & _c("p_division_code").is_not_null())),
        ("silent", pl.lit(value=True)),
    ),
    "partner": (
        ("in_booklet", _c("partner_in_booklet")),
        ("silent", pl.lit(value=True)),
    ),
}  # fmt: skip
"""Field to its levels. The name's levels are found character by character: ``name_levels``."""

FAR: Final = 99
"""Stands for more edits than are counted."""

_PAPER: Final = 1.0e-7
"""Chance that a stranger's passport, permit or officer's paper has the same number: they have seven digits or more."""

FIELDS: Final = ("number", "name", "birth_date", "sex", "phone", "place", "partner")


def compared(pairs: pl.DataFrame) -> pl.DataFrame:
    """Adds ``level_<field>`` for every field, and the shares that depend on both sides."""
    pairs = with_places(number_facts(pairs)).with_columns(
        birth_digits_apart=_digits_apart(),
        same_paper=(_c("paper") == _c("p_paper")).fill_null(value=False),
    )
    pairs = pairs.with_columns(level_name=name_level(pairs))
    for field in COMPARISONS:
        pairs = pairs.with_columns(_level(field).alias(f"level_{field}"))
    return _shares(pairs)


def _level(field: str) -> pl.Expr:
    expression = pl.lit(None, dtype=pl.String)
    for name, condition in reversed(COMPARISONS[field]):
        expression = pl.when(condition).then(pl.lit(name)).otherwise(expression)
    return expression


def place_levels(left: pl.Series, right: pl.Series) -> pl.Series:
    """The levels of two addresses a row, as a night would find them with no division beside them."""
    nothing = pl.lit(None, dtype=pl.String)
    pairs = pl.DataFrame(
        {"address": left, "p_address": right}, schema=dict.fromkeys(("address", "p_address"), pl.String)
    )
    pairs = pairs.hstack(addresses(pairs["address"])).hstack(
        addresses(pairs["p_address"]).select(pl.all().name.prefix("p_"))
    )
    pairs = with_places(pairs.with_columns(division_code=nothing, p_division_code=nothing))
    return pairs.select(_level("place").alias("level")).to_series()


def place_level(a: str | None, b: str | None) -> str:
    """The level of two addresses; many at once are `place_levels`."""
    level: str = place_levels(pl.Series([a], dtype=pl.String), pl.Series([b], dtype=pl.String)).item()
    return level


def number_facts(pairs: pl.DataFrame) -> pl.DataFrame:
    """``edits`` between two whole numbers, ``exchanged`` month and day, ``visible`` digits of masked ones and how many contradict.

    Of a number in ``slipped`` (17 to 19 characters, or rounded) only a single slip counts: ``edits`` 1, or
    ``one_longer`` where a digit was lost or doubled.
    """
    slipped = "slipped" if "slipped" in pairs.columns else pl.lit(None, dtype=pl.String)
    slipped = pl.when("p_valid").then(slipped)
    written = pairs.select(pl.coalesce("id_number", slipped)).to_series()
    edits = edits_apart(written, pairs["p_id_number"])
    of_slip = pairs["id_number"].is_null() & written.is_not_null()
    same_length = written.str.len_bytes() == LENGTH
    one_longer = (of_slip & ~same_length & (edits == 1)).fill_null(value=False)
    edits = edits.set(of_slip & ~(same_length & (edits == 1)), FAR)
    turned = month_and_day_exchanged(pairs["id_number"])
    seen = pl.coalesce("id_number", "masked_number"), pl.coalesce("p_id_number", "p_masked_number")
    masked = pl.col("masked_number").is_not_null() != pl.col("p_masked_number").is_not_null()
    pairs = pairs.with_columns(
        edits=edits,
        one_longer=one_longer,
        exchanged=pl.Series(turned == pairs["p_id_number"].str.head(17)).fill_null(value=False)
        & (pl.col("id_number").str.head(17) != pl.col("p_id_number").str.head(17)),
        _left=pl.when(masked).then(seen[0]),
        _right=pl.when(masked).then(seen[1]),
    )
    return pairs.with_columns(*_visible(pairs["_left"], pairs["_right"])).drop("_left", "_right")


def edits_apart(left: pl.Series, right: pl.Series) -> pl.Series:
    """Digits changed, exchanged with a neighbour, lost or added between two numbers; `FAR` beyond two or where one is null."""
    both = (left.is_not_null() & right.is_not_null()).arg_true()
    if not len(both):
        return pl.Series(np.full(len(left), FAR), dtype=pl.Int64)
    a, b = left.gather(both).to_list(), right.gather(both).to_list()
    apart = cpdist(a, b, scorer=OSA.distance, score_cutoff=2, dtype=np.int64)
    apart[apart > 2] = FAR
    return pl.Series(np.full(len(left), FAR), dtype=pl.Int64).scatter(both, pl.Series(apart))


def _visible(left: pl.Series, right: pl.Series) -> list[pl.Series]:
    """How much of two partly unknown numbers is visible on both sides, by part, and whether it agrees."""
    known = left.is_not_null() & right.is_not_null()
    a, b = (_matrix(s.set(~known, None)) for s in (left, right))
    star = ord("*")
    seen = (a != star) & (b != star)
    agrees = ~(seen & (a != b)).any(axis=1)
    count = seen.sum(axis=1)
    parts = {"region": (0, 6), "birth": (6, 14), "serial": (14, 17), "check": (17, 18)}
    out = [pl.Series(f"seen_{k}", seen[:, x:y].sum(axis=1)) for k, (x, y) in parts.items()]
    verdict = np.where(count == 0, -1, agrees.astype(np.int64))
    return [
        *out,
        pl.Series("visible", verdict),
        pl.Series("visible_apart", (seen & (a != b)).sum(axis=1)),
        # Seventeen digits tell the eighteenth.
        pl.Series("serial_seen", seen[:, 14:].all(axis=1) | (count >= LENGTH - 1)),
        pl.Series("birth_seen", seen[:, 6:14].sum(axis=1) >= 4),
    ]


def _matrix(numbers: pl.Series) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    joined = "".join(numbers.fill_null("*" * LENGTH).to_list()).encode("ascii")
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, LENGTH)


def _digits_apart() -> pl.Expr:
    a, b = _c("birth_date").dt.strftime("%Y%m%d"), _c("p_birth_date").dt.strftime("%Y%m%d")
    return pl.sum_horizontal(*(a.str.slice(i, 1) != b.str.slice(i, 1) for i in range(8)))


def _shares(pairs: pl.DataFrame) -> pl.DataFrame:
    """``share_visible`` (chance that a stranger shows the same digits) and ``share_known`` (starred names)."""
    region = (
        pl.when(_c("seen_region") == 6)
        .then(pl.coalesce("p_share_first6", 1.0))
        .when(_c("seen_region") >= 4)
        .then(pl.coalesce("p_share_first4", 1.0))
        .otherwise(1.0)
    )
    birth = pl.lit(4.0e-5) ** (_c("seen_birth") / 8)
    serial = pl.coalesce("p_share_serial", pl.lit(0.002)) ** (_c("seen_serial") / 3)
    check = pl.when(_c("seen_check") == 1).then(1 / 11).otherwise(1.0)
    known_given = (
        pl.when(_c("unknown"))
        .then(_c("given").str.replace_all("[□·]", ""))
        .otherwise(_c("p_given").str.replace_all("[□·]", ""))
        .str.len_chars()
        .fill_null(0)
    )
    dotted = _c("p_name_key").str.contains("·", literal=True)
    shown = pl.when(_c("unknown")).then("surname").otherwise("p_surname")
    surname = (
        pl.when(shown.str.contains("□", literal=True))
        .then(1.0)
        .when(dotted & (_c("surname") != _c("p_surname")))  # only some of its characters are seen
        .then(0.05)
        .otherwise(pl.coalesce("p_share_surname", pl.lit(0.05)))
    )
    return pairs.with_columns(
        share_visible=pl.when("same_paper").then(_PAPER).otherwise(region * birth * serial * check),
        # Of a transcribed name one part tells the others: its characters are not counted each.
        share_known=surname
        * pl.lit(0.01) ** pl.when(dotted).then(known_given.clip(0, 1)).otherwise(known_given),
        share_surname=pl.coalesce("p_share_surname", pl.lit(0.05)),
        share_name=_c("p_share_name"),
        share_sound=pl.coalesce("p_share_sound", 20 * _c("p_share_name")).clip(0, 1),
        share_phone=pl.coalesce("p_share_phone", 1.0),
        share_door=pl.coalesce("p_share_door", 1.0),
    )
