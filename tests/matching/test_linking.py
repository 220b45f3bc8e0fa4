"""Decisions about single identities: what links, what a clerk must see, what stays apart."""

import pytest

import matching

from .made import ask, number, person_of, registry, roll, spine

LI = number("32068219820627076")
WANG = number("32068219550907012")
TWIN_A, TWIN_B = number("32068220100312031"), number("32068220100312033")
FATHER, SON = number("32068219600101051"), number("32068219880808017")
SAKE_A, SAKE_B = number("32068219780705047"), number("32068219780705045")
HIDDEN = "3206**********0355"
DOOR = "如皋市沙湖镇朱港村3组7号"


@pytest.fixture(scope="module")
def city() -> matching.Spine:
    home = {"household_no": "B9", "address": DOOR}
    people = [
        {"id_number_raw": LI, "name": "李晓红", "former_name": "李翠"},
        {"id_number_raw": WANG, "name": "阿孜古丽·库尔班"},
        {"id_number_raw": TWIN_A, "name": "赵一诺", **home},
        {"id_number_raw": TWIN_B, "name": "赵一帆", **home},
        {"id_number_raw": FATHER, "name": "赵长根", **home},
        {"id_number_raw": SON, "name": "赵长林", **home},
        {"id_number_raw": SAKE_A, "name": "张健鹏"},
        {"id_number_raw": SAKE_B, "name": "张健鹏"},
    ]
    return spine(registry(*people), roll({"id_number_raw": LI, "name": "李晓红", "phone": "13966292570"}))


def person(city: matching.Spine, place: int) -> str:
    return person_of(city, f"HJ{place:06d}")


@pytest.mark.parametrize(
    ("delivered", "name", "who", "method", "by_number"),
    [
        (LI, "李晓红", 0, "exact", True),
        (LI, "李 曉 紅", 0, "exact", True),
        (LI, "李翠", 0, "exact_former_name", True),
        (LI, "李小红", 0, "exact", True),
        (LI, "李**", 0, "exact", True),
        (LI, "LI XIAO HONG", 0, "exact", True),
        (LI, "晓红李", 0, "exact", True),
        (LI[:6] + LI[8:17], "李晓红", 0, "exact", True),
        (LI, None, 0, "probabilistic", True),
        (WANG, "阿孜古丽库尔班", 1, "exact", True),
        (WANG, "阿孜古丽", 1, "exact", True),
        (LI[:16] + "0" + LI[17], "李晓红", 0, "repaired", True),
        (LI[:8] + LI[9] + LI[8] + LI[10:], "李晓红", 0, "repaired", True),
        (LI[:10] + LI[12:14] + LI[10:12] + LI[14:], "李晓红", 0, "repaired", True),
        ("3206**********" + LI[14:], "李晓红", 0, "probabilistic", False),
    ],
)
def test_links(
    city: matching.Spine, delivered: str, name: str | None, who: int, method: str, by_number: bool
) -> None:
    link = ask(city, id_number_raw=delivered, name=name)
    assert link["person_id"] == person(city, who)
    if method == "repaired" and delivered[:10] == LI[:10] and delivered[14:] == LI[14:]:
        method, by_number = "probabilistic", False  # month and day exchanged is no repair of a digit
    assert (link["method"], link["by_number"]) == (method, by_number)


@pytest.mark.parametrize(
    "identity",
    [
        {"id_number_raw": LI, "name": "曹明艳"},  # somebody's number, another name
        {"id_number_raw": TWIN_A, "name": "赵一帆"},  # a twin's number and the other's name
        {"id_number_raw": FATHER, "name": "赵长林"},  # father's number, son's name
    ],
)
def test_an_identity_conflict_is_a_clerks(city: matching.Spine, identity: dict[str, object]) -> None:
    link = ask(city, **identity)
    assert link["decision"] == "review"
    assert link["person_id"] is None
    assert link["candidate_person_id"] is not None


@pytest.mark.parametrize(
    "identity",
    [
        {"name": "李晓红"},
        {"id_number_raw": "3.20682E+17", "name": "李晓红"},
        {
            "id_number_raw": number("32068219820627099"),
            "name": "李晓红",
        },  # birth date too, but another valid number
        {"id_number_raw": LI[:16] + "0" + LI[17], "name": "曹明艳"},  # a repaired number, another name
        {"id_number_raw": number("11010119900101001"), "name": "曹明艳"},
        {"id_number_raw": None, "name": None},
        {"phone": "13966292570", "name": "曹明艳"},
    ],
)
def test_strangers_stay_strangers(city: matching.Spine, identity: dict[str, object]) -> None:
    link = ask(city, **identity)
    assert (link["decision"], link["person_id"], link["candidate_person_id"]) == ("unlinked", None, None)
    assert link["method"] == "none"


def test_name_and_telephone_link_without_a_number(city: matching.Spine) -> None:
    link = ask(city, name="李晓红", phone="139-6629-2570")
    assert (link["person_id"], link["by_number"]) == (person(city, 0), False)


def test_name_and_birth_date_without_support_link_tentatively(city: matching.Spine) -> None:
    shown = LI[:14] + "****"
    alone = ask(city, id_number_raw=shown, name="李晓红")
    assert (alone["person_id"], alone["by_number"], alone["tentative"]) == (person(city, 0), False, True)
    supported = ask(city, id_number_raw=shown, name="李晓红", phone="13966292570")
    assert (supported["person_id"], supported["by_number"], supported["tentative"]) == (
        person(city, 0),
        False,
        False,
    )


def test_two_namesakes_of_one_birth_date_are_ambiguous(city: matching.Spine) -> None:
    link = ask(city, id_number_raw=SAKE_A[:14] + "****", name="张健鹏")
    assert link["decision"] != "linked"
    assert ask(city, id_number_raw=SAKE_A, name="张健鹏")["person_id"] == person(city, 6)
    assert ask(city, id_number_raw=SAKE_B, name="张健鹏")["person_id"] == person(city, 7)


def test_twins_are_told_apart(city: matching.Spine) -> None:
    for numbers, name, who in ((TWIN_A, "赵一诺", 2), (TWIN_B, "赵一帆", 3)):
        assert ask(city, id_number_raw=numbers, name=name)["person_id"] == person(city, who)
        masked = "3206**********" + numbers[14:]
        assert ask(city, id_number_raw=masked, name=name)["person_id"] == person(city, who)
        assert ask(city, name=name, address=DOOR)["person_id"] == person(city, who)


def test_father_and_son_at_one_door(city: matching.Spine) -> None:
    assert ask(city, name="赵长根", address=DOOR)["person_id"] == person(city, 4)
    assert ask(city, name="赵长林", address=DOOR)["person_id"] == person(city, 5)


def test_a_certificate_repairs_the_number(city: matching.Spine) -> None:
    link = ask(city, id_number_raw="3.20682E+17", name="李晓红", certificate_no=LI + "43B1")
    assert (link["person_id"], link["method"], link["id_number"]) == (person(city, 0), "repaired", None)


def test_the_seats_of_a_marriage_support_each_other(city: matching.Spine) -> None:
    seat = {"name": "赵长林", "partner_id_number_raw": FATHER, "partner_name": "赵长根"}
    assert ask(city, **seat)["person_id"] == person(city, 5)
    assert ask(city, name="赵长林")["decision"] == "unlinked"


def test_a_shared_number_links_to_the_name_that_agrees() -> None:
    made = spine(registry({"id_number_raw": LI, "name": "李晓红"}, {"id_number_raw": LI, "name": "曹明艳"}))
    assert ask(made, id_number_raw=LI, name="曹明艳")["person_id"] == person(made, 1)
    assert ask(made, id_number_raw=LI, name="李晓红")["person_id"] == person(made, 0)
    assert ask(made, id_number_raw=LI, name="钱进财")["decision"] == "review"
    assert ask(made, id_number_raw=LI, name=None)["decision"] == "review"


def test_someone_registered_twice_with_a_slip_is_not_ambiguous() -> None:
    slip = LI[:16] + "0" + LI[17]
    made = spine(registry({"id_number_raw": LI, "name": "李晓红"}, {"id_number_raw": slip, "name": "李晓红"}))
    assert made.same_as["why"].to_list() == ["name_and_birth_date"]
    link = ask(made, id_number_raw=LI, name="李晓红")
    assert link["person_id"] == person(made, 0)
    assert ask(made, id_number_raw="3206**********" + LI[14:], name="李晓红")["decision"] == "linked"


def test_evidence_adds_up_to_the_reason(city: matching.Spine) -> None:
    import polars as pl

    rows = pl.DataFrame(
        {"identity_id": ["a", "b"], "id_number_raw": [LI, "3206**********" + LI[14:]], "name": ["李小红"] * 2}
    )
    evidence = matching.link(rows, city, matching.shipped()).evidence
    assert evidence.columns == ["identity_id", "person_id", "rank", "field", "level", "weight"]
    levels = dict(evidence.filter(identity_id="b", rank=1).select("field", "level").iter_rows())
    assert levels == {"number": "visible_serial", "name": "homophone"}
    assert evidence.filter(identity_id="a", field="number")["weight"].item() > 10


def test_no_identities_no_links(city: matching.Spine) -> None:
    import polars as pl

    nobody = pl.DataFrame(schema={"identity_id": pl.Int64, "id_number_raw": pl.String, "name": pl.String})
    links = matching.link(nobody, city, matching.shipped())
    assert len(links.links) == len(links.evidence) == 0
