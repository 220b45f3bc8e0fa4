"""The house stays one that a newcomer can walk through: short modules, short functions, no import that runs in a circle.

Limits, not aims; outside tests and benchmarks. A table of words or a single long query is data: YAML, SQL, not Python.
"""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import grimp

from warehouse.manifest import HOUSE

MEDIAN, LONGEST, FUNCTION = 100, 250, 50
PACKAGES = sorted(
    path.name
    for path in HOUSE.iterdir()
    if (path / "__init__.py").is_file() and path.name not in ("tests", "benchmarks")
)


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (HOUSE / package).rglob("*.py"))


def functions(module: Path) -> Iterator[tuple[str, int]]:
    """Every function with its lines, its docstring left out: it is for the reader, not part of what is done."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            first = node.body[0]
            docstring = ast.get_docstring(node) is not None and first.end_lineno is not None
            told = first.end_lineno - first.lineno + 1 if docstring and first.end_lineno else 0
            yield (
                f"{module.relative_to(HOUSE)}:{node.lineno} {node.name}",
                node.end_lineno - node.lineno + 1 - told,
            )


def test_modules_are_short() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert statistics.median(lines.values()) <= MEDIAN
    assert {str(path.relative_to(HOUSE)): n for path, n in lines.items() if n > LONGEST} == {}


def test_functions_are_short() -> None:
    assert {name: n for module in modules() for name, n in functions(module) if n > FUNCTION} == {}


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [
        str(path.relative_to(HOUSE))
        for path in modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_import_runs_in_a_circle() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None, exclude_type_checking_imports=True)
    circles = [
        module
        for module in graph.modules
        if any(
            module in graph.find_upstream_modules(other)
            for other in graph.find_modules_directly_imported_by(module)
        )
    ]
    assert sorted(circles) == []
