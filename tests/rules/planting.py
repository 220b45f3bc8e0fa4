"""Plants of made cities as rule cases: their people and rows as a night has them once they are linked.

Here belongs the way from synth's plants to a place. Rows of somebody from elsewhere are linked to nobody, gated rows
of people who have not signed are gone. Not here: what a plant is (docs/synth.md), running models (running.py).
"""

from typing import Any

from synth.plants import Book, grow
from tests.rules.place import LINKS, NIGHT, Place

Row = dict[str, Any]
MARITAL = ("single", "married", "widowed", "divorced")
GATED = ("bank_accounts", "financial_products", "tax_income")
HOUSEHOLD = ("dibao", "tekun", "marginal", "rigid_expenditure")
LENT = "stranger_with_resident_number"
HOW = {"id_digit": "no_number", LENT: "other_name"}
MARKS = {"pid", "pid2", "plant", "key", "hurt", "earlier", "number_of"}


def book() -> Book:
    """Return every plant once, undamaged, in the night of the cases."""
    return grow(NIGHT, 0, 1, damaged=False)


def of_the_matcher(planted: Book) -> set[int]:
    """Return the plants in which the roll shows somebody else's number: who is meant, no row says."""
    return {row["plant"] for row in planted.rows["assistance_roll"] if row["hurt"] == LENT}


def person_id(person: Row) -> str:
    """Return who somebody is, in the form in which cases are told apart (place.py)."""
    return f"T{person['plant']:04d}-{person['pid']}"


def signed(planted: Book) -> set[int]:
    """Return whose authorization is in force on an open case of a household programme."""
    return {
        row["pid"]
        for row in planted.rows["assistance_roll"]
        if row["program"] in HOUSEHOLD and row["status"] != "ended" and row["authorized_on"]
        and row["authorized_on"] <= NIGHT <= (row.get("authorized_until") or NIGHT)
    }  # fmt: skip


def settle(place: Place, person: Row, *, on_roll: bool) -> None:
    """Add somebody to the spine, and to the registry if it has him."""
    status, name = person["status"] if person["in_registry"] else None, f"赵{person['pid']}"
    born = person.get("registered_birth") or person["birth"]
    home = f"{person['household_no']}号"
    base = {
        "name": name, "sex": "male" if person["male"] else "female", "birth_date": born,
        "hukou_type": "urban" if person["urban"] else "rural", "marital_status": MARITAL[person["marital"]],
        "status_date": person.get("status_date"), "division_code": "320682001001", "address": home,
        "household_no": person["household_no"], "relation": person["relation"],
    }  # fmt: skip
    place.people.append({
        **(base if status else {"name": name}), "birth_date": born, "number_birth_date": person["birth"],
        "person_id": person_id(person), "registry_status": status, "in_registry": status is not None, "on_roll": on_roll,
    })  # fmt: skip
    if status:
        place.add("household_registry", person_id(person), "number", {**base, "status": status})
        place.rows["household_registry"][-1]["method"] = "spine"


def marriage(place: Place, row: Row, people: dict[int, Row]) -> None:
    """Add a row with two seats."""
    said: Row = {"record_no": place.record(), "event": row["event"], "event_date": row["event_date"]}
    for seat, pid in (("a", row["pid"]), ("b", row["pid2"])):
        link = {**LINKS["number"], "person_id": person_id(people[pid]), "candidate_person_id": None}
        said |= {f"{name}_{seat}": value for name, value in link.items()}
    place.rows["marriages"].append(said)


def deliver(place: Place, source: str, row: Row, people: dict[int, Row]) -> None:
    """Add a row as it is linked: to whom it is about, or in review to whose number it shows."""
    who = people[row["pid"] if row.get("number_of") is None else row["number_of"]]
    if who["outsider"]:
        return
    if source == "marriages":
        marriage(place, row, people)
        return
    said = {name: value for name, value in row.items() if name not in MARKS}
    if source == "assistance_roll":
        said["name"], said["division_code"] = f"赵{who['pid']}", "320682001001"
    if source == "disability_certificates":
        said["certificate_no"] = f"残{who['pid']}-{said['disability_class']}{said['disability_level']}"
    place.add(source, person_id(who), HOW.get(row["hurt"], "number"), said)


def place_of(planted: Book) -> Place:
    """Return what departments would deliver of every plant."""
    place, left = Place(night=NIGHT, stale=()), of_the_matcher(planted)
    people = {person["pid"]: person for person in planted.people}
    on_roll = {row["pid"] for row in planted.rows["assistance_roll"]}
    for pid, person in people.items():
        if not person["outsider"] and person["plant"] not in left:
            settle(place, person, on_roll=pid in on_roll)
    open_to = signed(planted)
    for source, rows in planted.rows.items():
        for row in rows:
            about = row["pid"] if row.get("number_of") is None else row["number_of"]
            if row["plant"] not in left and (source not in GATED or about in open_to):
                deliver(place, source, row, people)
    return place
