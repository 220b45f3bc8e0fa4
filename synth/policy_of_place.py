"""The figures a made city's truth was made with: profile `rugao` of the specification (rules.md 1).

Here: the figures, written into city.json. Not here: the product's policy files, which must agree by themselves.
"""

from __future__ import annotations

POLICY: dict[str, float | list[str]] = {
    "dibao_standard": 750,
    "dibao_standard_before_2021_07": 710,
    "tekun_standard_urban": 1795,
    "tekun_standard_rural": 975,
    "orphan_standard_institution": 2760,
    "orphan_standard_home": 2070,
    "marginal_multiple": 1.5,
    "rigid_expenditure_ratio": 0.6,
    "rigid_expenditure_floor": 10000,
    "mean_disposable_income": 36000,
    "medical_hardship_self_paid": 30000,
    "medical_hardship_income": 50000,
    "job_cost_rate": 0.1,
    "basic_pension_disregard": 150,
    "financial_asset_months": 24,
    "vehicle_value_limit": 50000,
    "vehicle_value_years": 10,
    "vehicle_exempt_classes": ["disability", "motorcycle", "tricycle", "tractor"],
    "dwelling_limit": 1,
    "shareholder_capital_limit": 100000,
    "taper_months": 6,
    "death_grace_months": 3,
    "recheck_months": 12,
    "recheck_months_can_work": 6,
    "support_line_multiple": 2,
    "support_rate": 0.2,
    "elder_allowance_age": 80,
    "income_tolerance": 0.1,
    "amount_tolerance": 0.2,
    "amount_tolerance_yuan": 100,
    "category_supplement_rate": 0.3,
}
