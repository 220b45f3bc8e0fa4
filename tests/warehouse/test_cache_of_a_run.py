"""What a run does to the cache when it ends, and what its entries rest on beside code."""

import os
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from pipelines import resources
from sources import CONTRACTS
from warehouse.cache import KEPT_DAYS, Cache
from warehouse.paths import WarehousePaths


def run_of(tmp_path: Path, *, use_cache: bool) -> Any:
    """What a run is given, as far as its arrivals look."""
    paths = WarehousePaths(tmp_path / "warehouse")
    return SimpleNamespace(
        landing=tmp_path,
        date=date(2021, 12, 31),
        use_cache=use_cache,
        layout=None,
        paths=paths,
        gated=frozenset(CONTRACTS),
    )


def test_a_run_without_cache_leaves_no_old_rows_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "warehouse" / "cache", "earlier")
    draft = cache.draft("bank_accounts")
    draft.write({"": pl.DataFrame({"balance": [1]})})
    path = cache.keep(draft, "abc").path()
    old = time.time() - (KEPT_DAYS + 1) * 86_400
    os.utime(path, (old, old))
    inputs = run_of(tmp_path, use_cache=False)
    with resources._arrivals(inputs, tmp_path / "work" / "cache", "run"):
        pass
    assert not path.exists()


def test_a_cache_that_cannot_be_tidied_does_not_fail_a_published_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(_: Cache) -> None:
        raise PermissionError(13, "Permission denied", "cache/vehicles/abc.parquet")

    monkeypatch.setattr(Cache, "clear", refused)
    inputs = run_of(tmp_path, use_cache=True)
    with resources._arrivals(inputs, inputs.paths.cache, "run"):
        pass
    assert "could not be removed: cache/vehicles/abc.parquet: Permission denied" in caplog.text
