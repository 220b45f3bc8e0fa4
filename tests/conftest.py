"""Fixtures that more than one part's tests use."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from pipelines.loading import uncollected
from tests import chance

chance.register()

HOUSE = Path(__file__).parents[1]
SHARED = HOUSE.parent / "shared"
TOGETHER = ("night", "rules", "report", "review")
"""Folders whose tests share what is dear to make (published nights, judged cases): one process makes it once."""


class Together(LoadScopeScheduling):
    """Sends the tests of a file, or of a folder that shares what is dear to make, to one process."""

    def _split_scope(self, nodeid: str) -> str:
        folder = nodeid.split("/")[1]
        return folder if folder in TOGETHER else nodeid.split("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """Let `pytest -n` share tests out so."""
    return Together(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Import the tests, and all that they test, as the commands import Dagster."""
    with uncollected():
        return (yield)


@pytest.fixture(scope="session")
def sample_city() -> Path:
    """The sample city beside the checkout; CI has it."""
    city = SHARED / "sample_city"
    if not city.is_dir():
        pytest.skip("the sample city (../shared/sample_city) does not lie beside this checkout")
    return city


@pytest.fixture(scope="session", autouse=True)
def installation_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A key of the tests' own, so that no test touches the user's."""
    before = os.environ.get("HEDUI_KEY_FILE")
    file = tmp_path_factory.mktemp("key") / "key"
    file.write_text("made-up key for tests only, 0123456789\n")
    os.environ["HEDUI_KEY_FILE"] = str(file)
    yield file
    if before is None:
        os.environ.pop("HEDUI_KEY_FILE")
    else:
        os.environ["HEDUI_KEY_FILE"] = before
