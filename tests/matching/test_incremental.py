"""Matching again after some changes equals matching everybody, to the last row."""

import random
from datetime import date

import polars as pl
import pytest

import matching
from matching.clerical import NUMBER_CLAIM, NUMBERS, Decisions, undecided
from matching.incremental import Before, Changes, changes, content_of, rematch
from matching.linking import Links, match

from .made import keyed, neighbours, number, registry, roll

MODEL = matching.shipped()
Row = dict[str, object]


def city() -> list[Row]:
    """Neighbours, couples in one booklet, namesakes of one birth date, numbers one digit apart, a starred number."""
    people: list[Row] = [dict(one) for one in neighbours()]
    for i in range(0, 60, 2):
        people[i + 1]["household_no"] = people[i]["household_no"] = f"C{i:03d}"
    for i in range(60, 70):
        people[i]["name"], people[i]["birth_date"] = "王建国", date(1950, 1, 1)
    people[70]["id_number_raw"] = number("32068219780705047")
    people[71]["id_number_raw"] = number("32068219780705045")
    people[72]["id_number_raw"] = "320682********1234"
    return people


def rows_about(people: list[Row], chance: random.Random) -> list[Row]:
    """Delivered identities of all kinds, most of them damaged."""
    found: list[Row] = []
    for i, one in enumerate(people):
        raw, name = str(one["id_number_raw"]), str(one["name"])
        partner = people[(i + 1) % len(people)]
        damaged = [
            {"id_number_raw": raw, "name": name},
            {"id_number_raw": raw[:9] + chance.choice("0123456789") + raw[10:], "name": name},
            {"id_number_raw": raw[:6] + "********" + raw[14:], "name": name},
            {"id_number_raw": None, "name": name, "address": one.get("address")},
            {"id_number_raw": None, "name": name, "phone": f"139{i:08d}"},
            {"id_number_raw": str(partner["id_number_raw"]), "name": name},
            {"id_number_raw": raw[:14], "name": name, "partner_name": partner["name"],
             "partner_id_number_raw": partner["id_number_raw"]},
            {"id_number_raw": raw[:6] + "********" + raw[14:], "name": name, "partner_name": partner["name"]},
            {"id_number_raw": None, "name": name, "birth_date": date(1950, 1, 1)},
            {"id_number_raw": raw, "name": name[:-1] + str(people[(i * 7 + 3) % len(people)]["name"])[-1]},
        ]  # fmt: skip
        found += [{"identity_id": f"I{i}-{k}"} | row for k, row in enumerate(damaged)]
    return found


SCHEMA = {
    "identity_id": pl.String, "id_number_raw": pl.String, "name": pl.String, "address": pl.String, "phone": pl.String,
    "partner_name": pl.String, "partner_id_number_raw": pl.String, "birth_date": pl.Date,
}  # fmt: skip


def frame(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame([{c: row.get(c) for c in SCHEMA} for row in rows], schema=SCHEMA)


def spine_of(people: list[Row], phones: range, earlier: matching.Spine | None) -> matching.Spine:
    on_roll = roll(
        *(
            {"id_number_raw": people[i]["id_number_raw"], "name": people[i]["name"], "phone": f"139{i:08d}"}
            for i in phones
        )
    )
    anchors = pl.DataFrame(schema={"person_id": pl.String, "kind": pl.String, "anchor": pl.String})
    return matching.build_spine(
        registry(*people, town=False), on_roll, anchors if earlier is None else earlier.anchors, keyed, MODEL,
        earlier and earlier.index.common,
    )  # fmt: skip


def as_before(spine: matching.Spine, clerks: Decisions) -> Before:
    keys = spine.index.blocks["all"]
    return Before(
        content_of(spine.index), spine.index.common.table(), clerks,
        lambda entries: keys.filter(pl.col("entry").is_in(entries.implode())),
    )  # fmt: skip


def changed_people(people: list[Row], chance: random.Random) -> list[Row]:
    """Somebody moves, is renamed, gets another number, comes, goes, changes booklets."""
    people = [dict(one) for one in people]
    for _ in range(chance.randint(1, 6)):
        one = chance.choice(people)
        match chance.randrange(6):
            case 0:
                one["name"] = chance.choice(people)["name"]
            case 1:
                one["id_number_raw"] = number(
                    f"320682{chance.randint(1950, 2000)}0101{chance.randint(100, 999)}"
                )
            case 2:
                one["address"] = chance.choice(people).get("address")
            case 3:
                people.remove(one)
            case 4:
                people.append(
                    dict(one) | {"id_number_raw": number(f"32068219870302{chance.randint(100, 999)}")}
                )
            case _:
                one["household_no"] = chance.choice(people)["household_no"]
    return people


def decided(links: Links, chance: random.Random) -> Decisions:
    some = links.links.filter(pl.col("decision") != "unlinked").sample(6, seed=chance.randrange(999))
    own = some.select(
        "identity_id", person_id=pl.coalesce("person_id", "candidate_person_id"),
        verdict=pl.lit(chance.choice(["same", "different", "cannot_tell"])),
    )  # fmt: skip
    none = undecided()
    # And one about somebody whom no blocking rule would have brought.
    far = links.links.sample(1, seed=chance.randrange(999)).select(
        "identity_id", person_id=pl.lit(some["person_id"].drop_nulls()[0]), verdict=pl.lit("same")
    )
    own = pl.concat([own.join(far, on="identity_id", how="anti"), far])
    return Decisions(own, none.by_claim, none.pairs, lambda texts: keyed("C", texts), claimed(links, chance))


def claimed(links: Links, chance: random.Random) -> pl.DataFrame:
    """Numbers of strangers, claimed for somebody."""
    foreign = (
        links.links.filter(pl.col("number_kind") == "foreign")
        .unique("id_number", maintain_order=True)
        .head(2)
    )
    people = (
        links.links["person_id"]
        .drop_nulls()
        .unique(maintain_order=True)
        .sample(len(foreign), seed=chance.randrange(999))
    )
    ids = keyed("C", NUMBER_CLAIM + foreign["id_number"])
    return pl.DataFrame({"claim_id": ids, "person_id": people}, schema=NUMBERS)


@pytest.mark.parametrize("seed", range(12))
def test_it_equals_matching_everybody(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    people = city()
    old = spine_of(people, range(40), None)
    yesterday = rows_about(people, chance)
    kept = match(frame(yesterday), old.index, MODEL)
    people = changed_people(people, chance) if seed else people
    new = spine_of(people, range(40 + seed % 3), old)
    today = [dict(row) for row in yesterday if chance.random() < 0.97]
    today += [row | {"identity_id": f"N{row['identity_id']}"} for row in rows_about(people[:5], chance)]
    clerks = decided(kept, chance) if seed % 2 else undecided()
    found = changes(as_before(old, undecided()), new.index, clerks)
    assert found is not None
    ours = rematch(frame(today), new.index, MODEL, clerks, kept, found)
    whole = match(frame(today), new.index, MODEL, clerks)
    assert ours.links.equals(whole.links)
    assert ours.evidence.equals(whole.evidence)


def test_only_what_changed_is_matched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    people = city()
    old = spine_of(people, range(40), None)
    rows = frame(rows_about(people, random.Random(1)))  # noqa: S311 - not for secrets
    kept = match(rows, old.index, MODEL)
    moved = [dict(one) for one in people]
    moved[100]["address"] = "沙湖镇朱港村3组7号"
    new = spine_of(moved, range(40), old)
    asked: list[int] = []

    def counting(identities: pl.DataFrame, *rest: object) -> Links:
        asked.append(len(identities))
        return match(identities, *rest)

    monkeypatch.setattr("matching.incremental.match", counting)
    found = changes(as_before(old, undecided()), new.index)
    assert found and rematch(rows, new.index, MODEL, None, kept, found).links.equals(
        match(rows, new.index, MODEL).links
    )
    assert 0 < asked[0] < len(rows) / 10


def test_nothing_changed_matches_nobody() -> None:
    people = city()
    old = spine_of(people, range(40), None)
    rows = frame(rows_about(people, random.Random(1)))  # noqa: S311 - not for secrets
    kept = match(rows, old.index, MODEL)
    found = changes(as_before(old, undecided()), spine_of(people, range(40), old).index)
    assert found is not None and not found
    assert rematch(rows, old.index, MODEL, None, kept, found).links.equals(kept.links)


def test_other_frequencies_mean_everybody() -> None:
    people = city()
    old = spine_of(people, range(40), None)
    other = matching.build_spine(
        registry(*people[:150], town=False), roll(), old.anchors.clear(), keyed, MODEL
    )
    assert changes(as_before(old, undecided()), other.index) is None


def test_no_change_is_told_apart_from_some() -> None:
    nothing = pl.DataFrame(schema={"id_number": pl.String})
    empty = pl.Series([], dtype=pl.String)
    assert not Changes({"all": nothing}, empty, empty, empty, empty)
    assert Changes({"all": nothing}, empty, empty, empty, pl.Series(["C1"]))
