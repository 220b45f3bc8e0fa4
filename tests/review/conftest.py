"""A made warehouse, its draw and its workbook."""

import shutil
from pathlib import Path

import pytest

from casework.review.drawing import Review, draw_review, export_review
from exports import Wanted
from tests.review.made import warehouse as made_warehouse


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_warehouse(tmp_path_factory.mktemp("made") / "warehouse")


@pytest.fixture
def warehouse(made: Path, tmp_path: Path) -> Path:
    """A copy of the made warehouse, to be written to."""
    return Path(shutil.copytree(made, tmp_path / "warehouse", symlinks=True))


@pytest.fixture
def review(warehouse: Path) -> Review:
    return draw_review(warehouse, None, Wanted(sample=30))


@pytest.fixture
def workbook(warehouse: Path) -> Path:
    path, _ = export_review(warehouse, None, None, Wanted(sample=30))
    return path
