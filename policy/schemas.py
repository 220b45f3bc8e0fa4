"""The fixed columns and types of the `policy.*` tables of a night.

Here belongs what a model may rely on, whatever a place has written. Not here: the figures.
"""

from typing import Final

import polars as pl

from policy.parameters import Parameter, catalogue

MONEY: Final = pl.Decimal(14, 2)
RATE: Final = pl.Decimal(9, 4)
TYPES: Final[dict[str, pl.DataType]] = {"money": MONEY, "rate": RATE, "count": pl.Int32()}

# Figures of a month's items: they follow their own month, not the night (rules.md 1).
MONTHLY: Final = {
    "dibao_standard_urban": ("dibao_standard", "urban"),
    "dibao_standard_rural": ("dibao_standard", "rural"),
    "job_cost_rate": ("job_cost_rate", ""),
    "pension_disregard": ("basic_pension_disregard.means_test", ""),
    "pension_disregard_tekun": ("basic_pension_disregard.tekun", ""),
}


def scalars() -> dict[str, tuple[Parameter, str]]:
    """Return the columns of ``policy.night`` that are figures: column to parameter and key."""
    return {
        parameter.column(key): (parameter, key)
        for parameter in catalogue().values()
        if parameter.kind != "words"
        for key in parameter.parts
    }


def _night() -> dict[str, pl.DataType]:
    days = ("night", "ledger_from", "ledger_to", "last3_from", "year_ago")
    head: dict[str, pl.DataType] = dict.fromkeys(days, pl.Date())
    figures = {column: TYPES[parameter.kind] for column, (parameter, _) in scalars().items()}
    return head | {"place": pl.String()} | figures


def _month() -> dict[str, pl.DataType]:
    head: dict[str, pl.DataType] = {"month": pl.Date(), "position": pl.Int32(), "in_last_3": pl.Boolean()}
    figures = {column: TYPES[catalogue()[name].kind] for column, (name, _) in MONTHLY.items()}
    return head | figures | {"pension_disregard_unconfirmed": pl.Boolean()}


SCHEMAS: Final[dict[str, dict[str, pl.DataType]]] = {
    "policy.night": _night(),
    "policy.standard": {"program": pl.String(), "hukou_type": pl.String(), "amount": MONEY},
    "policy.exclusive_pair": {
        "program_a": pl.String(),
        "program_b": pl.String(),
        "illustrative": pl.Boolean(),
    },
    "policy.month": _month(),
    "policy.figure": {
        "name": pl.String(),
        "key": pl.String(),
        "unit": pl.String(),
        "value": pl.String(),
        "effective_from": pl.Date(),
        "in_force": pl.Boolean(),
        "reference": pl.String(),
        "illustrative": pl.Boolean(),
        "unconfirmed": pl.Boolean(),
        "title_zh": pl.String(),
        "title_en": pl.String(),
    },
    "policy.vehicle_exempt_class": {"vehicle_class": pl.String()},
    "policy.gated_source": {"source": pl.String()},
    "policy.counter_evidence_source": {"source": pl.String()},
}
