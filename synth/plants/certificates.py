"""X19: allowances for the disabled without a certificate that is enough."""

from __future__ import annotations

from synth.plants.families import beside_pensioner
from synth.plants.plot import Plot, scenario


@scenario("X19", "hit")
def living_after_cancellation(p: Plot) -> None:
    """The one certificate was cancelled."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man)
    p.row("disability_certificates", man, disability_level="3", status="cancelled")
    p.must("X19", "red", man, case, "disability_living")


@scenario("X19", "hit")
def cancelled_since_yesterday(p: Plot) -> None:
    """Yesterday the certificate was still valid."""
    man = beside_pensioner(p)
    case = p.case("disability_nursing", man)
    p.row("disability_certificates", man, status="cancelled", earlier={"status": "valid"})
    p.must("X19", "red", man, case, "disability_nursing")
    p.tell("new", "data", man, case)


@scenario("X19", "hit")
def nursing_without_certificate(p: Plot) -> None:
    """Nobody has ever seen a certificate: silence alone, so yellow."""
    man = beside_pensioner(p)
    case = p.case("disability_nursing", man)
    p.must("X19", "yellow", man, case, "disability_nursing")


@scenario("X19", "hit")
def expired_yesterday(p: Plot) -> None:
    """Yesterday was the certificate's last day."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man)
    p.row("disability_certificates", man, disability_level="4", expires_on=p.ago(1))
    p.must("X19", "yellow", man, case, "disability_living")
    p.tell("new", "time", man, case)


@scenario("X19", "hit")
def nursing_while_frozen(p: Plot) -> None:
    """The certificate is frozen."""
    man = beside_pensioner(p)
    case = p.case("disability_nursing", man)
    p.row("disability_certificates", man, disability_level="1", status="frozen")
    p.must("X19", "yellow", man, case, "disability_nursing")


@scenario("X19", "hit")
def level_no_longer_enough(p: Plot) -> None:
    """Graded anew at level 3 of the limbs: nursing needs a severe disability."""
    man = beside_pensioner(p)
    case = p.case("disability_nursing", man)
    p.row("disability_certificates", man, disability_level="3")
    p.must("X19", "yellow", man, case, "disability_nursing")


@scenario("X19", "hit")
def one_cancelled_one_frozen(p: Plot) -> None:
    """Cancelled, but another certificate is there in another state: yellow."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man)
    p.row("disability_certificates", man, disability_level="3", status="cancelled", issued_on=p.ago(2000))
    p.row("disability_certificates", man, disability_level="4", status="frozen")
    p.must("X19", "yellow", man, case, "disability_living")


@scenario("X19", "hit")
def one_cancelled_one_expired(p: Plot) -> None:
    """Severe once, by a certificate long cancelled; the newer one has expired."""
    man = beside_pensioner(p)
    case = p.case("disability_nursing", man)
    p.row("disability_certificates", man, disability_level="1", status="cancelled", issued_on=p.ago(4000))
    p.row("disability_certificates", man, expires_on=p.ago(45))
    p.must("X19", "yellow", man, case, "disability_nursing")


@scenario("X19", "near")
def cancelled_and_renewed(p: Plot) -> None:
    """The old certificate was cancelled when the new one came."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man)
    p.row("disability_certificates", man, key=False, disability_level="4", status="cancelled")
    p.row("disability_certificates", man, key=False, disability_level="3", issued_on=p.ago(100))
    p.must_not("X19", man, case)


@scenario("X19", "near")
def severe_by_its_class(p: Plot) -> None:
    """Level 3 of the mind is severe."""
    man = beside_pensioner(p)
    case = p.case("disability_nursing", man)
    p.row("disability_certificates", man, key=False, disability_level="3", disability_class="6")
    p.must_not("X19", man, case)


@scenario("X19", "near")
def living_of_the_lightest_level(p: Plot) -> None:
    """For the living subsidy any level is enough."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man)
    p.row("disability_certificates", man, key=False, disability_level="4", disability_class="1")
    p.must_not("X19", man, case)


@scenario("X19", "near")
def expires_tonight(p: Plot) -> None:
    """The night is the certificate's last day."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man)
    p.row("disability_certificates", man, key=False, disability_level="3", expires_on=p.night)
    p.must_not("X19", man, case)


@scenario("X19", "near")
def certificate_without_end(p: Plot) -> None:
    """A certificate that does not expire."""
    man = beside_pensioner(p)
    case = p.case("disability_nursing", man)
    p.row("disability_certificates", man, key=False, expires_on=None)
    p.must_not("X19", man, case)
    p.cares("C02", man)


@scenario("X19", "near")
def suspended_with_the_certificate(p: Plot) -> None:
    """The office stopped paying when the certificate was cancelled."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man, status="suspended", status_since=p.ago(35))
    p.row("disability_certificates", man, key=False, disability_level="3", status="cancelled")
    p.must_not("X19", man, case)


@scenario("X19", "near")
def applied_without_certificate(p: Plot) -> None:
    """Applied for, and not paid."""
    man = beside_pensioner(p)
    case = p.case("disability_living", man, status="applying", start_date=p.ago(9), status_since=p.ago(9))
    p.must_not("X19", man, case)
