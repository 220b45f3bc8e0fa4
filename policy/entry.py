"""One parameter as a place's file writes it, checked: unit, dated values, reference, marks.

Here belong the sentences about a figure that is written wrongly. Not here: inheritance, what a night needs.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from policy.errors import PolicyError, Where, nearest
from policy.figure import Value
from policy.parameters import LIMIT, STEP, Parameter

UNDATED: Final = date(2000, 1, 1)
FIELDS: Final = {"unit", "value", "values", "reference", "illustrative", "unconfirmed", "unconfirmed_from"}
MARKS: Final = {"value", "reference", "illustrative", "unconfirmed"}
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says of one parameter. ``values`` may be empty where only ``unconfirmed_from`` is said."""

    where: Where
    values: tuple[Value, ...]
    unconfirmed_from: date | None


def read_entry(parameter: Parameter, written: Any, where: Where) -> Entry:  # noqa: ANN401 - checked here
    """Check what a file writes under a parameter's name.

    Raises:
        PolicyError: an unknown field, a missing value or reference, a bad unit, date or figure.
    """
    if not isinstance(written, dict):
        raise PolicyError(f"{where}: write unit, values and reference below the name, not a bare figure.")
    for field in written.keys() - FIELDS:
        raise PolicyError(
            f"{where.under(field)}: {field!r} is no field of a figure. Fields are {_list(FIELDS)}.{nearest(field, FIELDS)}"
        )
    limit = written.get("unconfirmed_from")
    expiry = parse_date(limit, where.under("unconfirmed_from")) if limit is not None else None
    units = _units(parameter, written.get("unit"), where)
    if "value" in written and "values" in written:
        raise PolicyError(
            f"{where}: `value` and `values` are both written. Keep `values` with dates, or one `value`."
        )
    dated = written.get("values", {UNDATED.isoformat(): written["value"]} if "value" in written else {})
    if not isinstance(dated, dict) or not (dated or expiry):
        raise PolicyError(
            f"{where}: there is no value. Write `values:` and below it `2021-07-01: ...`, "
            "the date it took effect."
        )
    values = [
        value
        for day, content in dated.items()
        for value in _dated(
            parameter, units, parse_date(day, where.under("values", day)), content, written, where
        )
    ]
    return Entry(where, tuple(values), expiry)


def parse_date(text: Any, where: Where) -> date:  # noqa: ANN401 - checked here
    """Return the date written ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text) if DATE.fullmatch(text) else _bad_date(text, where)
    except (TypeError, ValueError):
        return _bad_date(text, where)


def _bad_date(text: object, where: Where) -> date:
    raise PolicyError(
        f"{where}: {text!r} is no date. Write year-month-day of the day it took effect, as 2021-07-01."
    )


def _units(parameter: Parameter, unit: Any, where: Where) -> dict[str, str]:  # noqa: ANN401 - checked here
    if unit is None:
        raise PolicyError(f"{where}: the unit is missing. Write `unit: {parameter.units[0]}`.")
    by_key = unit if isinstance(unit, dict) else dict.fromkeys(parameter.parts, unit)
    for written in by_key.values():
        if written not in parameter.units:
            raise PolicyError(
                f"{where.under('unit')}: {written!r} is no unit of this figure. "
                f"It is given in {' or '.join(parameter.units)}."
                f"{nearest(str(written), parameter.units)}"
            )
    return by_key


def _dated(
    parameter: Parameter,
    units: dict[str, str],
    since: date,
    content: Any,  # noqa: ANN401 - checked here
    written: dict[str, Any],
    where: Where,
) -> list[Value]:
    """Return the values of one date; a mapping with ``value`` carries marks of its own."""
    at = where.under("values", since.isoformat(), told=str(since))
    own = content if isinstance(content, dict) and "value" in content else {"value": content}
    marks = {name: written.get(name) for name in ("reference", "illustrative", "unconfirmed")} | own
    for field in own.keys() - MARKS:
        raise PolicyError(
            f"{at.under(field)}: {field!r} is no field of a dated value. Fields are {_list(MARKS)}.{nearest(field, MARKS)}"
        )
    if parameter.kind == "words":
        return _words(parameter, since, marks, at)
    amounts = marks["value"] if isinstance(marks["value"], dict) else {"": marks["value"]}
    if not amounts or (parameter.keys and "" in amounts):
        raise PolicyError(
            f"{at}: write the figure for each of {_list(parameter.keys)}, as {{{parameter.keys[0]}: ...}}."
        )
    for key in amounts.keys() - set(parameter.parts):
        raise PolicyError(
            f"{at}: {key!r} is no part of this figure.{_parts(parameter)}{nearest(key, parameter.keys)}"
        )
    for key in amounts.keys() - units.keys():
        raise PolicyError(f"{at}: the unit of {key!r} is missing. Write it under `unit:`.")
    return [
        Value(
            key=key,
            since=since,
            amount=parameter.convert(number(parameter, amount, at), units[key]),
            as_written=str(amount),
            unit=units[key],
            file=at.file,
            **_marks(marks, at),
        )
        for key, amount in amounts.items()
    ]


def _words(parameter: Parameter, since: date, marks: dict[str, Any], at: Where) -> list[Value]:
    listed = marks["value"]
    if not isinstance(listed, list):
        raise PolicyError(f"{at}: write a list, as [{', '.join(parameter.words[:2])}].")
    result = []
    for item in listed:
        own = marks | (item if isinstance(item, dict) else {"value": item})
        word = str(own["value"])
        parts = word.split("+") if parameter.pairs else [word]
        if parameter.pairs and len(set(parts)) != 2:
            raise PolicyError(f"{at}: {word!r} is no pair of two programmes. Write it as dibao+tekun.")
        for part in parts:
            if part not in parameter.words:
                raise PolicyError(
                    f"{at}: {part!r} is not one of {_list(parameter.words)}.{nearest(part, parameter.words)}"
                )
        key = "+".join(sorted(parts))
        result.append(
            Value(
                key=key,
                since=since,
                amount=None,
                as_written=word,
                unit=parameter.units[0],
                file=at.file,
                **_marks(own, at),
            )
        )
    return result


def number(parameter: Parameter, amount: Any, at: Where) -> Decimal:  # noqa: ANN401 - checked here
    """Return ``amount`` if it is a figure of its kind: not negative, no finer than its last digit."""
    if amount is None:
        raise PolicyError(f"{at}: the value is missing. Write the figure in {parameter.units[0]}.")
    if not isinstance(amount, Decimal) or not amount.is_finite() or amount < 0:
        raise PolicyError(
            f"{at}: {amount!r} is no figure. Write digits only, as 2200 or 0.60, without unit or comma."
        )
    if amount % STEP[parameter.kind]:
        raise PolicyError(
            f"{at}: {amount} is finer than {STEP[parameter.kind]}, the last digit kept here. Round it."
        )
    if parameter.units[0].startswith("share ") and amount > 1:
        raise PolicyError(f"{at}: {amount} is over the whole. A share is written from 0 to 1: 60 % is 0.60.")
    if amount >= LIMIT[parameter.kind]:
        raise PolicyError(
            f"{at}: {amount} is too large to be meant; it must be under {LIMIT[parameter.kind]:,}."
        )
    return amount


def _marks(marks: dict[str, Any], at: Where) -> dict[str, Any]:
    if not isinstance(marks["reference"], str) or not marks["reference"].strip():
        raise PolicyError(
            f"{at}: the reference is missing. Write `reference:` with the law and article, or the document."
        )
    for name in ("illustrative", "unconfirmed"):
        if marks[name] not in (None, True, False):
            raise PolicyError(f"{at}: {name} is either true or false, not {marks[name]!r}.")
    confirmed = None if marks["unconfirmed"] is None else not marks["unconfirmed"]
    return {
        "reference": marks["reference"],
        "illustrative": bool(marks["illustrative"]),
        "confirmed": confirmed,
    }


def _parts(parameter: Parameter) -> str:
    return (
        f" Parts are {_list(parameter.keys)}."
        if parameter.keys
        else " It has no parts: write the figure alone."
    )


def _list(words: Any) -> str:  # noqa: ANN401 - any collection of words
    return ", ".join(sorted(words))
