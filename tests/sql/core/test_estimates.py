"""What must hold of every estimate, whatever rows arrive (hypothesis): households made twice, once with more rows."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.chance import examples

MONTHS = [date(2020, 11, 1), *(date(2020 + (m + 10) // 12, (m + 10) % 12 + 1, 1) for m in range(1, 14))]
MONEY = st.decimals(min_value=0, max_value=20_000, places=2, allow_nan=False, allow_infinity=False)
SIGNED = st.decimals(min_value=-5_000, max_value=20_000, places=2, allow_nan=False, allow_infinity=False)
SOURCES = ("tax_income", "social_insurance", "public_payroll")
STATES = st.fixed_dictionaries({source: st.sampled_from(["fresh", "stale"]) for source in SOURCES})

TAX = st.fixed_dictionaries(
    {
        "period": st.sampled_from(MONTHS),
        "income_item": st.sampled_from(["wages", "labour", "business", "lease", "transfer"]),
        "gross_amount": SIGNED,
    }
)
SPELL = st.fixed_dictionaries(
    {
        "scheme": st.sampled_from(
            ["employee_contribution", "employee_pension", "resident_pension", "unemployment_benefit"]
        ),
        "monthly_amount": MONEY,
        "employer_name": st.sampled_from([None, "某厂"]),
        "from_month": st.sampled_from(MONTHS),
    }
)
POST = st.fixed_dictionaries({"monthly_salary": MONEY, "from_date": st.sampled_from(MONTHS)})
ROW = st.one_of(
    st.tuples(st.just("tax_income"), TAX),
    st.tuples(st.just("social_insurance"), SPELL),
    st.tuples(st.just("public_payroll"), POST),
)
HOUSEHOLD = st.fixed_dictionaries(
    {
        "program": st.sampled_from(["dibao", "tekun"]),
        "declared": st.none() | MONEY,
        "rows": st.lists(ROW, max_size=5),
        "more": st.lists(ROW, min_size=1, max_size=3),
    }
)
FEW = settings(examples(5), suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
COLUMNS = [f"income_{estimate}_{window}" for estimate in ("low", "likely", "high") for window in (12, 3)]

# Households whose published month rows do not add up to their figures; a figure is rounded to the fen a month.
LEDGER_OFF = """
    WITH added AS (
        SELECT p.household_id, sum(m.amount) AS high, sum(m.amount) FILTER (m.estimate <> 'high') AS likely
        FROM core.income_month AS m JOIN core.person AS p USING (person_id)
        WHERE m.estimate IS NOT NULL GROUP BY 1
    )
    SELECT h.case_no FROM core.household AS h LEFT JOIN added USING (household_id)
    WHERE abs(12 * h.income_high_12 - coalesce(added.high, 0)) > 0.13
        OR abs(12 * h.income_likely_12 - coalesce(added.likely, 0)) > 0.13
"""


def figures(city: Any) -> dict[str, dict[str, Decimal]]:
    with city.build() as connection:
        rows = connection.execute(f"SELECT case_no, {', '.join(COLUMNS)} FROM core.household").fetchall()
    return {case_no: dict(zip(COLUMNS, values, strict=True)) for case_no, *values in rows if case_no}


def settle(city: Any, case: str, household: dict[str, Any], more: list[Any], *, review: bool) -> None:
    person = f"{case}-A"
    city.person(person, date(1960, 1, 1))
    city.add(
        "assistance_roll",
        person,
        case_no=case,
        program=household["program"],
        declared_monthly_income=household["declared"],
    )
    for table, row in household["rows"]:
        city.add(table, person, **row)
    for table, row in more:
        city.add(table, person, review=review, **row)


@FEW
@given(households=st.lists(HOUSEHOLD, min_size=6, max_size=16), states=STATES)
def test_rows_in_review_move_high_alone_and_only_up(
    make_city: Any, households: list[dict[str, Any]], states: dict[str, str]
) -> None:
    city = make_city(states=states)
    for number, household in enumerate(households):
        settle(city, f"{number}", household, [], review=False)
        settle(city, f"{number}+", household, household["more"], review=True)
    found = figures(city)
    for number in range(len(households)):
        before, after = found[f"{number}"], found[f"{number}+"]
        for window in (12, 3):
            assert after[f"income_low_{window}"] == before[f"income_low_{window}"]
            assert after[f"income_likely_{window}"] == before[f"income_likely_{window}"]
            assert after[f"income_high_{window}"] >= before[f"income_high_{window}"]


@FEW
@given(households=st.lists(HOUSEHOLD, min_size=6, max_size=16), states=STATES)
def test_low_is_a_lower_bound_of_likely_and_likely_of_high(
    make_city: Any, households: list[dict[str, Any]], states: dict[str, str]
) -> None:
    city = make_city(states=states)
    for number, household in enumerate(households):
        settle(city, f"{number}", household, household["more"], review=False)
    for row in figures(city).values():
        for window in (12, 3):
            low, likely, high = (row[f"income_{estimate}_{window}"] for estimate in ("low", "likely", "high"))
            assert Decimal(0) <= low <= likely <= high


@FEW
@given(households=st.lists(HOUSEHOLD, min_size=6, max_size=16), states=STATES)
def test_the_published_ledger_adds_up_to_the_household(
    make_city: Any, households: list[dict[str, Any]], states: dict[str, str]
) -> None:
    city = make_city(states=states)
    for number, household in enumerate(households):
        rows = [(table, row) for table, row in household["rows"] if row.get("gross_amount", 0) >= 0]
        settle(city, f"{number}", household | {"rows": rows}, [], review=False)
    with city.build() as connection:
        off = connection.execute(LEDGER_OFF).fetchall()
    assert off == []
