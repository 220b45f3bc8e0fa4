"""X05 and X06: vehicles and dwellings."""

from __future__ import annotations

from synth.plants.plot import Plot, scenario


@scenario("X05", "hit")
def new_dear_car(p: Plot) -> None:
    """A private car of 96,000, three years old."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man)
    p.must("X05", "red", None, case, "dibao")


@scenario("X05", "hit")
def car_without_a_price(p: Plot) -> None:
    """A car whose price nobody stated."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("vehicles", wife, purchase_price=None)
    p.must("X05", "yellow", None, case, "marginal")


@scenario("X05", "hit")
def dear_but_old(p: Plot) -> None:
    """130,000 once, thirteen years ago."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, purchase_price=130_000.0, first_registered_on=p.ago(4800))
    p.must("X05", "yellow", None, case, "dibao")


@scenario("X05", "hit")
def new_but_cheap(p: Plot) -> None:
    """A car of 21,000, two years old."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, purchase_price=21_000.0, first_registered_on=p.ago(700))
    p.must("X05", "yellow", None, case, "dibao")


@scenario("X05", "hit")
def truck_for_a_living(p: Plot) -> None:
    """The only commercial vehicle, dear as it is, is a tool."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, vehicle_class="truck", usage="commercial", purchase_price=120_000.0)
    p.must("X05", "yellow", None, case, "dibao")


@scenario("X05", "hit")
def two_trucks(p: Plot) -> None:
    """Two commercial trucks are a business."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    for who in (man, wife):
        p.row("vehicles", who, vehicle_class="truck", usage="commercial", purchase_price=115_000.0)
    p.must("X05", "red", None, case, "dibao")


@scenario("X05", "hit")
def bus_on_tekun(p: Plot) -> None:
    """A man on tekun owns a bus of 150,000."""
    man = p.person(69)
    case = p.case("tekun", man)
    p.row("vehicles", man, vehicle_class="bus", purchase_price=150_000.0)
    p.must("X05", "red", None, case, "tekun")
    p.cares("C01", man)


@scenario("X05", "hit")
def registered_since_yesterday(p: Plot) -> None:
    """The car was not in yesterday's list."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, first_registered_on=p.ago(3), earlier=None)
    p.must("X05", "red", None, case, "dibao")
    p.tell("new", "data", None, case)


@scenario("X05", "hit")
def price_known_since_yesterday(p: Plot) -> None:
    """Yesterday nobody knew the price."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, earlier={"purchase_price": None})
    p.must("X05", "red", None, case, "dibao")
    if not p.damaged:
        p.tell("worse", "data", None, case)


@scenario("X05", "near")
def sold_since_yesterday(p: Plot) -> None:
    """The car left the household today: the finding of yesterday is cleared."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, key=False, status="transferred", earlier={"status": "normal"})
    p.must_not("X05", None, case)
    p.tell("cleared", "data", None, case)


@scenario("X05", "near")
def motorcycle(p: Plot) -> None:
    """A motorcycle is exempt."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, key=False, vehicle_class="motorcycle", purchase_price=9_000.0)
    p.must_not("X05", None, case)


@scenario("X05", "near")
def tractor_of_price(p: Plot) -> None:
    """A tractor is exempt whatever it cost."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("vehicles", man, key=False, vehicle_class="tractor", purchase_price=66_000.0)
    p.must_not("X05", None, case)


@scenario("X05", "near")
def car_scrapped(p: Plot) -> None:
    """A scrapped car is nobody's wealth."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", man, key=False, status="scrapped")
    p.must_not("X05", None, case)


@scenario("X05", "near")
def car_of_a_namesake(p: Plot) -> None:
    """A car of somebody of the name and birth date, with another number."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("vehicles", p.stranger(man, same_birth=True), key=False)
    p.must_not("X05", None, case)


@scenario("X06", "hit")
def two_homes(p: Plot) -> None:
    """Two flats: one over the limit."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man)
    p.row("real_estate", wife)
    p.must("X06", "yellow", None, case, "dibao")


@scenario("X06", "hit")
def three_homes(p: Plot) -> None:
    """Three flats: red."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    for who in (man, man, wife):
        p.row("real_estate", who)
    p.must("X06", "red", None, case, "dibao")


@scenario("X06", "hit")
def flat_and_homestead(p: Plot) -> None:
    """A flat in town and a homestead in the village, at two addresses."""
    man, wife = p.couple()
    case = p.case("marginal", man, wife)
    p.row("real_estate", man)
    p.row("real_estate", man, usage="homestead")
    p.must("X06", "yellow", None, case, "marginal")


@scenario("X06", "hit")
def shares_add_up(p: Plot) -> None:
    """Each holds 30 percent of a second flat: together more than half."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man)
    first = p.row("real_estate", man, share_percent=30.0)
    p.row(
        "real_estate",
        wife,
        share_percent=30.0,
        certificate_no=first["certificate_no"],
        address=first["address"],
    )
    p.must("X06", "yellow", None, case, "dibao")


@scenario("X06", "near")
def second_given_up(p: Plot) -> None:
    """The second flat was given up years ago."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, key=False)
    p.row("real_estate", man, key=False, cancelled_on=p.ago(900))
    p.must_not("X06", None, case)


@scenario("X06", "near")
def garage_beside(p: Plot) -> None:
    """A garage is no dwelling."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, key=False)
    p.row("real_estate", man, key=False, usage="garage", area_m2=19.0)
    p.must_not("X06", None, case)


@scenario("X06", "near")
def small_share(p: Plot) -> None:
    """A quarter of the parents' house, the rest a brother's elsewhere."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    p.row("real_estate", man, key=False)
    p.row("real_estate", man, key=False, share_percent=25.0)
    p.must_not("X06", None, case)


@scenario("X06", "near")
def one_flat_two_owners(p: Plot) -> None:
    """Husband and wife stand for the same flat."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    first = p.row("real_estate", man, key=False, share_percent=50.0)
    same = {"certificate_no": first["certificate_no"], "address": first["address"]}
    p.row("real_estate", wife, key=False, share_percent=50.0, **same)
    p.must_not("X06", None, case)


@scenario("X06", "near")
def house_on_its_homestead(p: Plot) -> None:
    """The house and the ground that it stands on are one dwelling."""
    man, wife = p.couple()
    case = p.case("dibao", man, wife)
    first = p.row("real_estate", man, key=False)
    p.row("real_estate", man, key=False, usage="homestead", address=first["address"])
    p.must_not("X06", None, case)
