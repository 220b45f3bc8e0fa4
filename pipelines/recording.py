"""A night that `hedui run` or `demo` ran, as Dagster's web page shows it: one materialisation an asset, and the checks that failed.

Written after the night by Dagster's public API, in two processor seconds at most, where a recorded run takes ten and more
(docs/decisions). Counts only, nothing of a person. A night never fails for it. Not here: Dagster's home (instance.py), runs
that Dagster itself launches, which record themselves.
"""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import dagster as dg

from pipelines.instance import instance_of

log = logging.getLogger("hedui")


def record(warehouse: Path, events: Iterable[dg.DagsterEvent], *, published: bool) -> int:
    """Write down what a night made, and return how many entries that are.

    Args:
        warehouse: whose Dagster home is meant (`pipelines.instance.home`).
        events: of the run that ended.
        published: whether it was published; of a night that was not, only the failed checks are shown.
    """
    shown = list(_shown(events, published=published))
    try:
        with instance_of(warehouse) as instance:
            for each in shown:
                instance.report_runless_asset_event(each)
    except Exception as error:
        log.warning(
            "The night could not be shown on Dagster's page (%s); it is published or not as said above.",
            type(error).__name__,
        )
        return 0
    return len(shown)


def _shown(
    events: Iterable[dg.DagsterEvent], *, published: bool
) -> Iterator[dg.AssetMaterialization | dg.AssetCheckEvaluation]:
    """Yield what is shown of the events of a run."""
    for event in events:
        if event.event_type == dg.DagsterEventType.ASSET_MATERIALIZATION and published:
            yield event.step_materialization_data.materialization
        elif event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if not check.passed:
                yield check
