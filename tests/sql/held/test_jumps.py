"""What is a jump, what it holds, what lets it go, and what the next night is held against."""

from datetime import date

import pytest

from tests.sql.held.conftest import BEFORE, NIGHT, Counted


@pytest.mark.parametrize(
    ("before", "now", "held"),
    [
        (100, 150, 0),  # half as many again is the band itself
        (100, 151, 151),
        (150, 100, 0),  # and the same the other way round
        (151, 100, 100),
        (2, 5, 0),  # more than double, and nothing to speak of
        (2, 31, 0),
        (2, 32, 32),
        (0, 30, 30),
        (60, 0, 0),  # nothing fires, so nothing is there to be held
    ],
)
def test_a_rule_that_finds_far_more_or_fewer_is_held(
    before: int, now: int, held: int, counted: Counted
) -> None:
    counted.stood("rule", "X05", "findings", before)
    counted.found("X05", now)
    assert sum(counted.held().values()) == held


def test_only_the_rule_that_jumped_is_held(counted: Counted) -> None:
    counted.stood("rule", "X05", "findings", 10)
    counted.stood("rule", "X18", "findings", 10)
    counted.found("X05", 60)
    counted.found("X18", 12, sources=["students"])
    assert counted.held() == {"rule:X05": 60}


def test_a_first_night_and_a_rule_or_source_that_is_new_hold_nothing(counted: Counted) -> None:
    counted.found("X05", 500)
    counted.delivered("vehicles", 100_000)
    assert counted.held() == {}
    assert counted.rows("SELECT * FROM audit.held") == []


def test_a_source_that_grew_holds_what_rests_on_its_rows_alone(counted: Counted) -> None:
    counted.stood("source", "vehicles", "rows_delivered", 1_000)
    counted.delivered("vehicles", 1_600)
    counted.found("X05", 3)
    counted.found("O03", 4, sources=["disability_certificates"])
    assert counted.held() == {"source:vehicles": 3}


def test_a_source_that_fell_also_holds_what_its_silence_may_have_made(counted: Counted) -> None:
    counted.stood("source", "vehicles", "rows_delivered", 1_600)
    counted.delivered("vehicles", 1_000)
    counted.found("O03", 4, sources=["disability_certificates"])
    counted.stood_open("O03", 1)  # this one was there before: the silence did not make it
    counted.found("X18", 2, sources=["students"])  # reads no vehicles
    assert counted.held() == {"source:vehicles": 3}


def test_of_the_roll_everything_rests(counted: Counted) -> None:
    counted.stood("source", "assistance_roll", "rows_delivered", 1_600)
    counted.delivered("assistance_roll", 160)
    counted.found("X05", 2, sources=["vehicles", "assistance_roll"])
    counted.found("O03", 3, sources=["disability_certificates"])
    assert counted.held() == {"source:assistance_roll": 5}


def test_what_would_clear_while_the_source_is_in_doubt_stands_as_it_did(counted: Counted) -> None:
    counted.stood("source", "vehicles", "rows_delivered", 1_600)
    counted.delivered("vehicles", 160)
    counted.stood_open("X05", 2, "red")
    counted.found("X05", 2, status="cleared", severity="red", sources=[])
    assert counted.held() == {"source:vehicles": 2}
    assert counted.rows("SELECT DISTINCT status, severity, held_why FROM held.standing") == [
        ("open", "red", "source:vehicles")
    ]


def test_what_clears_without_a_jump_clears(counted: Counted) -> None:
    counted.stood_open("X05", 2, "red")
    counted.found("X05", 2, status="cleared", severity="red", sources=[])
    assert counted.held() == {}
    assert counted.rows("SELECT DISTINCT status FROM held.standing") == [("cleared",)]


def test_a_clearing_that_rested_on_the_source_is_kept_whatever_the_rule_reads(counted: Counted) -> None:
    counted.stood("source", "vehicles", "rows_delivered", 1_600)
    counted.delivered("vehicles", 160)
    counted.stood_open("X18", 2)
    counted.found("X18", 2, status="cleared", sources=[])
    counted.con.execute("INSERT INTO state.finding_row VALUES ('X18-1', 'vehicles', 'I1', 'linked', 'P1')")
    counted.run()
    assert counted.rows("SELECT finding_id, kept FROM held.finding") == [("X18-1", True)]


def test_rows_that_could_not_be_used_count_as_well_as_rows_that_did_not_come(counted: Counted) -> None:
    for measure in ("rows_delivered", "rows_usable"):
        counted.stood("source", "vehicles", measure, 1_000)
    counted.delivered("vehicles", 1_000, bad=800)
    counted.found("X05", 1)
    assert counted.held() == {"source:vehicles": 1}
    assert counted.rows("SELECT measure, before, now FROM audit.held") == [("rows_usable", 1_000, 200)]


def test_who_authorized_is_no_jump_of_the_delivery(counted: Counted) -> None:
    for measure in ("rows_delivered", "rows_usable"):
        counted.stood("source", "bank_accounts", measure, 1_000)
    counted.delivered("bank_accounts", 1_000, unauthorized=900)
    counted.found("X05", 1, sources=["bank_accounts"])
    assert counted.held() == {}


def test_what_a_newer_increment_replaces_counts_once(counted: Counted) -> None:
    counted.stood("source", "vehicles", "rows_delivered", 1_000)
    counted.delivered("vehicles", 1_000, replaced=900)
    counted.delivered("vehicles", 950)
    assert counted.held() == {}
    assert counted.rows(
        "SELECT now FROM held.figure WHERE item = 'vehicles' AND measure = 'rows_delivered'"
    ) == [(1_050,)]


def test_an_absent_source_is_no_jump_and_its_figure_is_remembered(counted: Counted) -> None:
    counted.stood("source", "vehicles", "rows_delivered", 1_000)
    assert counted.held() == {}
    assert counted.rows("SELECT n, counted_on FROM carry.counted WHERE item = 'vehicles'") == [
        (1_000, BEFORE)
    ]


def test_a_held_figure_is_not_what_the_next_night_is_held_against(counted: Counted) -> None:
    counted.stood("rule", "X05", "findings", 10)
    counted.stood("rule", "X18", "findings", 10)
    counted.found("X05", 60)
    counted.found("X18", 12, sources=["students"])
    counted.run()
    carried = (
        "SELECT item, n, counted_on FROM carry.counted WHERE kind = 'rule' AND item <> 'O03' ORDER BY ALL"
    )
    assert counted.rows(carried) == [("X05", 10, BEFORE), ("X18", 12, NIGHT)]


def test_an_accepted_jump_holds_nothing_says_who_and_is_the_new_figure(counted: Counted) -> None:
    counted.stood("rule", "X05", "findings", 10)
    counted.found("X05", 60)
    counted.accepted("rule", "X05", seq=7, measure="findings", now=60, counted_on=BEFORE)
    assert counted.held() == {}
    assert counted.rows(
        "SELECT before, now, findings_held, accepted_by, accepted_reason, accepted_seq FROM audit.held"
    ) == [(10, 60, 0, "王", "旧系统并入", 7)]
    assert counted.rows("SELECT n, counted_on FROM carry.counted WHERE item = 'X05'") == [(60, NIGHT)]


ACCEPTED = [
    ("beforehand, for this night", {"night": NIGHT}, True),
    ("beforehand, for another night", {"night": BEFORE}, False),
    (
        "on the night before, against the same figure",
        {"night": BEFORE, "now": 55, "counted_on": BEFORE},
        True,
    ),
    ("against another figure", {"night": BEFORE, "now": 55, "counted_on": date(2021, 12, 1)}, False),
    ("when it was far smaller", {"night": BEFORE, "now": 20, "counted_on": BEFORE}, False),
    ("this very night, when it was far smaller", {"night": NIGHT, "now": 20, "counted_on": BEFORE}, False),
    ("on a later night", {"night": date(2022, 1, 1), "now": 60, "counted_on": BEFORE}, False),
]


@pytest.mark.parametrize(
    ("entry", "lets_go"), [case[1:] for case in ACCEPTED], ids=[case[0] for case in ACCEPTED]
)
def test_an_acceptance_is_for_what_was_seen(
    entry: dict[str, object], lets_go: bool, counted: Counted
) -> None:
    counted.stood("rule", "X05", "findings", 10)
    counted.found("X05", 60)
    counted.accepted("rule", "X05", **{"measure": "findings", **entry})
    assert (counted.held() == {}) == lets_go


def test_one_acceptance_does_not_let_another_go(counted: Counted) -> None:
    counted.stood("rule", "X05", "findings", 10)
    counted.stood("source", "vehicles", "rows_delivered", 1_000)
    counted.found("X05", 60)
    counted.delivered("vehicles", 5_000)
    counted.accepted("rule", "X05")
    assert counted.held() == {"source:vehicles": 60}
