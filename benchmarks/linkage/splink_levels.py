"""What Splink compares and in how many levels: its best settings, and those of its measurements before ours ("as known").

DuckDB's string distances count bytes, which is right for numbers and pinyin and wrong for Chinese characters. So names
are compared as wholes, by pinyin, and character by character; addresses by parsed keys.
"""

from typing import TYPE_CHECKING, Final

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator, block_on

if TYPE_CHECKING:
    from splink.internals.comparison_level_creator import ComparisonLevelCreator

RARE: Final = 1e-6
"""u of levels too rare for a sample of random pairs; where the sample shows them, its estimate replaces this."""
BLOCKING: Final = (
    ("number",), ("name_key", "birth"), ("name_key", "first6"), ("name_key", "telephone"), ("name_key", "last4"),
    ("birth", "first6", "surname"), ("first14",), ("telephone", "surname"), ("name_key", "door"),
)  # fmt: skip


def _comparison(name: str, *levels: "ComparisonLevelCreator") -> cl.CustomComparison:
    return cl.CustomComparison([*levels, cll.ElseLevel()], output_column_name=name)


def _silent(condition: str) -> "ComparisonLevelCreator":
    return cll.CustomLevel(condition, "null").configure(is_null_level=True)


def _number() -> cl.CustomComparison:
    """Exact; two valid numbers that differ; one, two, four edits; of a masked number whether its visible digits fit.

    That two valid numbers differ is said apart from differing at all: nothing else made Splink link fewer namesakes of
    one birth date, and such pairs, nearly all, need no distance computed.
    """
    masked = "number_r IS NULL AND length(replace(visible_r, '_', '')) >= 8"
    edits = "levenshtein(number_l, number_r) <= 2 * {0} AND damerau_levenshtein(number_l, number_r) <= {0}"
    fits = cll.CustomLevel(f"{masked} AND number_l LIKE visible_r", "visible digits fit")
    return _comparison(
        "number",
        _silent(f"number_l IS NULL OR (number_r IS NULL AND NOT coalesce({masked}, false))"),
        cll.ExactMatchLevel("number"),
        cll.CustomLevel("valid_l AND valid_r", "two valid numbers"),
        cll.CustomLevel(edits.format(1), "1 edit").configure(u_probability=RARE),
        cll.CustomLevel(edits.format(2), "2 edits").configure(u_probability=RARE),
        cll.CustomLevel(edits.format(4), "4 edits"),
        fits.configure(u_probability=RARE),
    )


def _name() -> cl.CustomComparison:
    """Exact with term frequencies, former name, unknown characters, pinyin, all but one character, pinyin by JW."""
    length = "length(name_key_l)"
    alike = " + ".join(f"(substr(name_key_l, {i}, 1) = substr(name_key_r, {i}, 1))::INT" for i in range(1, 5))
    one_differs = f"{length} BETWEEN 2 AND 4 AND length(name_key_r) = {length} AND {alike} = 3"
    return _comparison(
        "name",
        _silent("name_key_l IS NULL OR (name_key_r IS NULL AND name_pattern_r IS NULL)"),
        cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
        cll.CustomLevel("former_key_l = name_key_r", "former name"),
        cll.CustomLevel("name_key_l LIKE name_pattern_r", "known characters fit"),
        cll.ExactMatchLevel("pinyin"),
        cll.CustomLevel(one_differs, "all but one character"),
        cll.JaroWinklerLevel("pinyin", 0.9),
        cll.JaroWinklerLevel("pinyin", 0.75),
    )


def _birth() -> cl.CustomComparison:
    exchanged = "left(birth_l, 4) || '-' || right(birth_l, 2) || '-' || substr(birth_l, 6, 2) = birth_r"
    return _comparison(
        "birth",
        cll.NullLevel("birth"),
        cll.ExactMatchLevel("birth"),
        cll.CustomLevel(exchanged, "month and day exchanged"),
        cll.CustomLevel("hamming(birth_l, birth_r) = 1", "one digit"),
        cll.CustomLevel("hamming(birth_l, birth_r) = 2", "two digits"),
    )


def _address() -> cl.CustomComparison:
    return _comparison(
        "address",
        _silent("village_l IS NULL OR village_r IS NULL"),
        cll.ExactMatchLevel("door", term_frequency_adjustments=True),
        cll.ExactMatchLevel("place_group"),
        cll.ExactMatchLevel("village"),
    )


def _number_as_known() -> cl.CustomComparison:
    distances = [cll.DamerauLevenshteinLevel("number", edits) for edits in (1, 2, 4)]
    return _comparison("number", cll.NullLevel("number"), cll.ExactMatchLevel("number"), *distances)


def _name_as_known() -> cl.CustomComparison:
    return _comparison(
        "name",
        _silent("name_key_l IS NULL OR name_key_r IS NULL"),
        cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
        cll.JaroWinklerLevel("pinyin", 0.9),
        cll.JaroWinklerLevel("pinyin", 0.75),
    )


def settings(*, as_known: bool) -> SettingsCreator:
    """Return the model before training."""
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            _number_as_known() if as_known else _number(),
            _name_as_known() if as_known else _name(),
            _birth(),
            cl.ExactMatch("gender"),
            cl.ExactMatch("telephone").configure(term_frequency_adjustments=True),
            _address(),
        ],
        blocking_rules_to_generate_predictions=[block_on(*key) for key in BLOCKING],
        retain_matching_columns=False,
    )
