"""Every link of the documentation leads somewhere in the repository."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PAGES = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_links_resolve(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not link.startswith("http") and not (page.parent / link).exists()]
    assert missing == []


NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_0-9]+\.(?:py|sql|yaml|csv|txt|html))`")
ELSEWHERE = ("docs/decisions/README.md", "CHANGELOG.md")
"""They tell what was."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_files_that_are_named_exist(page: Path) -> None:
    if str(page.relative_to(HOUSE)) in ELSEWHERE:
        return
    named = set(NAMED.findall(page.read_text(encoding="utf-8")))
    inside = [name for name in named if (HOUSE / name.split("/")[0]).is_dir()]
    assert sorted(name for name in inside if not (HOUSE / name).exists()) == []


def test_the_tutorial_on_matching_runs() -> None:
    page = (HOUSE / "docs" / "linking-two-lists.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 8
    exec(compile("\n".join(blocks), "linking-two-lists.md", "exec"), {})  # noqa: S102 - our own page
