"""What could have been seen of a pair at all: levels compete only within one class of delivery.

m is given what was delivered. A starred number agrees as a starred number or not at all; a name in letters agrees in
pinyin or not; a name cut at its dot must have had one. So m of a class sums to one over the levels that can be seen in
it, silence left out. Not here: how levels are found (``comparisons``), how m is estimated (``expectation``).
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

_c = pl.col
_neither = ~_c("valid") & ~_c("p_valid")
_dotted = pl.any_horizontal(
    _c(side).str.contains("·", literal=True) | (_c(side).str.len_chars() > 4)  # dot lost: a transcribed name
    for side in ("name_key", "p_name_key")
)

CLASS: Final[Mapping[str, pl.Expr]] = {
    "number": pl.when(_c("level_number") == "digit_lost").then(pl.lit("longer"))
    .when(_c("level_number") == "one_edit").then(pl.lit("broken"))
    .when(_c("visible") >= 0).then(pl.lit("masked"))
    .when(_c("valid") & _c("p_valid")).then(pl.lit("valid"))
    .when(_neither).then(pl.lit("unproven"))
    .otherwise(pl.lit("broken")),
    "name": pl.when(_c("latin") | _c("p_latin")).then(pl.lit("letters"))
    .when(_c("unknown") | _c("p_unknown")).then(pl.lit("unknown"))
    .when(_dotted).then(pl.lit("dotted"))
    .otherwise(pl.lit("characters")),
    "birth_date": pl.lit("birth_date"),
    "sex": pl.lit("sex"),
    "phone": pl.lit("phone"),
    "place": pl.lit("place"),
    "partner": pl.when(_c("partner_key").is_not_null()).then(pl.lit("partner")).otherwise(pl.lit("none")),
}  # fmt: skip
"""The class of a pair in each field, where the field is not silent."""

LEVELS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "number": {
        "valid": ("same", "month_day", "booklet", "other_valid"),
        "broken": ("one_edit", "month_day", "near", "other"),
        "longer": ("digit_lost",),
        "unproven": ("same", "month_day", "near", "other"),
        "masked": ("visible", "visible_differs"),
    },
    "name": {
        "characters": (
            "same", "former", "swapped", "homophone", "look_alike", "homophones", "one_character", "differs",
        ),
        "dotted": (
            "same", "former", "swapped", "transcribed", "cut", "homophone", "look_alike", "homophones", "one_character", "differs",
        ),
        "letters": ("pinyin", "initials", "pinyin_slip", "same", "former", "letters_differ"),
        "unknown": ("wildcard", "wildcard_alike", "former", "differs"),
    },
    "birth_date": {"birth_date": ("same", "month_day", "one_digit", "differs")},
    "sex": {"sex": ("same", "differs")},
    "phone": {"phone": ("same", "differs")},
    "place": {"place": ("same_door", "door_renamed", "same_group", "same_village", "same_town", "differs")},
    "partner": {"partner": ("in_booklet", "silent")},
}  # fmt: skip
"""The levels that can be seen in each class; ``visible_serial`` counts as ``visible``: which of the two it is, the stars
decide."""

TAUGHT_IN: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "number": {
        "valid": ("same", "booklet", "other_valid"),
        "broken": ("one_edit", "month_day", "near", "other"),
        "masked": ("visible", "visible_serial", "visible_differs"),
    },
    "name": {
        "characters": (
            "same", "former", "swapped", "homophone", "look_alike", "homophones", "one_character", "differs",
        ),
        "dotted": ("transcribed", "cut"),
        "letters": ("pinyin", "initials", "pinyin_slip", "letters_differ"),
        "unknown": ("wildcard", "wildcard_alike"),
    },
    "birth_date": {"birth_date": ("same", "month_day", "one_digit", "differs")},
    "sex": {"sex": ("same", "differs")},
    "phone": {"phone": ("same", "differs")},
    "place": {"place": ("same_door", "door_renamed", "same_group", "same_village", "same_town", "differs")},
    "partner": {"partner": ("in_booklet",)},
}  # fmt: skip
"""The class whose m the model file takes, for each level: the commonest where it can be seen in several.

Not taught: ``digit_lost``; a number of 17 digits agrees so or says nothing."""


def seen(field: str) -> pl.Expr:
    """``<class>.<level>`` of a pair in a field; null where nothing was delivered to compare."""
    level = _c(f"level_{field}").replace("visible_serial", "visible")
    silent = (_c(f"level_{field}") == "silent") if field != "partner" else pl.lit(value=False)
    kind = CLASS[field]
    return pl.when(~silent & (kind != "none")).then(kind + "." + level)
