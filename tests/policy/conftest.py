"""A folder of profiles that a test may write."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """
title: {zh: 测试县, en: Test county}
inherits: [illustrative]
dibao_standard:
  unit: yuan per person and month
  values:
    2021-07-01: {urban: 700, rural: 600}
  reference: made up for tests
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good profile, `county`."""
    (tmp_path / "county.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Callable[[str], Path]:
    """Append text to the good profile."""

    def append(text: str) -> Path:
        file = folder / "county.yaml"
        file.write_text(GOOD + text, encoding="utf-8")
        return folder

    return append
