"""The model file: m and u by comparison level, thresholds, caps. Reading it and turning it into weights.

No figure stands in code; no figure is estimated here.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

import polars as pl
import yaml

from matching.model_checks import problem

_YAML: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a large city's names are slow without libyaml


class ModelError(ValueError):
    """The model file is not what it must be; the message says where and what to do."""


class _Loader(_YAML):  # type: ignore[misc, valid-type]
    """The safe loader, with each key once: of two PyYAML would silently keep the later."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as PyYAML calls it
        """Make a mapping.

        Raises:
            ModelError: a key stands twice; the key is not quoted, it may be part of a name.
        """
        lines: dict[tuple[str, str], int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if (key.tag, str(key.value)) in lines:
                first = lines[key.tag, str(key.value)]
                raise ModelError(
                    f"model file: line {line}: the same key as in line {first}. Keep one of the two."
                )
            lines[key.tag, str(key.value)] = line
        return cast("dict[Any, Any]", super().construct_mapping(node, deep))


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
        accept_tentative: probability from which a row is linked tentatively (`deciding.MAY_LINK_TENTATIVELY`).
        namesakes: share of people whose name and birth date somebody else also has, of those whom rows may speak of.
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
    accept_tentative: float = 0.95
    namesakes: float = 0.02
    expected: Mapping[str, Mapping[str, float]] | None = None

    def digest(self) -> str:
        """SHA-256 of every figure: links made under another digest are another model's."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def firm(self) -> "Model":
        """Return the model that links nothing tentatively: who is on the spine must not rest on a name and a birthday."""
        return replace(self, accept_tentative=math.inf)

    def weight(self, field: str) -> pl.Expr:
        """Weight in bits of a field, from its column ``level_<field>`` and the share columns."""
        expression = pl.lit(None, dtype=pl.Float64)
        for name, level in reversed(list(self.comparisons[field].items())):
            expression = pl.when(pl.col(f"level_{field}") == name).then(level.weight()).otherwise(expression)
        return expression.round(6)


def parse(text: str) -> Model:
    """Reads a model file.

    Raises:
        ModelError: it is no YAML; a key stands twice, is missing or unknown; a figure is none or out of range; ``per``
            names no share; levels are not those that are compared (`matching.comparisons`).
    """
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - the safe loader's child
    except ModelError:
        raise
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ModelError(
            f"model file: it is no YAML ({error}). Take the file as `hedui train` wrote it."
        ) from error
    model = Model(**{**_keyed(raw, Model, "top level"), "comparisons": _comparisons(raw["comparisons"])})
    wrong = problem(model)
    if wrong is not None:
        raise ModelError(f"model file: {wrong}.")
    return model


def _comparisons(raw: object) -> dict[str, dict[str, Level]]:
    """Return the levels of every comparison, their figures not yet checked."""
    if not (isinstance(raw, dict) and all(isinstance(levels, dict) for levels in raw.values())):
        raise ModelError(
            "model file: comparisons: wants levels under each comparison. Compare it with matching/model.yaml."
        )
    return {
        field: {name: Level(**_keyed(level, Level, f"{field}.{name}")) for name, level in levels.items()}
        for field, levels in raw.items()
    }


def _keyed(raw: object, kind: type[Model | Level], where: str) -> dict[str, Any]:
    """Return what stands under the keys of a class, all of them and no others."""
    if not isinstance(raw, dict):
        raise ModelError(f"model file: {where}: wants keys and values. Compare it with matching/model.yaml.")
    wanted = {field.name for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    wrong = [f"{key} is missing" for key in sorted(needed - raw.keys())]
    wrong += sorted(f"{key} is unknown" for key in raw.keys() - wanted)
    if wrong:
        raise ModelError(f"model file: {where}: {', '.join(wrong)}. Compare it with matching/model.yaml.")
    return raw


@cache
def shipped() -> Model:
    """The model that comes with this release."""
    return parse((files("matching") / "model.yaml").read_text(encoding="utf-8"))
