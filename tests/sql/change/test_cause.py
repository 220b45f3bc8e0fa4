"""Every cause of a change, and which is nearest where several could be."""

from datetime import date

import pytest

from tests.sql.change.conftest import BEFORE, TONIGHT, Nights, Side


def test_a_row_delivered_since_is_data(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P2", "vehicles", 7)
    assert nights.cause() == "data"


def test_a_row_that_says_something_else_is_data(nights: Nights) -> None:
    nights.finds(BEFORE, severity="yellow")
    nights.finds(TONIGHT)
    nights.says(BEFORE, "P1", "vehicles", 6)
    nights.says(TONIGHT, "P1", "vehicles", 7)
    assert nights.cause() == "data"


def test_a_row_delivered_no_more_clears_as_data(nights: Nights) -> None:
    nights.finds(BEFORE)
    nights.says(BEFORE, "P2", "vehicles", 7)
    assert nights.alerts("change, cause, severity_before, severity_after") == [
        ("cleared", "data", "red", None)
    ]


def test_the_roll_is_data_too(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "assistance_roll", 2)
    assert nights.cause() == "data"


def test_what_no_part_of_the_rule_reads_is_no_cause(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "bank_accounts", 9)
    nights.says(TONIGHT, "P3", "vehicles", 9)
    assert nights.cause() == "time"


def test_nothing_but_the_date_is_time(nights: Nights) -> None:
    nights.finds(TONIGHT)
    assert nights.cause() == "time"


@pytest.mark.parametrize(
    ("before", "tonight"),
    [
        (("review", "P1"), ("linked", "P1")),
        (("unlinked", None), ("linked", "P1")),
        (("unlinked", None), ("review", "P1")),
        (("review", "P9"), ("review", "P1")),
    ],
)
def test_an_identity_known_before_and_linked_otherwise_is_a_link(
    before: tuple[str, str | None], tonight: tuple[str, str], nights: Nights
) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "vehicles", 7)
    nights.add(
        BEFORE, "unlinked", source="vehicles", identity_id="I1", decision=before[0], person_id=before[1]
    )
    linked, candidate = (tonight[1], None) if tonight[0] == "linked" else (None, tonight[1])
    nights.con.execute(
        "INSERT INTO core.person_link VALUES ('vehicles', 'I1', ?, ?, ?)", [tonight[0], linked, candidate]
    )
    assert nights.cause() == "link"


def test_a_row_behind_the_finding_that_is_linked_to_another_clears_as_link(nights: Nights) -> None:
    nights.finds(BEFORE)
    nights.says(BEFORE, "P1", "vehicles", 7)
    row = {"source": "vehicles", "identity_id": "I1", "decision": "linked", "person_id": "P1"}
    nights.add(BEFORE, "finding_row", finding_id="F1", **row)
    nights.con.execute("INSERT INTO core.person_link VALUES ('vehicles', 'I1', 'linked', 'P9', NULL)")
    assert nights.cause() == "link"


def test_the_same_rows_in_doubt_tonight_are_a_link(nights: Nights) -> None:
    nights.finds(BEFORE)
    nights.finds(TONIGHT, severity="yellow", lowered_by="review")
    for side in (BEFORE, TONIGHT):
        nights.says(side, "P1", "vehicles", 7)
    nights.con.execute("INSERT INTO core.person_link VALUES ('vehicles', 'I1', 'review', NULL, 'P1')")
    assert nights.cause() == "link"


def test_a_new_row_in_doubt_is_data(nights: Nights) -> None:
    nights.finds(TONIGHT, severity="yellow", lowered_by="review")
    nights.says(TONIGHT, "P1", "vehicles", 7)
    nights.con.execute("INSERT INTO core.person_link VALUES ('vehicles', 'I1', 'review', NULL, 'P1')")
    assert nights.cause() == "data"


def test_other_rows_of_one_person_from_the_same_delivery_are_a_link(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "vehicles", 7)
    nights.change(TONIGHT, "source", "delivery = 'one'")
    nights.change(BEFORE, "source", "delivery = 'one'")
    assert nights.cause() == "link"


@pytest.mark.parametrize("event", ["merged", "split"])
def test_an_id_merged_or_split_is_a_link(event: str, nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "assistance_roll", 2)
    nights.con.execute("INSERT INTO core.person_event VALUES ('P8', ?, 'P1')", [event])
    assert nights.cause() == "link"


@pytest.mark.parametrize(("there", "not_there"), [(TONIGHT, BEFORE), (BEFORE, TONIGHT)])
def test_a_source_that_came_or_went_is_the_cause_of_its_rows(
    there: Side, not_there: Side, nights: Nights
) -> None:
    nights.finds(there)
    nights.says(there, "P1", "vehicles", 7)
    nights.change(not_there, "source", "state = 'absent', delivery = NULL", "source = 'vehicles'")
    assert nights.cause() == "source"


@pytest.mark.parametrize("state", ["stale", "late"])
def test_a_source_grown_stale_or_late_is_the_cause_where_nothing_else_changed(
    state: str, nights: Nights
) -> None:
    nights.finds(BEFORE)
    nights.change(TONIGHT, "source", f"state = '{state}'", "source = 'vehicles'")
    assert nights.cause() == "source"


def test_a_red_lowered_for_a_stale_source_is_source_whatever_else_changed(nights: Nights) -> None:
    nights.finds(BEFORE)
    nights.finds(TONIGHT, severity="yellow", lowered_by="stale_source")
    nights.says(TONIGHT, "P1", "assistance_roll", 2)
    assert nights.alerts("change, cause") == [("better", "source")]


def test_a_red_lowered_for_a_figure_nobody_confirmed_is_policy(nights: Nights) -> None:
    nights.finds(BEFORE, rule_id="X04")
    nights.finds(TONIGHT, rule_id="X04", severity="yellow", lowered_by="unconfirmed_figure")
    nights.says(TONIGHT, "P1", "assistance_roll", 2)
    assert nights.cause() == "policy"


@pytest.mark.parametrize("assignment", ["value = '2'", "in_force = FALSE", "unconfirmed = TRUE"])
def test_a_figure_the_rule_reads_is_policy(assignment: str, nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.change(TONIGHT, "figure", assignment, "name = 'vehicle_value_limit'")
    assert nights.cause() == "policy"


def test_a_figure_that_took_effect_is_policy(nights: Nights) -> None:
    nights.finds(BEFORE, rule_id="X04")
    figure = {"name": "dibao_standard", "key": "rural", "value": "2", "in_force": True, "unconfirmed": False}
    nights.add(TONIGHT, "figure", effective_from=date(2021, 12, 31), **figure)
    assert nights.cause() == "policy"


def test_a_figure_the_rule_does_not_read_is_no_cause(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.change(TONIGHT, "figure", "value = '2'", "name = 'dibao_standard'")
    assert nights.cause() == "time"


def test_another_condition_is_the_rule(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.change(TONIGHT, "rule", "condition_digest = 'two'", "rule_id = 'X05'")
    assert nights.cause() == "rule"


def test_a_rule_that_was_not_in_the_catalogue_is_the_cause_of_all_it_finds(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "vehicles", 7)
    nights.con.execute("DELETE FROM state.rule WHERE rule_id = 'X05'")
    assert nights.cause() == "rule"


def test_a_row_of_the_person_is_nearer_than_a_figure_or_a_rule(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "vehicles", 7)
    nights.change(TONIGHT, "figure", "value = '2'")
    nights.change(TONIGHT, "rule", "condition_digest = 'two'")
    assert nights.cause() == "data"


@pytest.mark.parametrize(("before", "tonight"), [(True, False), (False, True)])
def test_an_authorization_given_or_ended_is_the_cause_where_the_rule_rests_on_it(
    before: bool, tonight: bool, nights: Nights
) -> None:
    nights.finds(TONIGHT if tonight else BEFORE, rule_id="X04")
    nights.change(BEFORE, "authorization", f"authorized = {before}", "person_id = 'P2'")
    nights.change(TONIGHT, "authorization", f"authorized = {tonight}", "person_id = 'P2'")
    nights.says(TONIGHT if tonight else BEFORE, "P2", "bank_accounts", 7)
    nights.says(TONIGHT, "P2", "assistance_roll", 2)
    assert nights.cause() == "authorization"


def test_an_authorization_is_nearer_than_a_source_that_came(nights: Nights) -> None:
    """Both changed between the nights: what is known of the family's people goes before what came for the whole place."""
    nights.finds(TONIGHT, rule_id="X04")
    nights.change(BEFORE, "authorization", "authorized = FALSE", "person_id = 'P2'")
    nights.says(TONIGHT, "P2", "assistance_roll", 7)
    nights.change(BEFORE, "source", "state = 'absent', delivery = NULL", "source = 'assistance_roll'")
    assert nights.cause() == "authorization"


def test_a_red_lowered_for_a_stale_source_is_source_though_an_authorization_changed(nights: Nights) -> None:
    nights.finds(BEFORE, rule_id="X04")
    nights.finds(TONIGHT, rule_id="X04", severity="yellow", lowered_by="stale_source")
    nights.change(BEFORE, "authorization", "authorized = FALSE", "person_id = 'P2'")
    assert nights.cause() == "source"


def test_no_authorization_is_caused_by_the_one_that_ended(nights: Nights) -> None:
    nights.finds(TONIGHT, rule_id="P01", person_id="P1", severity="yellow")
    nights.change(TONIGHT, "authorization", "authorized = FALSE", "person_id = 'P1'")
    assert nights.cause() == "authorization"


def test_another_members_authorization_is_not_ones_own(nights: Nights) -> None:
    nights.finds(TONIGHT, rule_id="P01", person_id="P1", severity="yellow")
    nights.change(TONIGHT, "authorization", "authorized = FALSE", "person_id = 'P2'")
    assert nights.cause() == "time"


def test_a_rule_that_reads_no_gated_source_rests_on_no_authorization(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.change(TONIGHT, "authorization", "authorized = FALSE")
    assert nights.cause() == "time"


def test_a_person_new_on_the_roll_is_data_with_all_that_gated_sources_say_of_him(nights: Nights) -> None:
    nights.finds(TONIGHT, rule_id="X04")
    nights.con.execute("DELETE FROM state.authorization WHERE person_id = 'P1'")
    nights.says(TONIGHT, "P1", "assistance_roll", 2)
    nights.says(TONIGHT, "P1", "bank_accounts", 7)
    for side in (BEFORE, TONIGHT):
        nights.change(side, "source", "delivery = 'one'", "source = 'bank_accounts'")
    assert nights.cause() == "data"


@pytest.mark.parametrize("engine", ["NULL", "'v0.1'"])
def test_a_state_that_cannot_be_compared_with_leaves_the_cause_open(engine: str, nights: Nights) -> None:
    nights.con.execute(f"UPDATE state.night SET engine = {engine}")
    nights.con.execute("DELETE FROM state.source")
    nights.finds(TONIGHT)
    nights.finds(BEFORE, finding="F2", rule_id="P01")
    assert nights.alerts("finding_id, change, cause") == [("F1", "new", None), ("F2", "cleared", None)]


def test_changes_in_total(nights: Nights) -> None:
    nights.finds(TONIGHT)
    nights.finds(TONIGHT, finding="F2")
    nights.finds(BEFORE, finding="F3", rule_id="X04")
    nights.says(TONIGHT, "P2", "vehicles", 7)
    assert nights.alerts("rule_id, change, cause, n", "audit.change") == [
        ("X04", "cleared", "time", 1),
        ("X05", "new", "data", 2),
    ]


def test_a_first_night_alerts_nobody(nights: Nights) -> None:
    nights.con.execute("DELETE FROM state.night")
    nights.finds(TONIGHT)
    assert nights.alerts("change") == []


def test_what_stays_as_it_was_is_no_alert(nights: Nights) -> None:
    nights.finds(BEFORE)
    nights.finds(TONIGHT)
    nights.says(TONIGHT, "P1", "vehicles", 7)
    assert nights.alerts("change") == []


@pytest.mark.parametrize(
    ("before", "tonight", "change"), [("yellow", "red", "worse"), ("red", "yellow", "better")]
)
def test_another_colour_is_worse_or_better(before: str, tonight: str, change: str, nights: Nights) -> None:
    nights.finds(BEFORE, severity=before)
    nights.finds(TONIGHT, severity=tonight)
    assert nights.alerts("change, severity_before, severity_after") == [(change, before, tonight)]


def test_a_refuted_finding_is_new_when_it_speaks_again_and_never_clears(nights: Nights) -> None:
    nights.finds(BEFORE)
    nights.finds(BEFORE, finding="F2", rule_id="P01")
    nights.change(BEFORE, "finding", "status = 'refuted'")
    nights.finds(TONIGHT)
    assert nights.alerts("finding_id, change, severity_before") == [("F1", "new", None)]
