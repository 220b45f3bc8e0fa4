"""A made warehouse, its draw and its workbook."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from casework.published import published
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


@pytest.fixture(scope="session")
def drawn(made: Path) -> Review:
    return draw_review(made, None, Wanted(sample=30))


@pytest.fixture
def review(drawn: Review, warehouse: Path) -> Review:
    """The draw, of the copy."""
    return replace(drawn, of=published(warehouse, None))


@pytest.fixture(scope="session")
def exported(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A warehouse with a workbook, and where in it that lies."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("exported") / "warehouse", symlinks=True))
    path, _ = export_review(folder, None, None, Wanted(sample=30))
    return folder, path.relative_to(folder)


@pytest.fixture
def workbook(exported: tuple[Path, Path], warehouse: Path) -> Path:
    """The workbook, in the copy, whose ledger knows it."""
    folder, place = exported
    shutil.rmtree(warehouse)
    shutil.copytree(folder, warehouse, symlinks=True)
    return warehouse / place
