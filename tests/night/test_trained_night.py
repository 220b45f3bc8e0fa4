"""A night with a model that was trained on the night before it: named, not drifted, and no link of another model's."""

import json
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pytest

import pipelines.run
from casework.quality import export_links, export_quality
from casework.training import train_night
from matching import parse
from matching.training import train
from pipelines.settings import Settings
from tests.night.conftest import NIGHT, Ended


@dataclass(frozen=True)
class Trained:
    """A model file trained on a night, and the database of that night run with it beside the shipped model's cache."""

    before: Path
    file: Path
    database: Path


def with_model(landing: Path, before: Path, to: Path, file: Path, *, cache: bool) -> Path:
    """Run the night again with a model in a copy of its warehouse."""
    shutil.copytree(before, to, symlinks=True)
    settings = Settings(NIGHT, landing, to, "rugao", "jiangsu", use_cache=cache, model=file)
    outcome = pipelines.run.run_night(settings)
    assert outcome.published, outcome.why
    return Path(str(outcome.summary["database"]))


@pytest.fixture(scope="module")
def trained(published: Ended, landing: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    folder = tmp_path_factory.mktemp("trained")
    before = Path(published.summary["database"]).parents[2]
    file = folder / "model.yaml"
    with pytest.MonkeyPatch.context() as patch:  # how often strangers agree need not be known as exactly
        patch.setattr("casework.training.train", partial(train, pairs=50_000))
        train_night(before, None, file, None, lambda _: None)
    return Trained(before, file, with_model(landing, before, folder / "kept", file, cache=True))


@pytest.mark.soak
def test_no_link_of_another_model_is_taken_from_the_cache(
    trained: Trained, landing: Path, tmp_path: Path
) -> None:
    anew = with_model(landing, trained.before, tmp_path / "anew", trained.file, cache=False)
    digests = set()
    for database in (trained.database, anew):
        with duckdb.connect(str(database), read_only=True) as connection:
            digests |= set(connection.execute("SELECT digest FROM audit.run").fetchall())
    assert len(digests) == 1


def test_the_model_is_named(trained: Trained) -> None:
    model = parse(trained.file.read_text(encoding="utf-8"))
    with duckdb.connect(str(trained.database), read_only=True) as connection:
        told = connection.execute("SELECT model_version, model_digest FROM audit.run").fetchall()
    assert told == [(model.version, model.digest())]
    manifest = trained.database.parents[1] / "manifest" / f"{NIGHT}.json"
    assert json.loads(manifest.read_text(encoding="utf-8"))["model_digest"] == model.digest()


def test_the_data_it_was_trained_on_have_not_drifted(trained: Trained, published: Ended) -> None:
    query = "SELECT field, max(stability_index), bool_or(drifted) FROM audit.link_drift WHERE compared >= 100 GROUP BY field"
    with duckdb.connect(str(trained.database), read_only=True) as connection:
        found = connection.execute(query).fetchall()
    assert found and all(index < 0.05 and not drifted for _, index, drifted in found)
    with duckdb.connect(str(published.summary["database"]), read_only=True) as connection:
        assert {index for _, index, _ in connection.execute(query).fetchall()} == {
            None
        }  # shipped: trained on nothing


def test_pages_of_a_whole_night_are_drawn(trained: Trained, tmp_path: Path) -> None:
    database = trained.database
    warehouse = database.parents[2]
    page = export_quality(warehouse, NIGHT, tmp_path / "quality.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 6
    with duckdb.connect(str(database), read_only=True) as connection:
        seats = "SELECT min(identity_id) FROM core.person_link WHERE method <> 'spine' GROUP BY source, seat"
        identities = [identity for (identity,) in connection.execute(seats).fetchall()]
    why = export_links(warehouse, NIGHT, sorted(identities), tmp_path / "link.html").read_text(
        encoding="utf-8"
    )
    assert all(identity in why for identity in identities)
