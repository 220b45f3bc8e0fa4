"""A night killed at any rename leaves the last publication, and the next start makes the warehouse whole."""

import contextlib
import json
import os
from datetime import date
from pathlib import Path

import pytest

from warehouse import commit
from warehouse.paths import WarehousePaths

NIGHT, LATER = date(2021, 12, 30), date(2021, 12, 31)


class KilledError(Exception):
    """The machine went off here."""


def stage(paths: WarehousePaths, night: date, run: str) -> None:
    """Stage the files of a night; each says which run made it."""
    for target in [*commit.published_files(paths, night), paths.state(night)]:
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"run": run}) if target.suffix == ".json" else run
        commit.staged(target, run).write_text(text)


def runs(paths: WarehousePaths) -> dict[date, str]:
    return {night: paths.state(night).read_text() for night in commit.committed_nights(paths)}


def shown(paths: WarehousePaths, night: date) -> tuple[str | None, str | None]:
    """What a reader sees of a night: the run of its file and of its manifest."""
    file, manifest = paths.published("restricted", night), paths.manifest(night)
    return (
        file.read_text() if file.exists() else None,
        json.loads(manifest.read_text())["run"] if manifest.exists() else None,
    )


def audiences_agree(paths: WarehousePaths, night: date) -> bool:
    """Tell whether every audience has the file of one run, or none has any."""
    files = [paths.published(audience, night) for audience in commit.AUDIENCES]
    return len({file.read_text() if file.exists() else None for file in files}) == 1


def killed_after(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Let ``steps`` file operations happen, then raise."""
    left = [steps]

    def counted(original: object) -> object:
        def operation(*args: object, **kwargs: object) -> object:
            if left[0] == 0:
                raise KilledError
            left[0] -= 1
            return original(*args, **kwargs)  # type: ignore[operator]

        return operation

    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(Path, "symlink_to", counted(Path.symlink_to))
    monkeypatch.setattr(os, "link", counted(os.link))


@pytest.mark.parametrize("steps", range(15))
def test_a_first_run_killed_anywhere(tmp_path: Path, steps: int) -> None:
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    with pytest.MonkeyPatch.context() as patch:
        killed_after(patch, steps)
        with contextlib.suppress(KilledError):
            commit.commit(paths, NIGHT, "one")
    committed = runs(paths)
    commit.repair(paths, committed.get)
    assert shown(paths, NIGHT) == (("one", "one") if committed else (None, None))
    assert audiences_agree(paths, NIGHT)
    assert paths.current("restricted").exists() == bool(committed)
    assert not list(tmp_path.rglob("*.before")) and not list(tmp_path.rglob(".2021*"))


@pytest.mark.parametrize("steps", range(16))
def test_a_second_run_of_one_night_killed_anywhere(tmp_path: Path, steps: int) -> None:
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    commit.commit(paths, NIGHT, "one")
    stage(paths, NIGHT, "two")
    with pytest.MonkeyPatch.context() as patch:
        killed_after(patch, steps)
        with contextlib.suppress(KilledError):
            commit.commit(paths, NIGHT, "two")
    run = runs(paths)[NIGHT]
    commit.repair(paths, runs(paths).get)
    assert shown(paths, NIGHT) == (run, run) and audiences_agree(paths, NIGHT)
    assert paths.current("restricted").resolve() == paths.published("restricted", NIGHT).resolve()
    assert not list(tmp_path.rglob("*.before")) and not list(tmp_path.rglob(".2021*"))


@pytest.mark.parametrize("steps", range(15))
def test_a_later_night_killed_anywhere(tmp_path: Path, steps: int) -> None:
    """Both audiences see yesterday whole until the state is renamed, and one whole night at every moment."""
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    commit.commit(paths, NIGHT, "one")
    stage(paths, LATER, "two")
    with pytest.MonkeyPatch.context() as patch:
        killed_after(patch, steps)
        with contextlib.suppress(KilledError):
            commit.commit(paths, LATER, "two")
    committed = LATER in runs(paths)
    seen = {audience: paths.current(audience).read_text() for audience in commit.AUDIENCES}
    assert set(seen.values()) <= ({"one", "two"} if committed else {"one"})
    assert shown(paths, NIGHT) == ("one", "one") and audiences_agree(paths, NIGHT)
    commit.repair(paths, runs(paths).get)
    assert shown(paths, NIGHT) == ("one", "one")
    assert shown(paths, LATER) == (("two", "two") if committed else (None, None))
    assert audiences_agree(paths, LATER)
    for audience in commit.AUDIENCES:
        assert paths.current(audience).read_text() == ("two" if committed else "one")
    assert not list(tmp_path.rglob("*.before")) and not list(tmp_path.rglob(".2021*"))


@pytest.mark.parametrize("steps", range(19))
def test_a_night_run_again_and_killed_anywhere_leaves_the_later_alone(tmp_path: Path, steps: int) -> None:
    paths = WarehousePaths(tmp_path)
    for night, run in ((NIGHT, "one"), (LATER, "two")):
        stage(paths, night, run)
        commit.commit(paths, night, run)
    stage(paths, NIGHT, "three")
    with pytest.MonkeyPatch.context() as patch:
        killed_after(patch, steps)
        with contextlib.suppress(KilledError):
            commit.commit(paths, NIGHT, "three")
    for _ in range(2):  # before the repair and after it
        assert shown(paths, LATER) == ("two", "two") and runs(paths)[LATER] == "two"
        for audience in commit.AUDIENCES:
            assert paths.current(audience).readlink() == Path(f"{LATER}.duckdb")
        commit.repair(paths, runs(paths).get)
    run = runs(paths)[NIGHT]
    assert shown(paths, NIGHT) == (run, run) and audiences_agree(paths, NIGHT)


def test_current_never_moves_to_an_older_night(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    for night, run in ((LATER, "one"), (NIGHT, "two")):
        stage(paths, night, run)
        commit.commit(paths, night, run)
    assert paths.current("restricted").readlink() == Path(f"{LATER}.duckdb")


def test_repair_of_an_undisturbed_warehouse_says_nothing(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    commit.commit(paths, NIGHT, "one")
    assert commit.repair(paths, runs(paths).get) == []


def test_a_reader_keeps_the_night_it_opened(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    commit.commit(paths, NIGHT, "one")
    with paths.current("restricted").open() as reader:
        stage(paths, NIGHT, "two")
        commit.commit(paths, NIGHT, "two")
        assert reader.read() == "one"
    assert paths.current("restricted").read_text() == "two"


def test_every_audience_gets_its_file_and_its_current(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    commit.commit(paths, NIGHT, "one")
    assert commit.AUDIENCES == ("analyst", "restricted")  # the order of publication, outputs.md
    for audience in commit.AUDIENCES:
        assert paths.current(audience).readlink() == Path(f"{NIGHT}.duckdb")
        assert paths.current(audience).read_text() == "one"


def test_a_warehouse_from_before_there_were_analysts_is_repaired_and_goes_on(tmp_path: Path) -> None:
    paths = WarehousePaths(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit, "AUDIENCES", ("restricted",))
        stage(paths, NIGHT, "one")
        commit.commit(paths, NIGHT, "one")
    assert commit.repair(paths, runs(paths).get) == []
    assert not paths.current("analyst").is_symlink()
    stage(paths, NIGHT, "two")
    with pytest.MonkeyPatch.context() as patch:
        killed_after(patch, 4)  # both earlier files linked, both new ones in place, not committed
        with contextlib.suppress(KilledError):
            commit.commit(paths, NIGHT, "two")
    assert paths.published("analyst", NIGHT).exists()
    commit.repair(paths, runs(paths).get)
    assert shown(paths, NIGHT) == ("one", "one") and not paths.published("analyst", NIGHT).exists()
    stage(paths, LATER, "three")
    commit.commit(paths, LATER, "three")
    assert paths.current("analyst").read_text() == paths.current("restricted").read_text() == "three"


def test_what_gets_a_name_is_on_the_disk_before_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut after the commit must not leave a name without content, or the state's name before the others'."""
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    happened = list[str]()

    def synced(descriptor: int) -> None:
        happened.append(f"disk {Path(f'/proc/self/fd/{descriptor}').readlink().relative_to(tmp_path)}")

    replace = Path.replace

    def renamed(path: Path, target: Path) -> Path:
        happened.append(f"name {target.relative_to(tmp_path)}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    commit.commit(paths, NIGHT, "one")
    targets = [*commit.published_files(paths, NIGHT), paths.state(NIGHT)]
    at = {what: place for place, what in enumerate(happened)}
    for target in targets:
        named = at[f"name {target.relative_to(tmp_path)}"]
        assert at[f"disk {commit.staged(target, 'one').relative_to(tmp_path)}"] < named
        assert named < at[f"disk {target.parent.relative_to(tmp_path)}"]
    state = at[f"name {paths.state(NIGHT).relative_to(tmp_path)}"]
    folders = [at[f"disk {target.parent.relative_to(tmp_path)}"] for target in targets[:-1]]
    assert min(folders) < state  # the audiences' folders come again for `current`
    assert happened[-1] == f"disk {paths.audience('restricted').relative_to(tmp_path)}"


@pytest.mark.parametrize("steps", range(16))
def test_a_damaged_earlier_manifest_does_not_mislead_the_repair(tmp_path: Path, steps: int) -> None:
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    commit.commit(paths, NIGHT, "one")
    stage(paths, NIGHT, "two")
    with pytest.MonkeyPatch.context() as patch:
        killed_after(patch, steps)
        with contextlib.suppress(KilledError):
            commit.commit(paths, NIGHT, "two")
    earlier = commit.before(paths.manifest(NIGHT))
    if earlier.exists() and not earlier.samefile(paths.manifest(NIGHT)):
        earlier.write_text("")
    run = runs(paths)[NIGHT]
    commit.repair(paths, runs(paths).get)
    assert paths.published("restricted", NIGHT).read_text() == run and audiences_agree(paths, NIGHT)


def test_where_nobody_can_tell_who_committed_the_next_run_of_the_night_is_not_in_its_way(
    tmp_path: Path,
) -> None:
    paths = WarehousePaths(tmp_path)
    stage(paths, NIGHT, "one")
    commit.commit(paths, NIGHT, "one")
    stage(paths, NIGHT, "two")
    with pytest.MonkeyPatch.context() as patch:
        killed_after(patch, 5)
        with contextlib.suppress(KilledError):
            commit.commit(paths, NIGHT, "two")
    assert any("run that night again" in told for told in commit.repair(paths, lambda _: None))
    stage(paths, NIGHT, "three")
    commit.commit(paths, NIGHT, "three")
    assert shown(paths, NIGHT) == ("three", "three")
