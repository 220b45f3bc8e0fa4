"""From probabilities to decisions: linked, review or unlinked, and what no probability may override.

The conditions beyond the thresholds are few and stand here, each with its reason.
"""

from typing import Final

import polars as pl

from matching.clerical import CANNOT_TELL, SAME
from matching.model import Model
from matching.name_levels import AGREEING

BY_NUMBER: Final = ("same", "one_edit")
"""The number agrees in full, or after one repair (outputs.md: ``by_number``)."""
CONTRADICTS: Final = ("other_valid", "booklet")
"""Two different valid numbers are two people, whatever name and birth date say; a relative's number is a clerk's."""

_REPAIRED: Final = ("one_edit", "digit_lost", "month_day")
"""One slip makes it the person's number; a lost digit and an exchange of month and day are no evidence by number."""

_MANY: Final = 2
"""Visible digits that differ from which a partly hidden number is another one, not one with a slip."""

_number, _name = pl.col("level_number"), pl.col("level_name")
_named = _name.is_in(AGREEING)
_same_number = _number == "same"
_support = (
    (pl.col("level_phone") == "same")
    | pl.col("level_place").is_in(["same_door", "door_renamed", "same_group"])
    | (pl.col("level_partner") == "in_booklet")
)
_support_of_birth_date = _support | (pl.col("level_place") == "same_village")
_birth_date = (pl.col("level_birth_date") == "same") | (_number == "visible")

WORTH_A_LOOK: Final = (
    _same_number
    | (_named & (_number.is_in([*_REPAIRED, "visible_serial", "near"]) | _birth_date | _support))
    | (_number.is_in(["one_edit", "digit_lost"]) & _name.is_in(["silent", "one_character"]))
)
"""Evidence beyond a name: a name alone never links and never goes to review."""

_contradicts = (pl.col("visible_apart") >= _MANY) | (
    (_number == "other") & (pl.col("level_birth_date") == "differs")
)
MAY_LINK: Final = (
    (
        _same_number
        & (_named | (_name == "silent") | ((_name == "one_character") & (_support | ~pl.col("name_borne"))))
    )
    | (
        _named
        & (_number.is_in([*_REPAIRED, "visible_serial"]) | (_birth_date & _support_of_birth_date) | _support)
    )
) & ~_contradicts
"""A repaired number needs a name; name and birth date need support; a number whose owner has another name is never
linked in silence, nor is one whose owner's name differs by a character when somebody else bears the delivered one (brothers
and sisters share the rest); two edits, two visible digits that
differ, or another number with another birth date are a clerk's."""

_partly_seen = _number.is_in(["visible", "visible_serial"])
MAY_LINK_TENTATIVELY: Final = (
    (
        _named
        & (_number.is_in(["silent", "visible", "visible_serial"]) & (_birth_date | _support | _partly_seen))
    )
    | (_name.is_in(["same", "former", "homophone", "look_alike"]) & (_number == "near"))
    | ((_name == "silent") & (_partly_seen | (_number == "one_edit")) & _support)
) & ~_contradicts
"""What a probability carries though a namesake born on the same day would show the same: name and birth date, a name and
what is visible of a number or a number two slips off. The row is the person's as far as anybody can tell, and nothing is held
against him for it."""


def decided(pairs: pl.DataFrame, model: Model) -> pl.DataFrame:
    """One row an identity that has candidates.

    Columns: ``row``, ``person_id`` (best candidate), ``decision``, ``method``, ``probability`` (of the
    candidate's cluster), ``runner_up_probability`` (of the next cluster), ``by_number``. A clerk's word goes before
    everything here, and counts as the number (outputs.md: ``by_number``).
    """
    second = pairs.filter(pl.col("place") == 2).unique("row", keep="first", maintain_order=True)
    best = pairs.filter(pl.col("place") == 1).unique("row", keep="first", maintain_order=True)
    second = second.select(
        "row", runner_up_probability="cluster_probability", runner_up_score="cluster_score"
    )
    best = best.join(second, on="row", how="left", maintain_order="left")
    clear = (pl.col("score") - pl.col("runner_up_score") >= model.margin).fill_null(value=True)
    firm = (pl.col("cluster_probability") >= model.accept) & clear & MAY_LINK
    likely = (pl.col("cluster_probability") >= model.accept_tentative) & clear & MAY_LINK_TENTATIVELY
    contradicted = _number.is_in(CONTRADICTS)
    # Several whom the evidence fits alike are ambiguous, and that is a clerk's (identity.md 6), even if each is below.
    somebody = pl.col("somebody_probability") >= model.review
    worth = somebody & WORTH_A_LOOK & ~contradicted
    by_clerk = pl.col("verdict").eq_missing(SAME)
    decision = (
        pl.when(by_clerk)
        .then(pl.lit("linked"))
        .when((firm | likely) & ~contradicted)
        .then(
            pl.when(pl.col("verdict").eq_missing(CANNOT_TELL))
            .then(pl.lit("review"))
            .otherwise(pl.lit("linked"))
        )
        .when(worth | pl.col("conflict"))
        .then(pl.lit("review"))
        .otherwise(pl.lit("unlinked"))
    )
    return best.with_columns(decision=decision).select(
        "row", "person_id", "decision",
        method=pl.when(by_clerk).then(pl.lit("clerical"))
        .when(pl.col("decision") == "unlinked").then(pl.lit("none")).otherwise(_method()),
        probability=pl.when(by_clerk).then(1.0).otherwise("cluster_probability"),
        runner_up_probability="runner_up_probability",
        by_number=by_clerk | (_number.is_in(BY_NUMBER) & ~pl.col("claimed")),
        tentative=~by_clerk & ~firm.fill_null(value=False),
    )  # fmt: skip


def _method() -> pl.Expr:
    return (
        pl.when("claimed").then(pl.lit("probabilistic"))
        .when(_number.is_in(["one_edit", "digit_lost"]) | (_same_number & pl.col("from_certificate"))).then(pl.lit("repaired"))
        .when(_same_number & (_name == "former")).then(pl.lit("exact_former_name"))
        .when(_same_number & _named).then(pl.lit("exact"))
        .otherwise(pl.lit("probabilistic"))
    )  # fmt: skip
