"""Rows of planted people where a plant says nothing else: harmless ones.

Here: a default for every column that a contract requires, by source. Not here: what a plant is about.
Plates, accounts and certificates carry a 9 where the base's do not, so that no two are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from synth.frames import months_before

if TYPE_CHECKING:
    from synth.plants.plot import Person, Plot

AMOUNTS = {
    "dibao": 750.0, "tekun": 975.0, "elder_allowance": 60.0, "disability_nursing": 120.0,
    "disability_living": 80.0, "orphan": 2070.0, "unsupported_child": 2070.0, "temporary_relief": 1500.0,
    "medical_assistance": 300.0, "marginal": 0.0, "rigid_expenditure": 0.0,
}  # fmt: skip
"""Yuan a month and head where a plant says nothing else; tekun is the standard of the country."""
TEKUN_IN_TOWN = 1795.0
HOUSEHOLD_PROGRAMS = ("dibao", "tekun", "marginal", "rigid_expenditure")


def amount(program: str, *, urban: bool) -> float:
    """Yuan a month that a programme pays somebody where a plant says nothing else."""
    return TEKUN_IN_TOWN if program == "tekun" and urban else AMOUNTS[program]


def _roll(p: Plot, _: int, __: Person) -> dict[str, Any]:
    return {
        "status": "active", "covered": True, "monthly_amount": None, "declared_monthly_income": 0.0,
        "start_date": p.ago(1100), "status_since": p.ago(1100), "last_reviewed": p.ago(60),
        "authorized_on": p.ago(1100), "relative_of_official": False,
    }  # fmt: skip


def _home(p: Plot, n: int, _: Person) -> dict[str, Any]:
    return {
        "certificate_no": f"苏(2006)如皋市不动产权第99{n:05d}号", "usage": "residential", "area_m2": 82.0,
        "share_percent": 100.0, "registered_on": p.ago(6000), "address": f"如皋市苇塘镇惠民路{n + 200}号9幢1单元101室",
        "division_code": None,
    }  # fmt: skip


def _bank(p: Plot, n: int, _: Person) -> dict[str, Any]:
    return {
        "bank_code": "BANK-A", "account_no": f"6229****9{n:05d}", "account_type": "demand", "currency": "CNY",
        "balance": 900.0, "average_balance_12m": 850.0, "inflow_12m": 1200.0, "as_of": p.ago(31),
    }  # fmt: skip


def _bill(p: Plot, _: int, __: Person) -> dict[str, Any]:
    return {
        "settled_on": p.ago(70), "visit_type": "inpatient", "diagnosis_code": "K80.200", "total_amount": 3000.0,
        "fund_paid": 2000.0, "assistance_paid": 0.0, "self_paid_in_scope": 800.0, "self_paid_out_of_scope": 200.0,
        "hospital_code": f"H{320682}000901",
    }  # fmt: skip


def _car(p: Plot, n: int, _: Person) -> dict[str, Any]:
    return {
        "plate_no": f"苏F9Z{n:04d}", "vehicle_class": "car", "usage": "private", "first_registered_on": p.ago(1000),
        "status": "normal", "purchase_price": 96_000.0,
    }  # fmt: skip


def _wage(p: Plot, _: int, __: Person) -> dict[str, Any]:
    return {
        "period": months_before(p.night, 1), "income_item": "wages", "gross_amount": 3000.0, "tax_amount": 0.0,
        "payer_code": "91320682MA9ZZZZZ9X", "payer_name": "鹭港服装厂",
    }  # fmt: skip


def _pension(p: Plot, _: int, __: Person) -> dict[str, Any]:
    return {"scheme": "resident_pension", "monthly_amount": 190.0, "from_month": months_before(p.night, 48)}


def _disabled(p: Plot, _: int, __: Person) -> dict[str, Any]:
    # The certificate's number is the person's number, class and level: written when numbers are known.
    return {
        "disability_class": "4", "disability_level": "2", "issued_on": p.ago(700), "expires_on": p.ago(-2000),
        "status": "valid", "certificate_no": None,
    }  # fmt: skip


def _simple(source: str, p: Plot, n: int) -> dict[str, Any]:
    return {
        "deaths": {"died_on": p.ago(130), "evidence": "cremation"},
        "public_payroll": {"unit_name": "水利站", "post_type": "institution", "from_date": p.ago(2000),
                           "monthly_salary": 3300.0, "status": "in_post"},
        "inmates": {"from_date": p.ago(500), "to_date": p.ago(-500), "kind": "prison"},
        "children_care": {"kind": "left_behind", "identified_on": p.ago(300), "pid2": None},
        "marriages": {"event": "marriage", "event_date": p.ago(9000), "pid2": None},
        "financial_products": {"institution": "长江人寿", "kind": "fund", "market_value": 1000.0, "as_of": p.ago(31)},
        "students": {"school_name": "鹭港小学", "stage": "primary", "enrolled_on": p.ago(480), "status": "enrolled"},
        "poverty_monitoring": {"monitored_household": f"JC9{n:07d}", "kind": "marginal", "identified_on": p.ago(300)},
        "business_registrations": {"entity_code": f"92320682MA9{n:06d}", "entity_name": "如皋市鹭港商行",
                                   "entity_type": "sole_trader", "role": "operator", "subscribed_capital": 50_000.0,
                                   "status": "operating", "registered_on": p.ago(2500)},
    }[source]  # fmt: skip


_MAKERS = {
    "assistance_roll": _roll, "real_estate": _home, "bank_accounts": _bank, "medical_settlements": _bill,
    "vehicles": _car, "tax_income": _wage, "social_insurance": _pension, "disability_certificates": _disabled,
}  # fmt: skip


def filled(p: Plot, source: str, number: int, who: Person) -> dict[str, Any]:
    """Gives the default columns of the `number`-th planted row of a source."""
    return _MAKERS[source](p, number, who) if source in _MAKERS else _simple(source, p, number)
