"""The code location: the assets folder, the nightly job, schedule and sensors, bound to this environment's inputs.

Not here: inputs themselves. A run reads them from the environment (`ScheduledNight`); `hedui run` hands its own over.
"""

from pathlib import Path

import dagster as dg

from pipelines.resources import ScheduledNight
from pipelines.schedules import every_night, nightly
from pipelines.sensors import sensors


@dg.definitions
def defs() -> dg.Definitions:
    """Load ``assets/`` and bind it to the night that the environment names."""
    return dg.Definitions.merge(
        dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
        dg.Definitions(
            jobs=[nightly],
            schedules=[every_night],
            sensors=sensors,
            resources={"night": ScheduledNight()},
            executor=dg.in_process_executor,
        ),
    )
