"""A model as a file: small, readable, the same bytes for the same model. Its text is read by ``model.parse``.

Nothing personal: name parts that at least five people bear, surname and given name apart. Not here: how figures are
learned (``training``).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from matching.model import Level, Model, ModelError, parse, shipped

_PLAIN: Final = (
    "prior",
    "accept",
    "accept_tentative",
    "namesakes",
    "review",
    "margin",
    "block_cap",
    "name_floor",
    "batch_rows",
)
_WIDE: Final = 118
_HEAD: Final = """# The matcher's pinned figures, learned by `hedui train` on {identities} identities and {people} people, {day},
# beginning from model {origin}. A night reads them and never changes them.
#
# Weight of a level = log2(m / u): m is how often the level is seen when row and person are one, u how often when they
# are not, both given what was delivered at all. `per` names the share that u is multiplied by (docs/matching.md).
# m by expectation-maximisation, u from random pairs; where little was seen, the starting model's figure stands.
# Thresholds, margin and caps are the starting model's: nothing learns them.
"""


def read_model(file: Path | None) -> Model:
    """Return the model of a file that `hedui train` wrote; the shipped one where none is named.

    Raises:
        ModelError: it cannot be read, or is none.
    """
    if file is None:
        return shipped()
    try:
        return parse(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ModelError(
            f"--model {file} is no text in UTF-8: {error.reason}. Name a file of `hedui train`."
        ) from error
    except OSError as error:
        raise ModelError(
            f"--model {file} cannot be read: {error.strerror}. Name a file that `hedui train` wrote, or leave --model"
            " (HEDUI_MODEL) out for the model that is shipped."
        ) from error
    except ModelError as error:
        raise ModelError(f"--model {file}: {error}") from error


def versioned(model: Model, day: date) -> Model:
    """Return the model under a version of its own: the day it was learned and a digest of its figures."""
    blank = replace(model, version="")
    digest = hashlib.sha256(_body(blank).encode()).hexdigest()[:8]
    return replace(model, version=f"{day:%Y.%m.%d}-{digest}")


def written(model: Model, *, origin: str, identities: int, people: int, day: date) -> str:
    """Return the text of the model's file; ``parse`` reads the same model from it.

    Args:
        model: what to write.
        origin: version of the model that learning began from.
        identities: how many distinct identities taught.
        people: people on the spine.
        day: the night whose data it was learned from.
    """
    head = _HEAD.format(
        identities=f"{identities:,}", people=f"{people:,}", day=day.isoformat(), origin=origin
    )
    return head + _body(model)


def _body(model: Model) -> str:
    parts = [
        f"version: {json.dumps(model.version)}\n",
        *(f"{name}: {_figure(getattr(model, name))}" for name in _PLAIN),
        "\ncomparisons:",
        *(line for field, levels in model.comparisons.items() for line in _comparison(field, levels)),
    ]
    if model.expected is not None:
        parts += [
            "\n# Share of each level among the links of the training, silence left out: drift is told against them.",
            "expected:",
            *(f"  {field}: {{{_listed(shares)}}}" for field, shares in model.expected.items()),
        ]
    if model.names is not None:
        parts += [
            "\n# Shares of people by part of their name; parts that fewer than five bear count as unseen_name each.",
            f"unseen_name: {_figure(model.unseen_name)}",
            "names:",
            *(line for kind, shares in model.names.items() for line in _names(kind, shares)),
        ]
    return "\n".join(parts) + "\n"


def _comparison(field: str, levels: Mapping[str, Level]) -> Iterable[str]:
    yield f"  {field}:"
    for name, level in levels.items():
        per = "" if level.per is None else f", per: {level.per}"
        yield f"    {name + ':':<17}{{m: {_figure(level.m)}, u: {_figure(level.u)}{per}}}"


def _listed(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name}: {_figure(share)}" for name, share in shares.items())


def _names(kind: str, shares: Mapping[str, float]) -> Iterable[str]:
    """Lines of a mapping, the commonest first, as many to a line as it holds."""
    yield f"  {kind}: {{"
    line = "   "
    for key, share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        entry = f" {json.dumps(key, ensure_ascii=False)}: {_figure(share)},"
        if len(line) + len(entry) > _WIDE:
            yield line
            line = "   "
        line += entry
    yield line
    yield "  }"


def _figure(value: float) -> str:
    """A number as YAML 1.1 reads it back: an exponent wants a point before it and a sign after."""
    if isinstance(value, int):
        return str(value)
    text = repr(float(value))
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{exponent if exponent[0] in '+-' else '+' + exponent}"
