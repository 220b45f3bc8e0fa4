"""What is kept is named by the code that makes it: all of that code, and no other."""

from pathlib import Path

import grimp
import pytest

from linking import code
from warehouse.manifest import HOUSE

OURS = [
    path.name
    for path in HOUSE.iterdir()
    if (path / "__init__.py").exists() and path.name not in ("tests", "benchmarks")
]
FILES_ONLY = {"warehouse.manifest", "warehouse.paths", "warehouse.errors", "warehouse.commit"}
"""They name, seal and check files; what is in the files is none of theirs."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*OURS, cache_dir=None)


def module_of(file: Path) -> str:
    parts = file.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize(
    ("makes", "parts"),
    [
        (("linking.arrival",), code.READS),
        (("linking.kept_spine", "linking.linked", "linking.gated"), (*code.READS, *code.LINKS)),
    ],
    ids=["rows", "links"],
)
def test_everything_that_makes_it_is_in_its_digest(
    graph: grimp.ImportGraph, makes: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    known = {module_of(file) for file in code.files_of(parts) if file.suffix == ".py"}
    reached = set(makes).union(*(graph.find_upstream_modules(module) for module in makes))
    assert makes[0] in known
    packages = {module.rpartition(".")[0] for module in known} | {"warehouse", "linking", "sql"}
    assert reached - known - packages - FILES_ONLY == set()


def test_what_is_read_and_linked_is_told_by_what_reads_and_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A house of one file a folder: which change drops rows, which links, which neither."""
    files = {
        "sources/readers/lines.py": (True, True), "sources/contracts/deaths.py": (True, True),
        "linking/arrival.py": (True, True), "warehouse/cache.py": (True, True),
        "matching/comparisons.py": (False, True), "matching/model.yaml": (False, True), "linking/seats.py": (False, True),
        "sql/connection.py": (False, True),
        "policy/rugao.yaml": (False, False), "pipelines/commands/run.py": (False, False), "exports/page.py": (False, False),
        "sql/rule/x05.sql": (False, False), "findings/words.yaml": (False, False),
        "sources/layouts/anhui/deaths.yaml": (False, False),
        "assets/spine.py": (False, False), "casework/report.py": (False, False),
    }  # fmt: skip
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    monkeypatch.setattr(code, "HOUSE", tmp_path)
    before = code.digest_of_readers(), code.digest_of_matchers()
    found = {}
    for name in files:
        (tmp_path / name).write_text("after")
        found[name] = (code.digest_of_readers() != before[0], code.digest_of_matchers() != before[1])
        (tmp_path / name).write_text("before")
    assert found == files


def test_another_version_of_a_library_finds_nothing_of_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for digest in (code.digest_of_readers, code.digest_of_matchers):
        with monkeypatch.context() as patched:
            before = digest()
            assert digest() == before
            patched.setattr("importlib.metadata.version", lambda _: "9.9.9")
            assert digest() != before
