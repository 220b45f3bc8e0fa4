"""The option that writes the snapshot of the graph anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--write-graph`, known when this folder is named on the command line."""
    parser.addoption("--write-graph", action="store_true", help="write tests/graph/graph.txt anew")
