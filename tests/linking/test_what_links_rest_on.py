"""Whatever makes a spine or a link is in the name of what is kept of it: another key, code or roll finds nothing."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from linking import kept_spine, linked
from linking.kept_spine import KeptSpine, Rests
from matching import shipped
from matching.clerical import undecided
from sources import CONTRACTS
from sql.frames import store
from warehouse.cache import Cache

BLOCKING = {"household_registry": "rows of the registry", "assistance_roll": "rows of the roll"}
MADE: dict[str, Any] = {
    "key": "fingerprint", "code": "code", "rows": BLOCKING, "anchor": "P1", "run": "run", "model": shipped(), "share": 0.1,
    "verdict": "same",
}  # fmt: skip


@dataclass
class Given:
    """What a spine is asked for with."""

    rests: Rests
    rows: dict[str, str | None]

    def spine(self) -> KeptSpine:
        return kept_spine.spine_of(self.rests, self.rows)


def given(folder: Path, **changed: Any) -> Given:
    """What a spine and its links rest on."""
    made = {**MADE, **changed}
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA state")
    anchors = pl.DataFrame({"person_id": [made["anchor"]], "kind": ["number"], "anchor": ["1"]})
    frequencies = pl.DataFrame({"kind": ["surname"], "key": ["王"], "share": [made["share"]]})
    store(connection, "state.person_anchor", anchors)
    store(connection, "state.frequency", frequencies)
    said = pl.DataFrame({"identity_id": ["I1"], "person_id": ["P1"], "verdict": [made["verdict"]]})
    rests = Rests(
        connection, Cache(folder / "cache", made["run"]), made["code"], made["key"], made["model"],
        replace(undecided(), by_identity=said),
    )  # fmt: skip
    return Given(rests, made["rows"])


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The keys of the spines that were built, which are kept as a night keeps them."""
    keys = list[str | None]()

    def build(rests: Rests, key: str | None, *_: pl.DataFrame) -> KeptSpine:
        keys.append(key)
        draft = rests.cache.draft(kept_spine.NAME)
        one = pl.DataFrame({"name": ["person"]})
        draft.write({"": one, kept_spine.NAMES: one, "person": one})
        entry = draft if key is None else rests.cache.keep(draft, key)
        return KeptSpine(rests, entry, key, lambda: None)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(kept_spine, "_built", build)
    return keys


def test_the_same_makes_one_spine(tmp_path: Path, built: list[str]) -> None:
    for _ in range(3):
        given(tmp_path, run="any").spine()
    assert len(built) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "another"},
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
    for each in (given(tmp_path), given(tmp_path, **changed), given(tmp_path)):
        linked_once(each.spine())
    assert len(built) == len(set(built)) == len(matched) == 2


def test_rows_that_are_looked_into_each_night_make_a_spine_each_night(
    tmp_path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    matched = counted(monkeypatch)
    for run in ("one", "two"):
        spine = given(tmp_path, run=run, rows=BLOCKING | {"assistance_roll": None}).spine()
        linked_once(spine)
        linked_once(spine, rows=None)
    assert built == [None, None] and len(matched) == 4
    assert not list((tmp_path / "cache").glob("*/[!.]*"))  # nobody could find it again


@pytest.mark.parametrize("spoilt", ["", kept_spine.NAMES, "person"])
def test_a_spine_with_a_spoilt_part_is_built_anew(tmp_path: Path, built: list[str], spoilt: str) -> None:
    entry = given(tmp_path).spine().entry
    entry.path(spoilt).write_bytes(b"PAR1")
    given(tmp_path).spine()
    given(tmp_path).spine()
    assert len(built) == 2


def test_links_rest_on_their_seat_and_their_rows(
    tmp_path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    matched = counted(monkeypatch)
    spine = given(tmp_path).spine()
    for rows in ("one", "two", "one"):
        for seat in CONTRACTS["marriages"].seats:
            linked_once(spine, rows=rows, source="marriages", seat=seat)
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
    spine: KeptSpine, *, rows: str | None = "rows", source: str = "vehicles", seat: object = None
) -> None:
    """Ask for the links of a seat."""
    contract = CONTRACTS[source]
    found = linked.linked(spine, contract, seat or contract.seats[0], rows)  # type: ignore[arg-type]
    assert found.links["identity_id"].to_list() == ["I1"]
