"""A register cut off on its way, authorizations lost on the same night: what is held, accepted, let go, and undone."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import duckdb
import pytest

from pipelines.run import Outcome
from tests.night.conftest import AFTER, BEFORE, NIGHT, Eve, hedui, night_of, options, within

REASON = "授权书正在补签"


def delivery(landing: Path, source: str, night: date = NIGHT) -> Path:
    """The one file of a source's delivery; its manifest goes, as where a department sends none."""
    folder = landing / source / night.isoformat()
    (folder / "_manifest.json").unlink(missing_ok=True)
    (file,) = folder.iterdir()
    return file


def cut_off(file: Path, share: float) -> None:
    """Leave the first part of a file, as a broken transfer does: in the middle of a line."""
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])


def without_authorization(file: Path) -> None:
    """Empty the roll's column of authorization days."""
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig", "surrogateescape"))))
    place = rows[0].index("授权签署日期")
    for row in rows[1:]:
        row[place] = ""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    file.write_bytes(out.getvalue().encode("utf-8-sig", "surrogateescape"))


@dataclass
class Story:
    """What each run ended with, and the published file as it was then."""

    warehouse: Path
    outcomes: dict[str, Outcome]
    ask: Callable[[str, str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def story(landing: Path, eve: Eve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """`first`: the night before; `held`: both harms; `accepted`: the rule; `mended`: the next."""
    place = tmp_path_factory.mktemp("held")
    arrived, warehouse = place / "landing", eve.copied(place / "warehouse")
    copytree(landing, arrived)
    vehicles = delivery(arrived, "vehicles")
    whole = vehicles.read_bytes()
    outcomes: dict[str, Outcome] = {}
    con = duckdb.connect()

    def run(name: str, night: date) -> None:
        outcome = night_of(arrived, warehouse, night)
        assert outcome.published, outcome.why
        keep(name, outcome)

    def keep(name: str, outcome: Outcome) -> None:
        outcomes[name] = outcome
        copy = place / f"{name}.duckdb"
        copy.write_bytes(Path(str(outcome.summary["database"])).read_bytes())
        con.execute(f"ATTACH '{copy}' AS {name} (READ_ONLY)")

    def ask(name: str, query: str) -> list[tuple[Any, ...]]:
        con.execute(f"USE {name}")
        return con.execute(query).fetchall()

    try:
        keep("first", eve.outcome)
        cut_off(vehicles, 0.4)
        without_authorization(delivery(arrived, "assistance_roll"))
        run("held", NIGHT)
        copytree(arrived, place / "harmed")
        said = ("--rule", "P01", "--reason", REASON, "--by", "王主任")
        told = hedui("accept", "--warehouse", warehouse, "--night", NIGHT, *said)
        assert told.code == 0, told.told
        run("accepted", NIGHT)
        vehicles.write_bytes(whole)
        run("mended", AFTER)
        yield Story(warehouse, outcomes, ask)
    finally:
        con.close()


def test_a_file_cut_off_and_a_rule_that_jumps_are_held_and_the_night_is_published(story: Story) -> None:
    held = story.outcomes["held"].summary["held"]
    assert isinstance(held, list)
    assert [(row["kind"], row["item"]) for row in held] == [("rule", "P01"), ("source", "vehicles")]
    assert "hedui accept" in str(story.outcomes["held"].summary["accept"])
    assert story.outcomes["first"].summary["held"] == []


def test_what_is_held_is_kept_and_on_no_list_colours_nothing_and_is_told_in_no_alert(story: Story) -> None:
    for rule in ("X05", "P01"):
        query = (
            f"SELECT count(*), count(held_why) FROM out.finding WHERE rule_id = '{rule}' AND status = 'open'"
        )
        ((found, held),) = story.ask("held", query)
        assert found == held > 0
        assert story.ask("held", f"SELECT count(*) FROM out.alert WHERE rule_id = '{rule}'") == [(0,)]
        colours = f"SELECT count(*) FROM out.household_flag WHERE list_contains(risk_reasons, '{rule}')"
        assert story.ask("held", colours) == [(0,)]
    for table in ("should_not_be_covered", "missing_from_coverage", "spot_check"):
        listed = (
            f"SELECT count(*) FROM out.{table} AS row JOIN out.finding AS f"
            " ON list_contains(row.finding_ids, f.finding_id) WHERE held_why IS NOT NULL"
        )
        assert story.ask("held", listed) == [(0,)]


def test_what_the_missing_rows_would_have_cleared_stands(story: Story) -> None:
    before = set(
        story.ask("first", "SELECT finding_id FROM out.finding WHERE rule_id = 'X05' AND status = 'open'")
    )
    now = set(
        story.ask("held", "SELECT finding_id FROM out.finding WHERE rule_id = 'X05' AND status = 'open'")
    )
    assert before and before <= now
    kept = "SELECT count(*) FROM out.finding WHERE rule_id = 'X05' AND evidence = '[]' AND explanation_zh LIKE '%尚待人工确认%'"
    assert story.ask("held", kept)[0][0] > 0


@pytest.mark.soak
def test_a_held_night_is_the_same_without_caches(story: Story, eve: Eve, tmp_path: Path) -> None:
    place = story.warehouse.parent
    eve.copied(tmp_path / "warehouse")
    again = night_of(place / "harmed", tmp_path / "warehouse", NIGHT, cache=False)
    assert story.outcomes["held"].summary["digest"] == again.summary["digest"]


def test_what_was_accepted_is_alerted_with_its_cause_and_stands_with_its_reason(story: Story) -> None:
    row = "SELECT item, findings_held, accepted_by, accepted_reason FROM audit.held WHERE accepted_by IS NOT NULL"
    assert story.ask("accepted", row) == [("P01", 0, "王主任", REASON)]
    causes = story.ask(
        "accepted", "SELECT cause, count(*) FROM out.alert WHERE rule_id = 'P01' GROUP BY cause"
    )
    assert dict(causes)["authorization"] > 30
    assert [row["item"] for row in story.outcomes["accepted"].summary["held"]] == ["vehicles"]  # type: ignore[attr-defined]
    totals = story.ask("accepted", "SELECT sum(n) FROM audit.change_total")
    assert totals == story.ask("accepted", "SELECT count(*) FROM out.alert")


def test_the_whole_delivery_undoes_it_as_if_it_had_never_been(story: Story, database: Path) -> None:
    assert story.outcomes["mended"].summary["held"] == []
    stands = (
        "SELECT finding_id, severity FROM out.finding"
        " WHERE rule_id = 'X05' AND status = 'open' AND first_seen <= DATE '2021-12-31'"
    )
    first, mended = dict(story.ask("first", stands)), dict(story.ask("mended", stands))
    with duckdb.connect(str(database), read_only=True) as con:  # the night without any harm
        unharmed = dict(con.execute(stands).fetchall())
    stayed = {finding for finding, severity in first.items() if unharmed.get(finding) == severity}
    assert len(stayed) > 5
    assert {finding: mended.get(finding) for finding in stayed} == {
        finding: first[finding] for finding in stayed
    }
    told = {finding for (finding,) in story.ask("mended", "SELECT finding_id FROM out.alert")}
    assert not told & stayed


def test_the_command_says_what_is_held_and_refuses_what_nobody_could_answer_for(story: Story) -> None:
    where = ("accept", "--warehouse", story.warehouse, "--night", NIGHT)
    listed = within(*where, "--list")
    assert listed.code == 0
    assert [row["item"] for row in listed.summary["held"]] == ["P01", "vehicles"]
    assert "accepted by 王主任" in listed.told and "source vehicles" in listed.told
    for given, said in (
        (("--rule", "X05", "--reason", "r", "--by", "b"), "Held on the night 2021-12-31: vehicles"),
        (("--source", "vehicles", "--by", "b"), "--reason"),
        (("--source", "vehicles", "--reason", "r"), "--by"),
        (("--source", "vehicles", "--reason", "13800138000", "--by", "b"), "nobody who is verified"),
        (("--reason", "r", "--by", "b"), "--list"),
    ):
        refused = within(*where, *given)
        assert refused.code == 2 and said in refused.told, refused.told


def test_a_roll_that_shrank_is_published_held_and_ends_with_1(
    landing: Path, eve: Eve, tmp_path: Path
) -> None:
    arrived, warehouse = tmp_path / "landing", eve.copied(tmp_path / "warehouse")
    copytree(landing, arrived)
    cut_off(delivery(arrived, "assistance_roll"), 0.3)
    ended = within("run", *options(arrived, warehouse), "--no-record")
    assert ended.code == 1
    summary = json.loads(ended.out.splitlines()[-1])
    assert summary["status"] == "published"
    assert "assistance_roll" in [row["item"] for row in summary["held"]]
    assert "hedui accept" in ended.told
    with duckdb.connect(summary["database"], read_only=True) as con:
        counts = con.execute(
            "SELECT count(*) FROM out.alert WHERE rule_id LIKE 'X%' OR change = 'cleared'"
        ).fetchall()
    assert counts == [(0,)]


@pytest.fixture(scope="module")
def sample_nights(sample_city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[date, Outcome]:
    """The sample city's two nights in one warehouse."""
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse"
    return {night: night_of(sample_city / "landing", warehouse, night) for night in (BEFORE, NIGHT)}


@pytest.mark.soak
@pytest.mark.sample
def test_the_sample_citys_two_nights_hold_nothing(sample_nights: dict[date, Outcome]) -> None:
    for outcome in sample_nights.values():
        assert outcome.published, outcome.why
        assert outcome.summary["held"] == []


@pytest.mark.soak
@pytest.mark.sample
def test_numbers_that_the_sample_citys_departments_claim_link_the_night_after(
    sample_nights: dict[date, Outcome],
) -> None:
    """identity.md: told as an event the night they are first linked by; the links are none by number."""
    told: dict[date, list[str]] = {}
    rows = (
        "SELECT count(*), count(*) FILTER (by_number) FROM core.social_insurance WHERE number_kind = 'foreign'"
        " AND decision = 'linked' AND method = 'probabilistic' AND list_contains($people, person_id)"
    )
    for night, outcome in sample_nights.items():
        with duckdb.connect(str(outcome.summary["database"]), read_only=True) as connection:
            events = connection.execute(
                "SELECT person_id FROM core.person_event WHERE event = 'number_claimed'"
            )
            told[night] = [person for (person,) in events.fetchall()]
            ((found, by_number),) = connection.execute(rows, {"people": told[night]}).fetchall()
    assert told[BEFORE] == [] and told[NIGHT]
    assert found and by_number == 0
