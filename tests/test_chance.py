"""What `make test` tries is the same in every run and in any company."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.chance import CHANCE, FIXED, MORE, USUAL


def tried() -> list[str]:
    """The examples of a small test."""
    texts: list[str] = []

    @settings(settings.get_profile(FIXED), max_examples=200)
    @given(st.text(max_size=4))
    def look(text: str) -> None:
        texts.append(text)

    look()
    return texts


def test_the_same_examples_whatever_else_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = tried()
    file = tmp_path / "company.py"
    file.write_text("".join(f"A{at} = '{chr(0x4E00 + at)}'\n" for at in range(300)))
    spec = importlib.util.spec_from_file_location("company", file)
    assert spec is not None and spec.loader is not None
    company = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(company)
    monkeypatch.setitem(sys.modules, "company", company)
    assert tried() == alone
    assert len(set(alone)) > 50


def test_no_profile_looks_at_a_clock_or_remembers_the_last_run() -> None:
    fixed, chance = (settings.get_profile(name) for name in (FIXED, CHANCE))
    assert (fixed.deadline, chance.deadline) == (None, None)
    assert (fixed.database, chance.database) == (None, None)
    assert fixed.derandomize and not chance.derandomize
    assert (fixed.max_examples, chance.max_examples) == (USUAL, USUAL * MORE)


def test_tests_run_under_one_of_the_two() -> None:
    assert settings().deadline is None and settings().database is None
    assert settings().max_examples in (USUAL, USUAL * MORE)
