"""A made warehouse, its draw and its workbook."""

from pathlib import Path

import pytest

from exports import Wanted
from pipelines.reviewing import Review, draw_review, export_review
from tests.review.made import warehouse as made_warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return made_warehouse(tmp_path / "warehouse")


@pytest.fixture
def review(warehouse: Path) -> Review:
    return draw_review(warehouse, None, Wanted(sample=30))


@pytest.fixture
def workbook(warehouse: Path) -> Path:
    path, _ = export_review(warehouse, None, None, Wanted(sample=30))
    return path
