"""The graph that Dagster schedules: every model is an asset, what blocks blocks, the tick runs the day before."""

from datetime import UTC, datetime

import dagster as dg
import pytest

from assets.groups import ORDER, backward
from pipelines.definitions import defs
from sources import CONTRACTS
from sql.models import models
from warehouse.comments import BY_HAND


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return defs()


@pytest.fixture(scope="module")
def keys(definitions: dg.Definitions) -> set[str]:
    return {
        key.to_user_string().replace("/", ".")
        for key in definitions.resolve_asset_graph().get_all_asset_keys()
    }


def test_every_model_and_every_source_is_an_asset(keys: set[str]) -> None:
    assert set(models()) <= keys
    assert {f"{layer}.{source}" for layer in ("raw", "core") for source in CONTRACTS} <= keys


def test_nothing_is_read_that_nobody_makes(keys: set[str]) -> None:
    read = {table for model in models().values() for table in model.reads}
    assert read - keys == set()


def test_a_table_is_described_in_the_same_words_here_and_where_it_is_published(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    shown = {".".join(key.path): graph.get(key).description for key in graph.get_all_asset_keys()}
    said = {name: model.description for name, model in models().items()}
    said |= {f"core.{name}": contract.grain for name, contract in CONTRACTS.items()} | BY_HAND
    named = shown.keys() & said.keys()
    assert said.keys() - named == {"audit.run", "audit.step"}  # the step that publishes fills them
    assert {name for name in named if shown[name] != said[name]} == set()


def test_every_asset_is_part_of_the_night(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    assert graph.external_asset_keys == set()
    assert {graph.get(key).partitions_def is not None for key in graph.get_all_asset_keys()} == {True}
    nightly = definitions.resolve_job_def("nightly")
    assert nightly.asset_layer.selected_asset_keys == set(graph.get_all_asset_keys())


def test_the_grain_of_every_model_blocks(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    checks = {key for key in graph.asset_check_keys if key.name == "grain_is_unique"}
    assert len(checks) == len(models())
    assert all(graph.get_check_spec(key).blocking for key in checks)


def test_roll_and_registry_block_and_the_others_warn(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    for source in CONTRACTS:
        for name in ("honours_contract", "rows_are_conserved"):
            spec = graph.get_check_spec(dg.AssetCheckKey(dg.AssetKey(["raw", source]), name))
            assert spec.blocking == (source in ("assistance_roll", "household_registry"))


def test_gated_sources_come_after_authorization(definitions: dg.Definitions) -> None:
    """Nothing of them is read before: one step makes `raw` and `core`, whole or not at all, and waits for authorization."""
    for source in CONTRACTS:
        if source not in ("assistance_roll", "household_registry"):
            made = definitions.resolve_assets_def(dg.AssetKey(["core", source]))
            assert made.keys == {dg.AssetKey([layer, source]) for layer in ("raw", "core")}
            assert not made.can_subset
            assert {dg.AssetKey(["link", name]) for name in ("person", "authorized")} <= set(
                made.dependency_keys
            )


@pytest.mark.parametrize(
    ("tick", "night"),
    [
        ("2021-12-31T17:30:00", "2021-12-31"),  # 01:30 in Shanghai on 1 January
        ("2022-02-28T17:30:00", "2022-02-28"),
    ],
)
def test_the_tick_of_the_next_day_runs_the_night(definitions: dg.Definitions, tick: str, night: str) -> None:
    schedule = definitions.resolve_schedule_def("every_night")
    assert schedule.cron_schedule == "30 1 * * *"
    assert schedule.execution_timezone == "Asia/Shanghai"
    moment = datetime.fromisoformat(tick).replace(tzinfo=UTC)
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(
            instance=instance,
            scheduled_execution_time=moment,
            repository_def=definitions.get_repository_def(),
        )
        (request,) = schedule.evaluate_tick(context).run_requests or []
    assert request.partition_key == night


def test_the_lineage_page_reads_from_left_to_right(definitions: dg.Definitions) -> None:
    """Seven groups in the order of the sentence; nothing turns back."""
    graph = definitions.resolve_asset_graph()
    keys = graph.get_all_asset_keys()
    assert {graph.get(key).group_name for key in keys} == set(ORDER) and len(ORDER) == 7
    edges = [(parent.path, key.path) for key in keys for parent in graph.get(key).parent_keys]
    assert backward((".".join(one), ".".join(other)) for one, other in edges) == []
