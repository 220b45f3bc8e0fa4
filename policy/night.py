"""The policy tables of one night: what SQL models read in place of written figures.

Here belongs which figures hold on a night and in the months of its ledger. Not here: any database.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import polars as pl

from policy.errors import PolicyError
from policy.figure import Value
from policy.parameters import Parameter, catalogue
from policy.profile import Profile
from policy.schemas import MONTHLY, SCHEMAS, scalars

LEDGER_MONTHS: Final = 12
LAST_MONTHS: Final = 3
HUKOU_TYPES: Final = ("urban", "rural")
Row = dict[str, Any]


def night_tables(profile: Profile, night: date, figures_of: date | None = None) -> dict[str, pl.DataFrame]:
    """Return the eight ``policy.*`` tables of ``night`` by qualified name, shaped as ``SCHEMAS`` says.

    Args:
        profile: the place's figures.
        night: the date of the facts.
        figures_of: judge them by the figures in force on this day, in every month of the ledger too (a what-if);
            None: by the night's own, and each month by its own.

    Raises:
        PolicyError: a figure that the night needs is not in force on it, or a figure of the ledger's items
            not in one of its months.
    """
    day = figures_of or night
    in_force = {name: figure.at(day) for name, figure in profile.figures.items()}
    _require(profile, in_force, day)
    rows: dict[str, list[Row]] = {
        "policy.night": [_night_row(profile.place, in_force, night)],
        "policy.standard": _standards(in_force),
        "policy.exclusive_pair": [
            dict(zip(("program_a", "program_b"), key.split("+"), strict=True))
            | {"illustrative": value.illustrative}
            for key, value in in_force["exclusive_programs"].items()
        ],
        "policy.month": [
            _month_row(profile, month, night, figures_of or month) for month in ledger_months(night)
        ],
        "policy.figure": [
            row for name in sorted(profile.figures) for row in _figure_rows(profile, name, day)
        ],
        "policy.vehicle_exempt_class": [{"vehicle_class": key} for key in in_force["vehicle_exempt_classes"]],
        "policy.gated_source": [{"source": key} for key in in_force["sources_needing_authorization"]],
        "policy.counter_evidence_source": [{"source": key} for key in in_force["counter_evidence_sources"]],
    }
    return {name: pl.DataFrame(rows[name], schema=schema, orient="row") for name, schema in SCHEMAS.items()}


def ledger_months(night: date) -> list[date]:
    """Return M1 to M12: first days of the 12 calendar months before the night's own (rules.md 2)."""
    month = night.replace(day=1)
    result = []
    for _ in range(LEDGER_MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        result.append(month)
    return result[::-1]


def year_before(night: date) -> date:
    """Return the same day a year earlier (of 29 February the 28th): "last 12 months" lie after it."""
    return night.replace(year=night.year - 1, day=28 if (night.month, night.day) == (2, 29) else night.day)


def _require(profile: Profile, in_force: dict[str, dict[str, Value]], night: date) -> None:
    for parameter in _required():
        held = in_force.get(parameter.name, {})
        lists_nothing = parameter.kind == "words" and parameter.name not in profile.figures
        for key in (p for p in parameter.parts if parameter.kind != "words" and p not in held):
            _missing(profile, parameter, key, f"the night {night}")
        if lists_nothing:
            _missing(profile, parameter, "", f"the night {night}")


def _required() -> list[Parameter]:
    return [parameter for parameter in catalogue().values() if parameter.required]


def _missing(profile: Profile, parameter: Parameter, key: str, when: str) -> None:
    part = f" ({key})" if key else ""
    raise PolicyError(
        f"{profile.place}.yaml: {parameter.name}{part}, {parameter.zh}, has no value in force for {when}; "
        f"rules that need it could not run. Add the value with the date it took effect and its reference, "
        f"or inherit it from another profile."
    )


def _night_row(place: str, in_force: dict[str, dict[str, Value]], night: date) -> Row:
    months = ledger_months(night)
    days: Row = {
        "night": night,
        "ledger_from": months[0],
        "ledger_to": months[-1],
        "last3_from": months[-LAST_MONTHS],
        "year_ago": year_before(night),
        "place": place,
    }
    return days | {
        column: _amount(parameter.kind, in_force.get(parameter.name, {}).get(key))
        for column, (parameter, key) in scalars().items()
    }


def _amount(kind: str, value: Value | None) -> Decimal | int | None:
    if value is None or value.amount is None:
        return None
    return int(value.amount) if kind == "count" else value.amount


def _standards(in_force: dict[str, dict[str, Value]]) -> list[Row]:
    """Return the monthly standards; an orphan's is that of a child at home, of either hukou type."""
    rows = []
    for program, keys in {"dibao": HUKOU_TYPES, "tekun": HUKOU_TYPES, "orphan": ("home", "home")}.items():
        held = in_force.get(f"{program}_standard", {})
        rows += [
            {"program": program, "hukou_type": hukou, "amount": held[key].amount}
            for hukou, key in zip(HUKOU_TYPES, keys, strict=True)
            if key in held
        ]
    return rows


def _month_row(profile: Profile, month: date, night: date, day: date) -> Row:
    row: Row = {"month": month, "position": 0, "in_last_3": month >= ledger_months(night)[-LAST_MONTHS]}
    row["position"] = ledger_months(night).index(month) + 1
    held = {column: profile.figures[name].at(day).get(key) for column, (name, key) in MONTHLY.items()}
    for column, value in held.items():
        row[column] = value.amount if value else None
    disregard = held["pension_disregard"]
    for column in ("pension_disregard", "pension_disregard_tekun"):
        row[column] = row[column] or Decimal(0)
    if row["job_cost_rate"] is None:
        _missing(profile, profile.figures["job_cost_rate"].parameter, "", f"the ledger month {month:%Y-%m}")
    return row | {"pension_disregard_unconfirmed": bool(disregard and disregard.unconfirmed)}


def _figure_rows(profile: Profile, name: str, night: date) -> list[Row]:
    figure = profile.figures[name]
    held = set(map(id, figure.at(night).values()))
    return [
        {
            "name": name,
            "key": value.key,
            "unit": value.unit,
            "value": value.as_written,
            "effective_from": value.since,
            "in_force": id(value) in held,
            "reference": value.reference,
            "illustrative": value.illustrative,
            "unconfirmed": value.unconfirmed,
            "title_zh": figure.parameter.zh,
            "title_en": figure.parameter.en,
        }
        for value in figure.values
    ]
