"""The model file: m and u by comparison level, thresholds, caps. Reading it and turning it into weights.

No figure stands in code; no figure is estimated here.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import polars as pl
import yaml

from matching.frequencies import NAMES

SHARES: Final = frozenset(
    {"spine", "name", "sound", "delivered_name", "surname", "known", "visible", "phone", "door", "partner"}
)
"""What a level's u may be multiplied by; each is a column ``share_<name>`` of the pairs."""

_LOADER: Final = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # a large city's names are slow without libyaml


class ModelError(ValueError):
    """The model file is not what it must be; the message says where and what to do."""


@dataclass(frozen=True)
class Level:
    """One level of a comparison: probabilities given a match (m) and given no match (u)."""

    m: float
    u: float
    per: str | None = None

    def weight(self) -> pl.Expr:
        """Match weight in bits over pairs with the share columns; u never above 1."""
        u = pl.lit(self.u) if self.per is None else (self.u * pl.col(f"share_{self.per}")).clip(1e-12, 1.0)
        return (pl.lit(self.m) / u).log(2)


@dataclass(frozen=True)
class Model:
    """A pinned model.

    Attributes:
        comparisons: field, then level, in the order of the file.
        names: shares of surnames and of given names (`surname`, `given`) where the file was trained; without them a
            night counts its own and goes on with them.
        unseen_name: share of a name part that the file does not list.
        expected: of each comparison, the share of its levels among the links of the training, silence left out;
            a night's drift is told against them.
    """

    version: str
    prior: float
    accept: float
    review: float
    margin: float
    block_cap: int
    name_floor: float
    batch_rows: int
    comparisons: Mapping[str, Mapping[str, Level]]
    names: Mapping[str, Mapping[str, float]] | None = None
    unseen_name: float = 1.0e-6
    expected: Mapping[str, Mapping[str, float]] | None = None

    def digest(self) -> str:
        """SHA-256 of every figure: links made under another digest are another model's."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def weight(self, field: str) -> pl.Expr:
        """Weight in bits of a field, from its column ``level_<field>`` and the share columns."""
        expression = pl.lit(None, dtype=pl.Float64)
        for name, level in reversed(list(self.comparisons[field].items())):
            expression = pl.when(pl.col(f"level_{field}") == name).then(level.weight()).otherwise(expression)
        return expression.round(6)


def parse(text: str) -> Model:
    """Reads a model file.

    Raises:
        ModelError: a figure is missing, out of range, or ``per`` names no share.
    """
    try:
        raw: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are the safe one
        comparisons = {
            field: {name: Level(**level) for name, level in levels.items()}
            for field, levels in raw.pop("comparisons").items()
        }
        model = Model(comparisons=comparisons, **raw)
    except yaml.YAMLError as error:
        raise ModelError(
            f"model file: it is no YAML ({error}). Take the file as `hedui train` wrote it."
        ) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise ModelError(f"model file: {error}. Compare it with matching/model.yaml.") from error
    _check(model)
    return model


def _check(model: Model) -> None:
    """Raise unless every figure lies where it may."""
    for field, levels in model.comparisons.items():
        for name, level in levels.items():
            if not (0 < level.m <= 1 and level.u > 0 and (level.per is not None or level.u <= 1)):
                raise ModelError(f"model file: {field}.{name}: m and u must lie in (0, 1].")
            if level.per is not None and level.per not in SHARES:
                raise ModelError(f"model file: {field}.{name}: per is none of {', '.join(sorted(SHARES))}.")
    for kind, shares in (model.names or {}).items():
        if kind not in NAMES or not all(0 < share <= 1 for share in shares.values()):
            raise ModelError(f"model file: names.{kind}: wants surname or given, each with shares in (0, 1].")
    for field, shares in (model.expected or {}).items():
        if not (
            shares.keys() <= model.comparisons.get(field, {}).keys()
            and all(0 <= s <= 1 for s in shares.values())
        ):
            raise ModelError(
                f"model file: expected.{field}: wants levels of that comparison, with shares in [0, 1]."
            )
    if not 0 < model.review <= model.accept < 1:
        raise ModelError("model file: thresholds must satisfy 0 < review <= accept < 1.")


@cache
def shipped() -> Model:
    """The model that comes with this release."""
    return parse((files("matching") / "model.yaml").read_text(encoding="utf-8"))
