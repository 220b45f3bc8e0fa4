"""A real `hedui serve` for tests: started on folders of the test's own, asked by HTTP with its key, ended with all of its."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from tests.operating.marked import living

HEDUI: Final = Path(sys.executable).with_name("hedui")
PATIENCE: Final = 600
"""Seconds; a few on a machine that has nothing else to do."""
NIGHT: Final = "2021-12-31"
LAUNCH: Final = """mutation Launch($config: RunConfigData) {
  launchRun(executionParams: {
    selector: {repositoryLocationName: "hedui", repositoryName: "__repository__", jobName: "nightly"},
    runConfigData: $config,
    executionMetadata: {tags: [{key: "dagster/partition", value: "2021-12-31"}]}
  }) { __typename ... on RunConfigValidationInvalid { errors { message } } }
}"""
RUNS: Final = "{runsOrError {... on Runs {results {runId status tags {key value}}}}}"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    warehouse: Path
    log: Path
    mark: str

    @property
    def address(self) -> str:
        """The address with the key, as it stands in Dagster's home."""
        return (self.warehouse / "dagster" / "hedui-address").read_text().split()[0]

    @property
    def home(self) -> str:
        """The page's origin."""
        return self.address.partition("/enter")[0]

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.home).port or 0

    @property
    def key(self) -> str:
        """What a script bears."""
        return self.address.rpartition("=")[2]

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """Ask GraphQL as a script does that has the key."""
        with httpx.Client(trust_env=False, timeout=120) as client:
            answered = client.post(
                f"{self.home}/graphql",
                json={"query": query, "variables": variables},
                headers={"authorization": f"Bearer {self.key}"},
            )
        found: dict[str, Any] = answered.raise_for_status().json()["data"]
        return found

    def runs(self) -> list[dict[str, Any]]:
        """The runs that Dagster knows, the newest first."""
        found: list[dict[str, Any]] = self.ask(RUNS)["runsOrError"]["results"]
        return found

    def wait_for(self, what: str, found: Callable[[], object]) -> None:
        """Wait until something is there, as long as the server lives."""
        until = time.monotonic() + PATIENCE
        while not found():
            assert self.process.poll() is None, (
                f"`hedui serve` ended by itself before {what}:\n{self.log.read_text()}"
            )
            assert time.monotonic() < until, f"no {what} within {PATIENCE} s:\n{self.log.read_text()}"
            time.sleep(0.2)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal the server alone, as a terminal or systemd does, and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=90)


def heard() -> None:
    """Give a child the signals that a shell in the background, or Dagster after it, has taken away from the tests."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def served(folder: Path, landing: Path, *arguments: str, **environment: str) -> Iterator[Served]:
    """Run `hedui serve` on a free port until the test is over; yields when the page is there."""
    mark, log = uuid.uuid4().hex, folder / "serve.log"
    inherited = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    command = [HEDUI, "serve", "--landing", landing, "--warehouse", folder / "warehouse", "--port", "0"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--place", "rugao", "--layout", "jiangsu", *arguments],
            env=inherited | environment | {"HEDUI_MARK": mark},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=heard,
        )
    server = Served(process, folder / "warehouse", log, mark)
    try:
        server.wait_for("web page", lambda: "the schedule is on" in log.read_text())
        yield server
    finally:
        process.kill()
        process.wait()
        for pid in living(mark):
            os.kill(pid, signal.SIGKILL)
