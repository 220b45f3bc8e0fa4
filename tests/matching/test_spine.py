"""The spine: which rows are one person, who shares a number, whom the roll adds."""

from .made import number, person_of, registry, roll, spine

LI = number("32068219820627076")
LI_AGAIN = number("32068219820627955")
WANG = number("32068219550907012")


def row(id_number: str | None, name: str | None, **more: object) -> dict[str, object]:
    return {"id_number_raw": id_number, "name": name} | more


def test_a_row_is_its_own_person() -> None:
    made = spine(registry(row(LI, "李晓红")))
    link = made.links.filter(record_no="HJ000000").row(0, named=True)
    assert (link["method"], link["decision"], link["by_number"]) == ("spine", "linked", True)
    assert len(made.person) == len(made.links) == 301


def test_one_number_and_a_name_that_agrees_is_one_person() -> None:
    made = spine(registry(row(LI, "李晓红"), row(LI, "李曉紅"), row(LI, "李翠", former_name="李晓红")))
    assert len({person_of(made, f"HJ00000{i}") for i in range(3)}) == 1


def test_one_number_and_another_name_is_two_people_who_share_it() -> None:
    made = spine(registry(row(LI, "李晓红"), row(LI, "曹明艳")))
    pair = {person_of(made, "HJ000000"), person_of(made, "HJ000001")}
    assert len(pair) == 2
    shared = made.same_as.filter(why="shared_number")
    assert {shared["person_id"].item(), shared["other_person_id"].item()} == pair


def test_one_name_birth_date_and_booklet_is_one_person() -> None:
    made = spine(registry(row(LI, "李晓红", household_no="B1"), row(LI_AGAIN, "李晓红", household_no="B1")))
    assert person_of(made, "HJ000000") == person_of(made, "HJ000001")


def test_somebody_registered_twice_elsewhere_is_only_suspected() -> None:
    made = spine(registry(row(LI, "李晓红"), row(number(LI[:14] + "100"), "李晓红")))
    assert person_of(made, "HJ000000") != person_of(made, "HJ000001")
    assert made.same_as["why"].to_list() == ["two_numbers"]


def test_namesakes_of_another_sex_are_not_suspected() -> None:
    made = spine(registry(row(LI, "李晓红"), row(number(LI[:14] + "111"), "李晓红", sex="male")))
    assert not len(made.same_as)


def test_the_best_row_speaks_for_a_person() -> None:
    left = row(LI, "李晓红", status="moved_out", address="九渡镇东垛村1组1号")
    made = spine(registry(left, row(LI, "李晓红", address="九渡镇东垛村2组2号")))
    person = made.person.filter(id_number=LI).row(0, named=True)
    assert (person["registry_status"], person["address"]) == ("normal", "九渡镇东垛村2组2号")


def test_the_roll_finds_registered_people_and_brings_a_telephone() -> None:
    made = spine(registry(row(LI, "李晓红")), roll(row(LI, "李晓红", phone="13966292570")))
    assert person_of(made, "JZ000000") == person_of(made, "HJ000000")
    person = made.person.filter(id_number=LI).row(0, named=True)
    assert (person["phone"], person["on_roll"], person["in_registry"]) == ("13966292570", True, True)


def test_the_roll_founds_whom_the_registry_does_not_know() -> None:
    rows = (row(WANG, "王福生", case_no="C1"), row(WANG, "王福生", case_no="C2", program="tekun"))
    made = spine(registry(row(LI, "李晓红")), roll(*rows))
    assert person_of(made, "JZ000000") == person_of(made, "JZ000001")
    link = made.links.filter(record_no="JZ000000").row(0, named=True)
    assert (link["method"], link["by_number"]) == ("spine", True)
    person = made.person.filter(id_number=WANG).row(0, named=True)
    assert (person["in_registry"], str(person["birth_date"]), person["sex"]) == (
        False,
        "1955-09-07",
        "female",
    )


def test_without_a_number_name_and_case_gather() -> None:
    rows = (
        row(None, "王福生", case_no="C1"),
        row("3206**********" + WANG[14:], "王福生", case_no="C1", phone="13966292570"),
        row(None, "王福生", case_no="C2"),
    )
    made = spine(registry(row(LI, "李晓红")), roll(*rows))
    ids = [person_of(made, f"JZ00000{i}") for i in range(3)]
    assert ids[0] == ids[1] != ids[2]
    assert not made.links.filter(record_no="JZ000000")["by_number"].item()


def test_contradicting_digits_keep_one_name_in_one_case_apart() -> None:
    rows = (row(WANG, "王福生", case_no="C1"), row(number(WANG[:16] + "9"), "王福生", case_no="C1"))
    made = spine(registry(row(LI, "李晓红")), roll(*rows))
    assert person_of(made, "JZ000000") != person_of(made, "JZ000001")


def test_a_borrowed_number_on_the_roll_founds_and_keeps_the_candidate() -> None:
    made = spine(registry(row(LI, "李晓红")), roll(row(LI, "曹明艳")))
    link = made.links.filter(record_no="JZ000000").row(0, named=True)
    assert link["person_id"] != person_of(made, "HJ000000")
    assert link["candidate_person_id"] == person_of(made, "HJ000000")
    assert link["runner_up_probability"] is not None
    assert made.same_as["why"].to_list() == ["shared_number"]


def test_a_roll_number_stands_in_for_a_broken_one_of_the_registry() -> None:
    broken = LI[:15] + LI[16] + LI[15] + LI[17]
    made = spine(registry(row(broken, "李晓红", birth_date=None)), roll(row(LI, "李晓红")))
    assert person_of(made, "JZ000000") == person_of(made, "HJ000000")
    assert made.person.filter(id_number=LI).height == 1


def test_an_empty_city_has_nobody() -> None:
    made = spine(registry(town=False))
    assert len(made.person) == len(made.links) == 0
