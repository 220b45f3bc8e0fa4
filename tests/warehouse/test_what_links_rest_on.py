"""Whatever makes a spine or a link is in the name of what is kept of it: another key, code or roll finds nothing."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from assets import kept_spine, linked
from assets.arrival import Arrival
from assets.night import Night
from matching import shipped
from matching.clerical import undecided
from sources import CONTRACTS
from warehouse.cache import Cache

BLOCKING = {"household_registry": "rows of the registry", "assistance_roll": "rows of the roll"}
MADE: dict[str, Any] = {
    "key": b"k" * 32, "code": "code", "rows": BLOCKING, "anchor": "P1", "run": "run", "model": shipped(), "share": 0.1,
    "verdict": "same",
}  # fmt: skip


def night_of(folder: Path, **changed: Any) -> Any:
    """As much of a night as a spine is named by."""
    made = {**MADE, **changed}
    arrivals = SimpleNamespace(code=made["code"], cache=Cache(folder / "cache", made["run"]))
    anchors = pl.DataFrame({"person_id": [made["anchor"]], "kind": ["number"], "anchor": ["1"]})
    frequencies = pl.DataFrame({"kind": ["surname"], "key": ["王"], "share": [made["share"]]})
    said = pl.DataFrame({"identity_id": ["I1"], "person_id": ["P1"], "verdict": [made["verdict"]]})
    night = SimpleNamespace(
        frame=lambda query: frequencies if query == kept_spine.FREQUENCIES else anchors,
        clerks=replace(undecided(), by_identity=said),
        rows_keys=made["rows"],
        run=made["run"],
        key=made["key"],
        model=made["model"],
        arrivals=arrivals,
        cache=arrivals.cache,
    )
    night.matched_by = lambda: Night.matched_by(night)
    return night


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The keys of the spines that were built, which are kept as a night keeps them."""
    keys = list[str | None]()

    def build(night: Any, _: pl.DataFrame) -> Any:
        keys.append(night.spine_key)
        draft = night.cache.draft(kept_spine.NAME)
        one = pl.DataFrame({"name": ["person"]})
        draft.write({"": one, kept_spine.NAMES: one, "person": one})
        return draft if night.spine_key is None else night.cache.keep(draft, night.spine_key)

    monkeypatch.setattr(kept_spine, "_built", build)
    return keys


def test_the_same_makes_one_spine(tmp_path: Path, built: list[str]) -> None:
    for _ in range(3):
        kept_spine.spine_of(night_of(tmp_path, run="any"))
    assert len(built) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"key": b"l" * 32},
        {"code": "another"},
        {"rows": BLOCKING | {"assistance_roll": "other rows"}},
        {"rows": BLOCKING | {"household_registry": "other rows"}},
        {"anchor": "P2"},
        {"model": replace(shipped(), accept=0.98)},
        {"share": 0.2},
        {"verdict": "different"},
    ],
    ids=["key", "code", "roll", "registry", "anchors", "model", "frequencies", "clerks"],
)
def test_another_spine_and_other_links_for_anything_else(
    tmp_path: Path, built: list[str], changed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    matched = counted(monkeypatch)
    for night in (night_of(tmp_path), night_of(tmp_path, **changed), night_of(tmp_path)):
        kept_spine.spine_of(night)
        linked_once(night)
    assert len(built) == len(set(built)) == len(matched) == 2


def test_rows_that_are_looked_into_each_night_make_a_spine_each_night(
    tmp_path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    matched = counted(monkeypatch)
    for run in ("one", "two"):
        night = night_of(tmp_path, run=run, rows=BLOCKING | {"assistance_roll": None})
        kept_spine.spine_of(night)
        linked_once(night)
        linked_once(night, rows=None)
    assert built == [None, None] and len(matched) == 4
    assert not list((tmp_path / "cache").glob("*/[!.]*"))  # nobody could find it again


@pytest.mark.parametrize("spoilt", ["", kept_spine.NAMES, "person"])
def test_a_spine_with_a_spoilt_part_is_built_anew(tmp_path: Path, built: list[str], spoilt: str) -> None:
    entry = kept_spine.spine_of(night_of(tmp_path))
    entry.path(spoilt).write_bytes(b"PAR1")
    kept_spine.spine_of(night_of(tmp_path))
    kept_spine.spine_of(night_of(tmp_path))
    assert len(built) == 2


def test_links_rest_on_their_seat_and_their_rows(
    tmp_path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    matched = counted(monkeypatch)
    night = night_of(tmp_path)
    kept_spine.spine_of(night)
    for rows in ("one", "two", "one"):
        for seat in CONTRACTS["marriages"].seats:
            linked_once(night, rows=rows, source="marriages", seat=seat)
    assert len(built) == 1 and len(matched) == 4


def counted(patch: pytest.MonkeyPatch) -> list[object]:
    """The seats that are matched, not recalled."""
    matched = list[object]()

    def match(_: Any, __: object, seat: object, ___: object = None) -> linked.Seated:
        matched.append(seat)
        return linked.Seated(pl.DataFrame({"identity_id": ["I1"]}), pl.DataFrame({"identity_id": ["I1"]}))

    patch.setattr(linked, "_linked", match)
    return matched


def linked_once(
    night: Any, *, rows: str | None = "rows", source: str = "vehicles", seat: object = None
) -> None:
    """Ask for the links of a seat."""
    contract = CONTRACTS[source]
    arrival = Arrival(None, None, rows)  # type: ignore[arg-type]
    found = linked.linked(night, contract, seat or contract.seats[0], arrival)  # type: ignore[arg-type]
    assert found.links["identity_id"].to_list() == ["I1"]
