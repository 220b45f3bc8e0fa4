"""The 18 contracts by name, in the order of the specification (sources.md)."""

from sources.contract import Contract
from sources.contracts import (
    assistance_roll,
    bank_accounts,
    business_registrations,
    children_care,
    deaths,
    disability_certificates,
    financial_products,
    household_registry,
    inmates,
    marriages,
    medical_settlements,
    poverty_monitoring,
    public_payroll,
    real_estate,
    social_insurance,
    students,
    tax_income,
    vehicles,
)

CONTRACTS: dict[str, Contract] = {
    module.CONTRACT.name: module.CONTRACT
    for module in (
        assistance_roll,
        household_registry,
        tax_income,
        real_estate,
        bank_accounts,
        medical_settlements,
        vehicles,
        business_registrations,
        social_insurance,
        public_payroll,
        deaths,
        disability_certificates,
        students,
        financial_products,
        inmates,
        poverty_monitoring,
        marriages,
        children_care,
    )
}
