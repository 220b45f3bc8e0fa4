"""How old a snapshot is on the night is a warning by the contract's days, whenever the table itself was made."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import dagster as dg
import polars as pl
import pytest

from assets.delivery_checks import ENDS, check_results
from pipelines.definitions import defs
from sources import CONTRACTS, Intake

NIGHT = date(2021, 12, 31)
NO_FILES = pl.DataFrame(
    schema={"refused_why": pl.String} | dict.fromkeys(("rows_delivered", *ENDS), pl.Int64)
)


def fresh(source: str, age: int | None) -> dg.AssetCheckResult:
    """The check of a source whose newest usable snapshot is ``age`` days old, or absent."""
    of = None if age is None else NIGHT - timedelta(days=age)
    intake = cast("Intake", SimpleNamespace(snapshot_date=of, files=NO_FILES))
    (found,) = [
        each
        for each in check_results(CONTRACTS[source], intake, NIGHT)
        if each.check_name == "fresh_on_the_night"
    ]
    return found


@pytest.mark.parametrize("source", sorted(CONTRACTS))
def test_the_contracts_days_are_the_line(source: str) -> None:
    days = CONTRACTS[source].fresh_for_days
    assert fresh(source, days).passed
    late = fresh(source, days + 1)
    assert not late.passed and late.severity == dg.AssetCheckSeverity.WARN
    assert (late.metadata["age_days"].value, late.metadata["limit_days"].value) == (days + 1, days)


def test_an_absent_source_is_not_fresh() -> None:
    found = fresh("deaths", None)
    assert not found.passed and found.metadata["snapshot"].value == "absent"


def test_a_publication_is_overdue_at_seven() -> None:
    graph = defs().resolve_asset_graph()
    policies = {
        key.path[1]: graph.get(key).freshness_policy
        for key in map(dg.AssetKey, (["published", "analyst"], ["published", "restricted"]))
    }
    assert {(name, policy.deadline_cron, policy.timezone) for name, policy in policies.items()} == {
        ("analyst", "0 7 * * *", "Asia/Shanghai"),
        ("restricted", "0 7 * * *", "Asia/Shanghai"),
    }
