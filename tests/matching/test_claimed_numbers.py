"""A number that departments claim for somebody links his rows, as evidence that is no number of his own."""

from datetime import date

import polars as pl

import matching
from matching.clerical import NUMBER_CLAIM, NUMBERS, Decisions, undecided

from .made import keyed, number, person_of, registry, spine

OWN, LENT = number("32068219780705047"), number("32068219520311042")
"""What departments know him by, and what the registry has: his mother's."""
CITY = spine(
    registry(
        {"id_number_raw": LENT, "name": "陈国强", "birth_date": date(1978, 7, 5), "household_no": "B1"},
        {"id_number_raw": LENT, "name": "周桂兰", "birth_date": date(1952, 3, 11), "household_no": "B1"},
    )
)
HIM = person_of(CITY, "HJ000000")


def claims(*numbers: str) -> Decisions:
    """Numbers that are claimed for him."""
    none = undecided()
    ids = keyed("C", pl.Series([NUMBER_CLAIM + one for one in numbers], dtype=pl.String))
    told = pl.DataFrame({"claim_id": ids, "person_id": [HIM] * len(numbers)}, schema=NUMBERS)
    return Decisions(none.by_identity, none.by_claim, none.pairs, lambda texts: keyed("C", texts), told)


def told(clerks: Decisions, raw: str, name: str) -> dict[str, object]:
    rows = pl.DataFrame([{"identity_id": "I1", "id_number_raw": raw, "name": name}])
    return matching.link(rows, CITY, matching.shipped(), clerks).links.row(0, named=True)


def test_without_a_claim_two_valid_numbers_are_two_people() -> None:
    assert told(undecided(), OWN, "陈国强")["decision"] == "unlinked"
    assert told(claims(number("32068219780705045")), OWN, "陈国强")["decision"] == "unlinked"


def test_a_claimed_number_links_and_is_no_evidence_by_number() -> None:
    found = told(claims(OWN), OWN, "陈国强")
    assert (found["person_id"], found["decision"], found["method"]) == (HIM, "linked", "probabilistic")
    assert (found["by_number"], found["number_kind"]) == (False, "foreign")


def test_another_name_is_not_linked_and_no_conflict_of_his() -> None:
    assert told(claims(OWN), OWN, "吴秀英")["person_id"] is None


def test_a_number_of_the_spine_is_nobody_elses_whatever_is_claimed() -> None:
    taken = number("32068219401201101")
    city = spine(registry({"id_number_raw": taken, "name": "陈国强"}))
    rows = pl.DataFrame([{"identity_id": "I1", "id_number_raw": taken, "name": "陈国强"}])
    found = matching.link(rows, city, matching.shipped(), claims(taken)).links.row(0, named=True)
    assert (found["person_id"], found["by_number"]) == (person_of(city, "HJ000000"), True)
