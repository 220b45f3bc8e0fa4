"""C01 to C04: who needs the visit most."""

from __future__ import annotations

from synth.plants.plot import Plot, scenario


@scenario("C01", "hit")
def on_tekun(p: Plot) -> None:
    """Paid tekun."""
    man = p.person(73)
    p.case("tekun", man)
    p.cares("C01", man)


@scenario("C01", "hit")
def tekun_tapering(p: Plot) -> None:
    """Tekun that tapers off is still paid."""
    woman = p.person(69, male=False)
    p.case("tekun", woman, status="tapering", status_since=p.ago(50))
    p.cares("C01", woman)


@scenario("C01", "hit")
def couple_on_tekun(p: Plot) -> None:
    """Husband and wife on one case."""
    man, wife = p.couple(72, 70)
    p.case("tekun", man, wife)
    p.cares("C01", man, wife)


@scenario("C01", "near")
def tekun_ended(p: Plot) -> None:
    """Tekun ended last year; he lives with his brother's family."""
    man, _ = p.couple(70)
    p.case("tekun", man, status="ended", end_date=p.ago(500), status_since=p.ago(500))
    p.must_not("C01", man)


@scenario("C01", "near")
def tekun_applied_for(p: Plot) -> None:
    """He has applied for tekun, and is not paid."""
    man = p.person(69)
    begun = p.ago(20)
    p.case("tekun", man, status="applying", start_date=begun, status_since=begun, authorized_on=begun)
    p.must_not("C01", man)


@scenario("C01", "near")
def supporter_of_tekun(p: Plot) -> None:
    """The brother who supports a man on tekun is not on it."""
    man = p.person(72)
    case = p.case("tekun", man)
    p.booklet()
    brother, _ = p.couple(68)
    p.row("assistance_roll", brother, key=False, case_no=case, program="tekun", role="supporter", relation="70",
          covered=False, monthly_amount=0.0)  # fmt: skip
    p.cares("C01", man)
    p.must_not("C01", brother)


@scenario("C02", "hit")
def severely_disabled(p: Plot) -> None:
    """Level 2 on dibao, both subsidies paid."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row("disability_certificates", man)
    p.case("disability_living", man)
    p.case("disability_nursing", man)
    p.cares("C02", man)


@scenario("C02", "hit")
def severe_on_no_case(p: Plot) -> None:
    """Level 1 in a family that needs no dibao; nursing is paid."""
    wife = p.person(63, male=False, married=True)
    p.row("social_insurance", wife, key=False, scheme="employee_pension", monthly_amount=5900.0)
    man = p.person(65, relation="10")
    p.row("disability_certificates", man, disability_level="1", disability_class="6")
    p.case("disability_nursing", man)
    p.cares("C02", man)


@scenario("C02", "hit")
def certificate_without_an_end(p: Plot) -> None:
    """Level 2 of the ears on a rigid case; the certificate names no last day."""
    man, wife = p.couple(60, 59)
    p.case("rigid_expenditure", man, wife, status_since=p.ago(120))
    p.row("disability_certificates", wife, disability_class="2", expires_on=None)
    p.case("disability_nursing", wife)
    p.cares("C02", wife)


@scenario("C02", "near")
def not_severe(p: Plot) -> None:
    """Level 3 on dibao, the living subsidy paid."""
    man, wife = p.couple()
    p.case("dibao", man, wife)
    p.row("disability_certificates", man, key=False, disability_level="3", disability_class="2")
    p.case("disability_living", man)
    p.must_not("C02", man)


@scenario("C02", "near")
def certificate_of_the_dead(p: Plot) -> None:
    """The certificate outlived the man."""
    man = p.person(75, status="death_cancelled", status_date=p.ago(400), died=p.ago(410), married=True)
    p.person(71, male=False, relation="10")
    p.row("disability_certificates", man, key=False)
    p.row("deaths", man, key=False, died_on=p.ago(410))
    p.must_not("C02", man)


@scenario("C02", "near")
def certificate_expired(p: Plot) -> None:
    """Level 1, expired two years ago."""
    man, _ = p.couple()
    p.row(
        "disability_certificates",
        man,
        key=False,
        disability_level="1",
        issued_on=p.ago(4300),
        expires_on=p.ago(700),
    )
    p.must_not("C02", man)


@scenario("C03", "hit")
def left_behind(p: Plot) -> None:
    """A child left with the grandmother."""
    grandmother = p.person(65, male=False)
    child = p.person(7, relation="40")
    p.row("children_care", child, pid2=grandmother.pid)
    p.cares("C03", child)


@scenario("C03", "hit")
def two_left_behind(p: Plot) -> None:
    """Brother and sister left with grandparents, one of them listed long ago."""
    man, _ = p.couple(66, 63)
    for age, male, since in ((12, True, 900), (5, False, 60)):
        child = p.person(age, male=male, relation="40")
        p.row("children_care", child, pid2=man.pid, identified_on=p.ago(since))
        p.cares("C03", child)


@scenario("C03", "hit")
def left_behind_on_dibao(p: Plot) -> None:
    """A pupil on the grandmother's dibao case."""
    grandmother = p.person(66, male=False)
    child = p.person(11, relation="40")
    p.case("dibao", grandmother, child)
    p.row("students", child, key=False)
    p.row("children_care", child, pid2=grandmother.pid)
    p.cares("C03", child)


@scenario("C03", "near")
def parents_came_back(p: Plot) -> None:
    """The listing is over."""
    grandmother = p.person(65, male=False)
    child = p.person(7, relation="40")
    p.row("children_care", child, key=False, pid2=grandmother.pid, removed_on=p.ago(70))
    p.must_not("C03", child)


@scenario("C03", "near")
def listed_as_orphan(p: Plot) -> None:
    """An orphan who is paid is no left-behind child."""
    grandmother = p.person(68, male=False)
    child = p.person(9, relation="40")
    p.row("children_care", child, key=False, kind="orphan", pid2=grandmother.pid)
    p.case("orphan", child)
    p.must_not("C03", child)


@scenario("C03", "near")
def with_grandparents_unlisted(p: Plot) -> None:
    """A child who lives with grandparents, and is not listed."""
    p.couple()
    child = p.person(10, male=False, relation="40")
    p.must_not("C03", child)


@scenario("C04", "hit")
def alone_at_eighty_six(p: Plot) -> None:
    """86 and alone, the allowance paid."""
    woman = p.person(86, male=False)
    p.case("elder_allowance", woman, start_date=p.ago(1900), status_since=p.ago(1900))
    p.cares("C04", woman)


@scenario("C04", "hit")
def alone_since_a_death(p: Plot) -> None:
    """Her husband died this year; the registry still has him."""
    man, wife = p.couple(88, 84)
    p.case("elder_allowance", wife, start_date=p.ago(1200), status_since=p.ago(1200))
    p.row("deaths", man, died_on=p.ago(130))
    p.cares("C04", wife)


@scenario("C04", "hit")
def eighty_tonight_and_alone(p: Plot) -> None:
    """Eighty tonight; the son moved away years ago. The allowance is not late yet."""
    woman = p.person(born=p.night.replace(year=p.night.year - 80), male=False)
    p.person(50, relation="20", status="moved_out", status_date=p.ago(3000), marital=1)
    p.cares("C04", woman)
    p.tell("new", "time", woman, None)


@scenario("C04", "near")
def two_at_eighty_six(p: Plot) -> None:
    """86, but not alone."""
    man, wife = p.couple(86, 85)
    for who in (man, wife):
        p.case("elder_allowance", who, start_date=p.ago(1300), status_since=p.ago(1300))
    p.must_not("C04", man)
    p.must_not("C04", wife)


@scenario("C04", "near")
def alone_at_seventy_eight(p: Plot) -> None:
    """Alone, but 78."""
    woman = p.person(78, male=False)
    p.must_not("C04", woman)


@scenario("C04", "near")
def with_a_daughter(p: Plot) -> None:
    """90, and the daughter is in the booklet."""
    woman = p.person(90, male=False)
    p.person(62, male=False, relation="30", marital=2)
    p.case("elder_allowance", woman, start_date=p.ago(3000), status_since=p.ago(3000))
    p.must_not("C04", woman)
