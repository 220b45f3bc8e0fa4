"""A night with a few changes matches again what reaches them, and comes to what a night from nothing comes to."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

import matching.incremental
from ledger import Ledger, LinkDecision, record_link_decisions
from matching.linking import match
from tests.night.conftest import NIGHT, Ended, night_of

LATER = date(2022, 1, 1)


@pytest.fixture
def changed(landing: Path, tmp_path: Path) -> Path:
    """The landing area a day later: some people moved, were renamed or left, some bills came."""
    later = tmp_path / "landing"
    shutil.copytree(landing, later)
    _again(later / "household_registry", "gb18030", _edited)
    _again(later / "vehicles", "gb18030", lambda at, line: line if at % 9 else None)
    return later


def _edited(at: int, line: str) -> str | None:
    if at % 211 == 1:
        return None  # left
    if at % 97 == 1:
        return line.replace("镇", "街道", 1).replace("组", "队", 1)
    return line.replace("王", "汪").replace("张", "章") if at % 89 == 1 else line


def _again(source: Path, encoding: str, edit: object) -> None:
    """Deliver a source's newest file anew, its lines changed."""
    newest = max(path for path in source.iterdir() if path.name <= str(LATER))
    (file,) = (path for path in newest.iterdir() if not path.name.startswith("_"))
    lines = file.read_bytes().decode(encoding, "replace").splitlines(keepends=True)
    kept = [edit(at, line) if at else line for at, line in enumerate(lines)]  # type: ignore[operator]
    place = source / str(LATER)
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    (place / file.name).write_bytes(
        "".join(line for line in kept if line is not None).encode(encoding, "replace")
    )


def _decide(warehouse: Path, database: Path) -> None:
    """A clerk refutes an exact link of an open and of a gated source, and confirms one in review or unlinked."""
    with duckdb.connect(str(database), read_only=True) as connection:
        refuted = connection.execute(
            "SELECT source, identity_id, person_id FROM core.person_link WHERE method = 'exact'"
            " AND source IN ('vehicles', 'tax_income')"
            " QUALIFY row_number() OVER (PARTITION BY source ORDER BY identity_id) = 3"
        ).fetchall()
        confirmed = connection.execute(
            "SELECT source, identity_id, (SELECT min(person_id) FROM core.person) FROM core.person_link"
            " WHERE decision = 'unlinked' AND source = 'medical_settlements' ORDER BY identity_id LIMIT 1"
        ).fetchall()
    said = [(one, "different") for one in refuted] + [(one, "same") for one in confirmed]
    assert len(said) == 3
    record_link_decisions(
        Ledger.open(warehouse / "ledger" / "ledger.sqlite"),
        [
            LinkDecision(
                "identity", person, verdict, "clerk", datetime.now(UTC), NIGHT, identity_id=identity, source=source
            )
            for (source, identity, person), verdict in said
        ],
    )  # fmt: skip


def test_it_matches_few_and_equals_a_night_from_nothing(
    published: Ended, changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(published.summary["database"]).parents[2]
    for name in ("kept", "anew"):
        shutil.copytree(before, tmp_path / name, symlinks=True)
        _decide(tmp_path / name, Path(published.summary["database"]))
    asked: list[int] = []

    def counting(identities: pl.DataFrame, *rest: object) -> object:
        asked.append(len(identities))
        return match(identities, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(matching.incremental, "match", counting)
    kept = night_of(changed, tmp_path / "kept", LATER)
    assert kept.summary["status"] == "published", kept.why
    assert len(asked) > 12  # every open source was matched from what the night before kept
    asked_in_all = sum(asked)
    anew = night_of(changed, tmp_path / "anew", LATER, cache=False)
    assert len(asked) and sum(asked) == asked_in_all
    assert kept.summary["digest"] == anew.summary["digest"]
    with duckdb.connect(str(kept.summary["database"]), read_only=True) as connection:
        ((everybody,),) = connection.execute(
            "SELECT count(DISTINCT (source, seat, identity_id)) FROM core.person_link"
            " WHERE source NOT IN ('household_registry', 'assistance_roll', 'bank_accounts', 'tax_income', 'financial_products')"
        ).fetchall()
        clerical = connection.execute(
            "SELECT count(*) FROM core.person_link WHERE method = 'clerical'"
        ).fetchone()
    assert 0 < asked_in_all < 0.35 * everybody
    assert clerical and clerical[0] >= 1
