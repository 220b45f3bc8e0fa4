"""A register whose numbers name nobody, the night after it was sound: nothing of it is told as news."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import duckdb
import pytest

from pipelines.run import Outcome
from tests.night.conftest import night_of
from tests.night.test_held import delivery

AFTER = date(2022, 1, 1)
SOURCE = "vehicles"


@dataclass(frozen=True)
class Story:
    """The night after, of one damage."""

    outcome: Outcome
    database: Path

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(query).fetchall()


def hashed(cells: list[str], at: int) -> list[str]:
    """A number that was hashed on its way: no number any more."""
    return [*cells[:at], f"{hash(cells[at]) & (2**64 - 1):032x}", *cells[at + 1 :]]


def another(cells: list[str], at: int) -> list[str]:
    """A well-formed number and a name of nobody: a test file of the department's programmers."""
    return [*cells[:at], f"65432119700101{abs(hash(cells[at])) % 1000:03}1", "测试员", *cells[at + 2 :]]


DAMAGES: dict[str, Callable[[list[str], int], list[str]]] = {"hashed": hashed, "another": another}


@pytest.fixture(scope="module", params=sorted(DAMAGES))
def story(request: pytest.FixtureRequest, landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Story:
    place = tmp_path_factory.mktemp("blind")
    copytree(landing, place / "landing")
    assert night_of(place / "landing", place / "warehouse").published
    sound = delivery(place / "landing", SOURCE)
    folder = place / "landing" / SOURCE / AFTER.isoformat()
    folder.mkdir()
    head, *lines = sound.read_bytes().decode("gb18030", "replace").splitlines()
    at = next(
        at for at, header in enumerate(head.split(",")) if "身份证明号码" in header or "证件号" in header
    )
    spoilt = [
        ",".join(DAMAGES[request.param](line.split(","), at)) for line in lines if line.count(",") > at + 1
    ]
    (folder / sound.name).write_bytes("\n".join([head, *spoilt, ""]).encode("gb18030"))
    outcome = night_of(place / "landing", place / "warehouse", AFTER)
    assert outcome.published, outcome.why
    return Story(outcome, Path(str(outcome.summary["database"])))


def test_nothing_is_told_as_cleared_or_new_for_it(story: Story) -> None:
    told = story.ask(
        "SELECT rule_id, change FROM out.alert WHERE rule_id IN ('X05', 'O03', 'O06', 'O08') AND cause <> 'time'"
    )
    assert told == []


def test_it_is_refused_or_what_rests_on_it_is_held(story: Story, request: pytest.FixtureRequest) -> None:
    refused = story.ask(
        f"SELECT refused_why FROM audit.source_snapshot WHERE source = '{SOURCE}' AND refused_why IS NOT NULL"
    )
    ((usable, candidates, linked, linked_before),) = story.ask(
        f"SELECT usable_numbers, with_candidate, linked, linked_before FROM audit.source WHERE source = '{SOURCE}'"
    )
    held = story.ask("SELECT kind, item, measure FROM audit.held")
    if "hashed" in request.node.name:
        assert "0% of the rows have an identity number" in refused[0][0]
        assert held == [] and usable > 0.9 and linked > 0.8
        return
    assert refused == [] and usable > 0.9
    assert linked < 0.2 < linked_before and candidates < 0.3
    assert [one[:2] for one in held] == [("source", SOURCE)] and held[0][2] in ("linked", "with_candidate")
    kept = story.ask("SELECT count(*) FROM out.finding WHERE rule_id = 'X05' AND held_why IS NOT NULL")
    assert kept[0][0] > 0


def test_an_operator_is_told(story: Story) -> None:
    assert story.outcome.summary["held"] or story.outcome.summary["snapshots_refused"]
