"""The graph as text: what is in which layer, what rests on what, which checks block. A change of it is seen in review.

If a change is meant: `.venv/bin/pytest tests/graph --write-graph`, and read the difference.
"""

import difflib
import textwrap
from collections import defaultdict
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import defs

SNAPSHOT = Path(__file__).with_name("graph.txt")
TEXT = textwrap.TextWrapper(
    width=130, subsequent_indent=" " * 11, break_on_hyphens=False, break_long_words=False
)


def name(key: dg.AssetKey) -> str:
    return ".".join(key.path)


def line(title: str, words: list[str]) -> list[str]:
    """One entry, its words in order, wrapped."""
    return TEXT.wrap(f"    {title:<6} {' '.join(words)}") if words else []


def graph() -> str:
    """Every asset by layer with what it rests on, its checks (! blocks), and what runs it."""
    definitions = defs()
    assets = definitions.resolve_asset_graph()
    checks = defaultdict(list)
    for key in sorted(assets.asset_check_keys, key=lambda key: (key.asset_key, key.name)):
        checks[key.asset_key].append(key.name + ("!" if assets.get_check_spec(key).blocking else ""))
    layers = defaultdict(list)
    for key in sorted(assets.get_all_asset_keys()):
        layers[str(assets.get(key).group_name)].append(key)
    lines = []
    for layer, keys in sorted(layers.items()):
        lines += [f"[{layer}]"]
        for key in keys:
            lines += [f"  {name(key)}", *line("from", sorted(map(name, assets.get(key).parent_keys)))]
            lines += line("checks", checks[key])
    repository = definitions.get_repository_def()
    lines += ["[what runs it]", *line("jobs", sorted(repository.job_names))]
    lines += line("ticks", [each.name for each in repository.schedule_defs])
    lines += line("senses", sorted(each.name for each in repository.sensor_defs))
    return "\n".join(lines) + "\n"


def test_the_graph_is_as_written(request: pytest.FixtureRequest) -> None:
    found = graph()
    if request.config.getoption("--write-graph", default=False):
        SNAPSHOT.write_text(found, encoding="utf-8")
    written = SNAPSHOT.read_text(encoding="utf-8") if SNAPSHOT.exists() else ""
    changed = "\n".join(
        difflib.unified_diff(written.splitlines(), found.splitlines(), "written", "found", n=1, lineterm="")
    )
    assert found == written, (
        f"The graph changed. If meant: pytest tests/graph --write-graph, and read the difference.\n{changed}"
    )


def test_every_table_of_the_graph_says_what_it_is() -> None:
    assets = defs().resolve_asset_graph()
    silent = [name(key) for key in assets.get_all_asset_keys() if not assets.get(key).description]
    assert silent == []


def test_every_published_column_that_is_known_has_its_meaning() -> None:
    assets = defs().resolve_asset_graph()
    described = {
        name(key): assets.get(key).metadata["dagster/column_schema"].columns
        for key in assets.get_all_asset_keys()
        if key.path[0] in ("core", "out", "audit") and "dagster/column_schema" in assets.get(key).metadata
    }
    assert len(described) > 30
    silent = [
        f"{table}.{each.name}"
        for table, columns in described.items()
        for each in columns
        if not each.description
    ]
    assert silent == []
