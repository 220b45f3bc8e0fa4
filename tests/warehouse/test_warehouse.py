"""Lock, key and digest."""

import hashlib
import hmac
from pathlib import Path

import duckdb
import pytest

from sql.connection import prepare
from warehouse import digest, key, lock


def test_a_second_night_is_refused_and_a_finished_one_is_not(tmp_path: Path) -> None:
    held = lock.take(tmp_path / "work" / "lock")
    with pytest.raises(lock.WarehouseBusyError, match="Another night"):
        lock.take(tmp_path / "work" / "lock")
    held.close()
    lock.take(tmp_path / "work" / "lock").close()


def test_the_first_run_makes_a_private_key_and_the_second_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEDUI_KEY_FILE", str(tmp_path / "deep" / "key"))
    made, new = key.load()
    assert new and key.load() == (made, False)
    assert (tmp_path / "deep" / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"short\n"])
def test_a_key_that_could_be_guessed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    (tmp_path / "key").write_bytes(content)
    monkeypatch.setenv("HEDUI_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(key.KeyError_, match="fewer than"):
        key.load()


@pytest.mark.parametrize("secret", [b"k" * 16, b"k" * 64, b"k" * 100])
def test_ids_are_hmac_by_the_book(secret: bytes) -> None:
    with duckdb.connect() as connection:
        prepare(connection, secret)
        ((made,),) = connection.execute("SELECT keyed('某人')").fetchall()
    assert made == hmac.new(secret, "某人".encode(), hashlib.sha256).hexdigest()


def test_the_key_reaches_no_database_file(tmp_path: Path) -> None:
    secret = b"unmistakable-key-of-this-test"
    with duckdb.connect(str(tmp_path / "work.duckdb")) as connection:
        prepare(connection, secret)
        connection.execute("CREATE TABLE t AS SELECT keyed_id('P', 'x') AS id")
    content = (tmp_path / "work.duckdb").read_bytes()
    assert secret not in content and bytes(byte ^ 0x36 for byte in secret) not in content


def digest_of(statement: str) -> str:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA core")
        connection.execute(statement)
        return digest.of_results(connection)


def test_the_digest_does_not_see_the_order_of_rows_or_lists() -> None:
    one = "CREATE TABLE core.t AS FROM (VALUES (1, ['a', 'b'], 0.1::DOUBLE), (2, ['c'], NULL)) v(k, l, d)"
    two = "CREATE TABLE core.t AS FROM (VALUES (2, ['c'], NULL::DOUBLE), (1, ['b', 'a'], 0.1000000001)) v(k, l, d)"
    assert digest_of(one) == digest_of(two)


@pytest.mark.parametrize(
    "changed", ["(1, 'a'), (2, 'c')", "(1, 'a')", "(1, 'a'), (2, NULL)", "(1, 'a'), (2, 'b'), (2, 'b')"]
)
def test_the_digest_sees_every_other_change(changed: str) -> None:
    statement = "CREATE TABLE core.t AS FROM (VALUES {}) v(k, t)"
    assert digest_of(statement.format("(1, 'a'), (2, 'b')")) != digest_of(statement.format(changed))
