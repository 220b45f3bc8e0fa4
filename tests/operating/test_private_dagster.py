"""The one module that leans on Dagster's private names says when an upgrade breaks it."""

import ast
import importlib.metadata

import dagster as dg

from pipelines import unrecorded
from warehouse.manifest import HOUSE

TRIED = "1.13.27"
"""The version with which the private names were tried: a night runs unrecorded, and `hedui serve` shows its page."""


def private_imports() -> set[str]:
    """Modules of ours that import a private module of Dagster."""
    found = set()
    for path in [*HOUSE.glob("pipelines/**/*.py"), *HOUSE.glob("assets/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dagster._"):
                found.add(str(path.relative_to(HOUSE)))
    return found


def test_private_names_are_in_one_module() -> None:
    assert private_imports() == {"pipelines/private_dagster.py"}


def test_the_version_is_the_one_it_was_tried_with() -> None:
    assert importlib.metadata.version("dagster") == TRIED, (
        "Dagster is another version. Run tests/operating and `hedui demo`; where both are well, write the version here."
    )


def test_a_run_is_carried_out_and_nothing_of_it_is_kept() -> None:
    @dg.asset
    def made() -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"dagster/row_count": 3})

    with unrecorded.unrecorded() as instance:
        done = dg.materialize([made], instance=instance)
        assert done.success
        (event,) = done.get_asset_materialization_events()
        assert event.step_materialization_data.materialization.metadata["dagster/row_count"].value == 3
        assert instance.get_latest_materialization_event(dg.AssetKey("made")) is None
        assert instance.all_logs(done.run_id) == []
