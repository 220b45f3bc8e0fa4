"""What departments would deliver of a rule case, made of what a caseworker writes down.

A case names people and what is delivered about them (the language: docs/rules.md). Here belongs the way from a case
to rows. Not here: running models on them (tests/rules/running.py).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sources import CONTRACTS

Row = dict[str, Any]
FOLDER = Path(__file__).parent
NIGHT = date(2021, 12, 31)
DEFAULTS: dict[str, Row] = {
    "deaths": {"evidence": "cremation"},
    "vehicles": {"vehicle_class": "car", "usage": "private", "status": "normal", "first_registered_on": date(2020, 1, 31)},
    "real_estate": {"usage": "residential", "share_percent": 100, "registered_on": date(2011, 1, 18)},
    "bank_accounts": {"bank_code": "B1", "account_type": "demand", "currency": "CNY"},
    "financial_products": {"institution": "F1", "kind": "fund"},
    "medical_settlements": {"settled_on": date(2021, 6, 14), "visit_type": "inpatient", "total_amount": 60000},
    "tax_income": {"income_item": "wages", "tax_amount": 0, "payer_code": "Y1", "payer_name": "某厂"},
    "social_insurance": {"scheme": "employee_pension", "from_month": date(2019, 1, 1)},
    "public_payroll": {"post_type": "institution", "status": "in_post", "from_date": date(2019, 1, 1)},
    "business_registrations": {
        "entity_code": "E1", "entity_type": "company", "role": "legal_representative", "status": "operating",
        "registered_on": date(2015, 1, 1),
    },
    "disability_certificates": {
        "disability_class": "4", "disability_level": "2", "issued_on": date(2015, 9, 13), "status": "valid",
    },
    "inmates": {"kind": "prison"},
    "students": {"stage": "senior", "status": "enrolled", "enrolled_on": date(2019, 9, 1), "school_name": "某校"},
    "poverty_monitoring": {"kind": "unstable", "identified_on": date(2021, 3, 1), "monitored_household": "M1"},
    "children_care": {"kind": "left_behind", "identified_on": date(2020, 9, 23)},
}  # fmt: skip
_LINKS: dict[str, Row] = {
    "number": {"decision": "linked", "by_number": True, "probability": 1.0, "method": "exact"},
    "no_number": {"decision": "linked", "by_number": False, "probability": 0.97, "method": "probabilistic"},
    "tentative": {
        "decision": "linked",
        "standing": "review",
        "by_number": False,
        "probability": 0.97,
        "method": "probabilistic",
    },
    "review": {"decision": "review", "by_number": False, "probability": 0.6, "method": "probabilistic"},
    "repaired": {"decision": "review", "by_number": True, "probability": 0.6, "method": "repaired"},
    "other_name": {"decision": "review", "by_number": True, "probability": 0.4, "method": "probabilistic"},
}
LINKS = {name: {"standing": how["decision"], **how} for name, how in _LINKS.items()}
"""How a row is linked; `tentative`: on a name and a birth date, so that rules take it for a row in review."""


@dataclass
class Place:
    """What departments would deliver of every case of one night and freshness."""

    stale: tuple[str, ...]
    night: date
    people: list[Row] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in CONTRACTS})
    same_as: list[Row] = field(default_factory=list)
    serial: int = 0

    def record(self) -> str:
        self.serial += 1
        return f"R{self.serial:06d}"

    def add(self, source: str, person: str, link: str, values: Row, seat: str = "") -> None:
        """Add one delivered row about ``person``; columns named as `unreadable` are null in it, as a night leaves them."""
        contract, unread = CONTRACTS[source], values.get("unreadable", [])
        unknown = set(values) - {*contract.column, "unreadable"}
        assert not unknown, f"{source} has no column {sorted(unknown)}"
        assert set(unread) <= set(contract.optional), f"{source}: {unread}"
        values = {**values, **dict.fromkeys(unread)}
        how = LINKS[link]
        found = {"person_id": person if how["decision"] == "linked" else None}
        found["candidate_person_id"] = person if how["decision"] == "review" else None
        extra = {f"{name}{seat}": value for name, value in {**how, **found}.items()}
        self.rows[source].append({"record_no": self.record(), **values, **extra})


def born(person: Row, night: date) -> date:
    """Return the birth date: as said, or an age reached 100 days before the night."""
    if "born" in person:
        return person["born"]
    day = night - timedelta(days=100)
    return day.replace(year=day.year - person.get("age", 40))


def person_of(number: int, who: str) -> str:
    return f"T{number:04d}-{who}"


def add_people(place: Place, number: int, case: Row) -> None:
    """Register everybody of a case: the household's members and those who only share the booklet."""
    members = [dict(each) for each in case.get("household", {}).get("members", [])]
    everybody = members + [dict(each) for each in case.get("booklet", [])]
    for position, person in enumerate(everybody):
        who = person.setdefault("who", "abcdefgh"[position])
        status = person.get("registry", "normal")
        base: Row = {
            "name": f"赵{who}", "sex": person.get("sex", "male"), "birth_date": born(person, place.night),
            "hukou_type": person.get("hukou", "rural"), "marital_status": person.get("marital"),
            "status_date": person.get("status_date"), "division_code": "320682001001",
            "address": person.get("address", f"{number}号{person.get('booklet', '')}"),
            "household_no": f"B{number:04d}{person.get('booklet', '')}",
            "relation": str(person.get("relation", "01" if position == 0 else "90")),
        }  # fmt: skip
        registered = status is not None
        place.people.append({
            **(base if registered else {"name": base["name"]}),
            "birth_date": base["birth_date"], "number_birth_date": person.get("number_born", base["birth_date"]),
            "person_id": person_of(number, who), "registry_status": status,
            "in_registry": registered, "on_roll": position < len(members), "phone": person.get("phone"),
        })  # fmt: skip
        if registered:
            place.add("household_registry", person_of(number, who), "number", {**base, "status": status})
            place.rows["household_registry"][-1]["method"] = "spine"


def roll_row(place: Place, number: int, case: Row, person: Row, first: bool) -> None:
    """Add one person's row of one case to the roll."""
    authorized = person.get("authorized", True)
    values: Row = {
        "case_no": f"DB{number:04d}{case.get('case', '')}", "program": case["program"],
        "status": person.get("status", case.get("status", "active")),
        "role": person.get("role", "applicant" if first else "member"),
        "relation": str(person.get("relation", "01" if first else "90")), "name": f"赵{person['who']}",
        "division_code": "320682001001", "covered": person.get("covered", True),
        "monthly_amount": person.get("monthly_amount", 500),
        "declared_monthly_income": person.get("declared_income", 0),
        "start_date": case.get("start_date", date(2020, 1, 1)),
        "status_since": case.get("status_since", case.get("start_date", date(2020, 1, 1))),
        "end_date": case.get("end_date"), "last_reviewed": case.get("last_reviewed"),
        "phone": person.get("phone", case.get("phone")),
        "authorized_on": person.get("authorized_on", date(2019, 1, 1)) if authorized else None,
        "authorized_until": person.get("authorized_until"),
        "relative_of_official": person.get("relative_of_official", False),
        "unreadable": person.get("unreadable", []),
    }  # fmt: skip
    place.add("assistance_roll", person_of(number, person["who"]), person.get("roll", "number"), values)


def months(row: Row, night: date) -> list[Row]:
    """Return a tax row for each of its ``months``: [first, last] as months before the night's own."""
    if "months" not in row:
        return [row]
    first, last = row.pop("months")
    start = night.year * 12 + night.month - 1
    return [
        {**row, "period": date((start - back) // 12, (start - back) % 12 + 1, 1)}
        for back in range(first, last - 1, -1)
    ]


def first_of(case: Row) -> str:
    """Return who is meant where a row does not say: the first person of the case."""
    everybody = case.get("household", {}).get("members", []) + case.get("booklet", [])
    return str(everybody[0].get("who", "a"))


def add_rows(place: Place, number: int, case: Row) -> None:
    """Add the roll's and every other department's rows of a case."""
    household, first = case.get("household"), first_of(case)
    if household:
        for position, person in enumerate(household["members"]):
            who = person.get("who", "abcdefgh"[position])
            roll_row(place, number, household, {**person, "who": who}, position == 0)
    for extra in case.get("cases", []):
        for position, person in enumerate(extra.get("members", [{"who": extra.get("who", first)}])):
            roll_row(place, number, extra, {**extra.get("row", {}), **person}, position == 0)
    for source in CONTRACTS:
        for given in case.get(source, []) if source != "marriages" else []:
            row = {**DEFAULTS.get(source, {}), **given}
            person, link = person_of(number, row.pop("who", first)), row.pop("link", "number")
            row = fill_keys(place, source, row)
            for each in months(row, place.night):
                place.add(source, person, link, each)
    for pair in case.get("same_as", []):
        first, second, why = pair
        place.same_as.append(
            {"person_id": person_of(number, first), "other_person_id": person_of(number, second), "why": why}
        )


def fill_keys(place: Place, source: str, row: Row) -> Row:
    """Give a row the durable key that a case leaves out."""
    key = {"vehicles": "plate_no", "real_estate": "certificate_no", "bank_accounts": "account_no"}.get(source)
    if key and key not in row:
        row[key] = f"62****{place.serial:06d}"
    if source == "disability_certificates":
        row = {
            **row,
            "disability_class": str(row["disability_class"]),
            "disability_level": str(row["disability_level"]),
        }
    if source == "real_estate":
        row.setdefault("address", f"{row[key]}室")
    return row


def add_marriages(place: Place, number: int, case: Row) -> None:
    """Add marriages and divorces, two seats a row."""
    for given in case.get("marriages", []):
        row: Row = {
            "record_no": place.record(),
            "event": given.get("event", "marriage"),
            "event_date": given["event_date"],
        }
        for seat in "ab":
            link = {
                **LINKS["number"],
                "person_id": person_of(number, given[seat]),
                "candidate_person_id": None,
            }
            row |= {f"{name}_{seat}": value for name, value in link.items()}
        place.rows["marriages"].append(row)


def said(given: Row, case: Row) -> Row:
    """Return what is given in a file as a case changes it: its household part by part, null takes away."""
    own = dict(case)
    if given.get("household") and own.get("household"):
        own["household"] = said(given["household"], own["household"])
    return {key: value for key, value in {**given, **own}.items() if value is not None}


@cache
def all_cases() -> tuple[Row, ...]:
    """Return every case of every file, numbered; the rule is the file's name."""
    found: list[Row] = []
    for path in sorted(FOLDER.glob("[a-z][0-9][0-9].yaml")):
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
        given = {"rule": path.stem.upper(), **file.get("given", {})}
        found += [said(given, case) for case in file["cases"]]
    return tuple({**case, "number": number} for number, case in enumerate(found))


def kind_of(case: Row) -> tuple[date, tuple[str, ...]]:
    absent = [f"absent:{source}" for source in case.get("absent", [])]
    return case.get("night", NIGHT), tuple(sorted([*case.get("stale", []), *absent]))
