"""Fixtures that more than one part's tests use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import chance

chance.register()

HOUSE = Path(__file__).parents[1]
SHARED = HOUSE.parent / "shared"
TOGETHER = ("night", "rules", "report", "review")
"""Folders whose tests share what is dear to make (published nights, judged cases): one process makes it once."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that share fixtures run in one process (`--dist loadgroup`), the dearest first."""

    def group(item: pytest.Item) -> str:
        parts = item.path.relative_to(HOUSE / "tests").parts
        return parts[0] if parts[0] in TOGETHER else "/".join(parts)

    items.sort(key=lambda item: (*TOGETHER, group(item)).index(group(item)))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item)))


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
