"""Ids of people through many nights of corrections, repairs, departures, returns and double entries."""

import random

import polars as pl
import pytest

import matching

from .made import keyed, neighbours, no_anchors, number, registry, roll

NIGHTS = 8
Row = dict[str, object]


def corrected(row: Row, chance: random.Random) -> None:
    """One thing about somebody is corrected; never number and name and booklet in one night."""
    match chance.randrange(4):
        case 0:
            row["id_number_raw"] = number(str(row["id_number_raw"])[:14] + f"{chance.randint(100, 999)}")
        case 1:
            row["name"] = str(row["name"])[0] + chance.choice("伟芳娜敏静强磊军洋勇") + str(row["name"])[-1]
        case 2:
            row["household_no"] = f"M{chance.randrange(40):03d}"
        case _:
            row["address"] = f"如皋市九渡镇东垛村{chance.randint(1, 20)}组{chance.randint(1, 99)}号"


def night_of_changes(living: list[Row], gone: list[Row], chance: random.Random) -> None:
    for row in chance.sample(living, 6):
        corrected(row, chance)
    for row in chance.sample(living, 2):
        living.remove(row)
        gone.append(row)
    if gone and chance.random() < 0.6:
        living.append(gone.pop(chance.randrange(len(gone))))
    new = number(
        f"320682{chance.randint(2015, 2021)}0{chance.randint(1, 9)}1{chance.randint(0, 9)}{chance.randint(100, 999)}"
    )
    living.append(
        {
            "human": f"new{new}",
            "id_number_raw": new,
            "name": "李" + chance.choice("伟芳娜敏静强"),
            "household_no": "M001",
        }
    )
    chance.shuffle(living)


@pytest.mark.parametrize("seed", range(6))
def test_ids_stay_with_people_and_events_tell_every_change(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    living = [dict(one) | {"human": f"h{i}"} for i, one in enumerate(neighbours()[:80])]
    gone: list[Row] = []
    anchors, before, whose = no_anchors(), set[str](), dict[str, str]()
    for night in range(NIGHTS):
        if night:
            night_of_changes(living, gone, chance)
        spine = matching.build_spine(
            registry(*living, town=False), roll(), anchors, keyed, matching.shipped()
        )
        ids = {
            str(living[int(record[2:])]["human"]): person
            for record, person in spine.links.select("record_no", "person_id").iter_rows()
        }
        for human, person in ids.items():
            assert whose.setdefault(person, human) == human, "an id was given to somebody else"
        tonight = set(spine.person["person_id"])
        told = {event: set(rows["person_id"]) for (event,), rows in spine.events.group_by("event")}
        came, left = tonight - before, before - tonight
        assert left == told.get("merged", set()) | told.get("retired", set())
        assert told.get("minted", set()) | told.get("split", set()) <= came
        assert tonight.isdisjoint(left)
        before, anchors = tonight, spine.anchors


def test_a_person_keeps_one_id_whatever_is_corrected_one_thing_a_night() -> None:
    chance = random.Random(3)  # noqa: S311 - not for secrets
    living = [dict(one) | {"household_no": f"B{i}"} for i, one in enumerate(neighbours()[:60])]
    anchors, first = no_anchors(), None
    for _ in range(6):
        spine = matching.build_spine(
            registry(*living, town=False), roll(), anchors, keyed, matching.shipped()
        )
        ids = spine.links.sort("record_no")["person_id"]
        first = ids if first is None else first
        assert ids.equals(first)
        anchors = spine.anchors
        for row in living:
            one = dict(row)
            corrected(one, chance)
            one["household_no"] = row["household_no"]  # a booklet is what holds a changed number together
            row.update(one)
    assert isinstance(first, pl.Series)
