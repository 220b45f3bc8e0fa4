"""Every private name of Dagster that is used here, so that an upgrade that breaks one breaks in one place.

`tests/operating/test_private_dagster.py` names the version with which they were tried. Not here: what is made of them
(unrecorded.py, serving/page.py).
"""

from dagster._core.instance import InstanceType
from dagster._core.launcher.sync_in_memory_run_launcher import SyncInMemoryRunLauncher
from dagster._core.run_coordinator import DefaultRunCoordinator
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.noop_compute_log_manager import NoOpComputeLogManager
from dagster._core.storage.root import TemporaryLocalArtifactStorage
from dagster._core.storage.runs import InMemoryRunStorage
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget

__all__ = [
    "DefaultRunCoordinator",
    "InMemoryEventLogStorage",
    "InMemoryRunStorage",
    "InstanceType",
    "NoOpComputeLogManager",
    "SyncInMemoryRunLauncher",
    "TemporaryLocalArtifactStorage",
    "WorkspaceFileTarget",
    "WorkspaceProcessContext",
]
