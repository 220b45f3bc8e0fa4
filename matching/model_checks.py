"""What a model must be before anything is weighed with it: types, ranges, and every level that is compared.

One sentence for the first thing that is wrong. Not here: reading the file (``model``), what a level weighs.
"""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Final

from matching.classes import LEVELS
from matching.comparisons import COMPARISONS
from matching.frequencies import NAMES

if TYPE_CHECKING:
    from matching.model import Model

SHARES: Final = frozenset(
    {"spine", "name", "sound", "delivered_name", "surname", "known", "visible", "phone", "door", "partner"}
)
"""What a level's u may be multiplied by; each is a column ``share_<name>`` of the pairs."""

COMPARED: Final = frozenset(
    {f"{field}.{level}" for field, levels in COMPARISONS.items() for level, _ in levels}
    | {f"name.{level}" for levels in LEVELS["name"].values() for level in levels}
    | {"name.silent"}
)
"""Every ``<field>.<level>`` that a pair can have: each is weighed by the model."""

MOST: Final = 2**31 - 1
"""No cap and no batch is larger."""


def problem(model: "Model") -> str | None:
    """Return what is wrong with a model, None where nothing is.

    Args:
        model: as its file told it: nothing but its outer shape is known, a figure may be anything.
    """
    return next((said for part in (_figures, _levels, _names, _expected) for said in part(model)), None)


def _number(value: object) -> bool:
    """Whether it is a finite number; YAML also reads texts, truth values, dates and lists."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isfinite(value) if isinstance(value, float) else abs(value) <= MOST


def _hint(*values: object) -> str:
    return (
        " (quoted? YAML reads 1e-7, too, as text: write 1.0e-7)"
        if any(isinstance(value, str) for value in values)
        else ""
    )


def _share(value: object, *, zero: bool = False) -> bool:
    """Whether it is a number in (0, 1], or in [0, 1]."""
    return _number(value) and (0 < value <= 1 or (zero and value == 0))  # type: ignore[operator]


def _figures(model: "Model") -> Iterator[str]:
    """Thresholds, caps and the version."""
    if not (isinstance(model.version, str) and model.version.strip()):
        yield 'version must be a text; put it in quotes, as in "2021.1"'
    for name in ("prior", "name_floor", "unseen_name", "namesakes"):
        value = getattr(model, name)
        if not _share(value):
            yield f"{name} must be a number in (0, 1]{_hint(value)}"
    for name in ("block_cap", "batch_rows"):
        value = getattr(model, name)
        if not (_number(value) and isinstance(value, int) and value >= 1):
            yield f"{name} must be a whole number from 1 to {MOST}"
    if not (_number(model.margin) and model.margin >= 0):
        yield "margin must be a number of bits, 0 or more"
    if not (_number(model.review) and _number(model.accept) and 0 < model.review <= model.accept < 1):
        yield "thresholds must be numbers that satisfy 0 < review <= accept < 1"
    elif not (_number(model.accept_tentative) and model.review <= model.accept_tentative <= 1):
        yield "accept_tentative must be a number from review to 1 (1: nothing is linked tentatively)"


def _levels(model: "Model") -> Iterator[str]:
    """Each level's figures, and that there are all levels and no others."""
    for field, levels in model.comparisons.items():
        for name, level in levels.items():
            if not (_share(level.m) and _number(level.u) and level.u > 0 and isfinite(level.m / level.u)):
                yield f"{field}.{name}: m must be a number in (0, 1], u a finite one above 0{_hint(level.m, level.u)}"
            elif level.per is None and level.u > 1:
                yield f"{field}.{name}: m and u must lie in (0, 1]"
            elif level.per is not None and not (isinstance(level.per, str) and level.per in SHARES):
                yield f"{field}.{name}: per is none of {', '.join(sorted(SHARES))}"
    told = {f"{field}.{name}" for field, levels in model.comparisons.items() for name in levels}
    if told != COMPARED:
        yield (
            f"it was made by another version of hedui: {', '.join(sorted(told ^ COMPARED))} stands in one of the two"
            " alone, and rows would be scored otherwise than it was trained. Train anew with `hedui train`"
        )


def _names(model: "Model") -> Iterator[str]:
    """Shares of parts of names; none is quoted."""
    if model.names is None:
        return
    if not _mappings(model.names):
        yield "names: wants surname and given, each with the shares of its parts"
        return
    for kind, shares in model.names.items():
        if not shares:
            yield f"names.{kind}: lists nobody, which would make every name a rare one; leave names out"
        if kind not in NAMES or not all(isinstance(key, str) and _share(s) for key, s in shares.items()):
            yield f"names.{kind}: wants surname or given, each with texts and their shares in (0, 1]"


def _expected(model: "Model") -> Iterator[str]:
    """Shares of levels among the links of the training."""
    if model.expected is None:
        return
    if not _mappings(model.expected):
        yield "expected: wants comparisons, each with the shares of its levels"
        return
    for field, shares in model.expected.items():
        known = model.comparisons.get(field, {}).keys()
        if not (shares.keys() <= known and all(_share(s, zero=True) for s in shares.values())):
            yield f"expected.{field}: wants levels of that comparison, with shares in [0, 1]"


def _mappings(value: object) -> bool:
    """Whether it is a mapping of mappings."""
    return isinstance(value, Mapping) and all(isinstance(inner, Mapping) for inner in value.values())
