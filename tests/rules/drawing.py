"""Made households by the hundred, drawn from a seed, in the language of cases.

Here belongs what may be drawn. Values lie near the lines, because that is where a rule goes wrong.
Not here: what must hold of them (tests/rules/test_red.py).
"""

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tests.rules.place import NIGHT

Row = dict[str, Any]
HOUSEHOLD: Final = ("dibao", "dibao", "dibao", "tekun", "marginal", "rigid_expenditure")
PERSONAL: Final = (
    "orphan", "unsupported_child", "disability_living", "disability_nursing", "elder_allowance",
)  # fmt: skip
LINKS: Final = ("number",) * 8 + ("no_number", "review")


def dice(seed: int) -> Random:
    """Return the dice of a seed: the same households for everybody."""
    return Random(seed)  # noqa: S311 - nothing here is secret


def before(draw: Random, most: int) -> date:
    """Return a day up to ``most`` days before the night."""
    return NIGHT - timedelta(days=draw.randint(0, most))


def month_before(draw: Random, most: int) -> date:
    return before(draw, most).replace(day=1)


def money(draw: Random, *near: float) -> float:
    """Return an amount at, just under or just over one of the lines, or far over."""
    return round(draw.choice(near) * draw.choice((0.5, 0.999, 1, 1.001, 1.05, 1.2, 2.5)), 2)


def person(draw: Random, who: str, relation: str) -> Row:
    """Return somebody of any age, mostly registered and mostly named by number."""
    found: Row = {"who": who, "age": draw.randint(0, 90), "relation": relation}
    found["hukou"] = draw.choice(("rural", "urban"))
    found["marital"] = draw.choice((None, "married", "single", "divorced"))
    if draw.random() < 0.1:
        found |= draw.choice((
            {"registry": None}, {"registry": "moved_out", "status_date": before(draw, 300)},
            {"registry": "death_cancelled", "status_date": before(draw, 300)},
        ))  # fmt: skip
    return found


def on_case(draw: Random, found: Row) -> Row:
    """Return a person with what a roll row says of him."""
    return {
        **found, "covered": draw.random() < 0.8, "authorized": draw.random() < 0.9,
        "monthly_amount": money(draw, 400), "roll": draw.choice(("number",) * 9 + ("no_number",)),
    }  # fmt: skip


ROWS: Final = {
    "deaths": lambda d: {"died_on": before(d, 250)},
    "vehicles": lambda d: {
        "vehicle_class": d.choice(("car", "car", "truck", "motorcycle")), "usage": d.choice(("private", "commercial")),
        "status": d.choice(("normal", "normal", "scrapped")), "purchase_price": d.choice((None, money(d, 50000))),
        "first_registered_on": before(d, 5000),
    },
    "real_estate": lambda d: {
        "usage": d.choice(("residential", "residential", "homestead", "commercial")),
        "share_percent": d.choice((None, 49, 50, 100, 100)), "registered_on": before(d, 5000),
        "certificate_no": f"{d.randint(1, 5)}", "address": f"{d.randint(1, 5)}号",
        "transaction_amount": d.choice((None, 90000)), "cancelled_on": d.choice((None, None, before(d, 100))),
    },
    "bank_accounts": lambda d: d.choice((
        {"balance": money(d, 9000, 18000), "average_balance_12m": d.choice((None, money(d, 18000)))},
        {"balance": money(d, 9000), "currency": "USD"}, {"over_limit": True},
    )),
    "financial_products": lambda d: {"market_value": money(d, 9000, 18000)},
    "tax_income": lambda d: {
        "months": [d.choice((20, 12, 7, 6, 3)), 1], "gross_amount": money(d, 834, 917, 1800),
        "income_item": d.choice(("wages", "wages", "business", "lease", "transfer")),
    },
    "social_insurance": lambda d: {
        "scheme": d.choice(("employee_pension", "resident_pension", "employee_contribution")), "employer_name": "某厂",
        "monthly_amount": money(d, 150, 750, 825, 1125, 1237.5, 3000), "from_month": month_before(d, 700),
    },
    "public_payroll": lambda d: {"monthly_salary": money(d, 750, 1500), "from_date": before(d, 900)},
    "business_registrations": lambda d: {
        "role": d.choice(("shareholder", "operator")), "subscribed_capital": money(d, 100000),
        "registered_on": before(d, 900),
    },
    "disability_certificates": lambda d: {
        "disability_level": d.randint(1, 4), "disability_class": d.randint(1, 7),
        "status": d.choice(("valid", "valid", "cancelled", "frozen")), "certificate_no": f"残{d.randint(1, 9)}",
    },
    "inmates": lambda d: {"from_date": before(d, 500), "to_date": d.choice((None, NIGHT, date(2023, 1, 1)))},
    "students": lambda d: {"status": d.choice(("enrolled", "left"))},
    "medical_settlements": lambda d: {"settled_on": before(d, 400), "self_paid_in_scope": money(d, 10000)},
    "poverty_monitoring": lambda _: {},
    "children_care": lambda d: {"kind": d.choice(("left_behind", "orphan"))},
}  # fmt: skip


OFTEN: Final = (
    "vehicles",
    "real_estate",
    "real_estate",
    "bank_accounts",
    "tax_income",
    "social_insurance",
) * 2


def row(draw: Random, number: int, source: str, people: list[str], links: tuple[str, ...] = LINKS) -> Row:
    """Return a row of a source about one of ``people`` of a household; its dwellings are its own."""
    found = {**ROWS[source](draw), "who": draw.choice(people), "link": draw.choice(links)}
    if source == "real_estate":
        found |= {
            "certificate_no": f"苏{number}-{found['certificate_no']}",
            "address": f"{number}村{found['address']}",
        }
    return found


def household(draw: Random, number: int) -> Row:
    """Return the case of one made household: people, cases, and rows of a few departments."""
    members = [on_case(draw, person(draw, "a", "01"))]
    more = "bc"[: draw.choice((0, 0, 1, 2))]
    members += [on_case(draw, person(draw, who, draw.choice(("10", "20", "90")))) for who in more]
    beside = [person(draw, who, draw.choice(("10", "20", "50"))) for who in "de"[: draw.choice((0, 0, 1, 2))]]
    people = [each["who"] for each in members + beside]
    case: Row = {
        "number": number, "booklet": beside,
        "household": {
            "program": draw.choice(HOUSEHOLD), "members": members, "start_date": before(draw, 900),
            "status": draw.choice(("active",) * 6 + ("tapering", "suspended")),
        },
    }  # fmt: skip
    if draw.random() < 0.2:
        case["cases"] = [{
            "program": draw.choice(PERSONAL + HOUSEHOLD), "who": draw.choice(people), "case": "Z",
            "start_date": before(draw, 900),
        }]  # fmt: skip
    for source in draw.choices(tuple(ROWS) + OFTEN, k=draw.randint(1, 7)):
        case.setdefault(source, []).append(row(draw, number, source, people))
    if draw.random() < 0.1:
        case["real_estate"] = [row(draw, number, "real_estate", people, ("number",)) for _ in range(5)]
    if draw.random() < 0.1:
        worker = [draw.choice(people)]
        for source in ("public_payroll", "tax_income"):
            case.setdefault(source, []).append(row(draw, number, source, worker, ("number",)))
    if len(people) > 1 and draw.random() < 0.3:
        first, second = draw.sample(people, 2)
        event = draw.choice(("marriage", "marriage", "divorce"))
        case["marriages"] = [{"a": first, "b": second, "event": event, "event_date": before(draw, 3000)}]
    return case


def households(seed: int, count: int = 400) -> list[Row]:
    """Return ``count`` made households of a seed."""
    draw = dice(seed)
    return [household(draw, number) for number in range(count)]
