"""Notices reach a command and a web hook, and one that cannot be delivered is a line in the log."""

import json
import logging
import socketserver
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from pipelines import notices
from pipelines.notices import failed, missing, published, tell
from pipelines.run import run_night
from pipelines.settings import Settings, SettingsError

NIGHT = date(2021, 12, 31)
KEEP = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the configured command keeps what it was told."""
    file = tmp_path / "a notice.json"
    monkeypatch.setenv("HEDUI_NOTICE_COMMAND", f"{sys.executable} -c '{KEEP}' '{file}'")
    return file


class Hook(socketserver.TCPServer):
    """A web hook on this machine that answers with the codes it is given, in turn."""

    allow_reuse_address = True

    def __init__(self, codes: list[int]) -> None:
        self.codes, self.bodies = codes, list[dict[str, Any]]()
        super().__init__(("127.0.0.1", 0), Answering)


class Answering(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.codes.pop(0))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    with Hook([503, 200]) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HEDUI_NOTICE_URL", f"http://127.0.0.1:{server.server_address[1]}/secret-part")
        yield server
        server.shutdown()


def test_a_published_night_is_told_with_counts(kept: Path) -> None:
    summary = {
        "rows_delivered": 9130,
        "snapshots_refused": 1,
        "absent_sources": ["inmates"],
        "stale_sources": [],
    }
    tell(published(NIGHT, "rugao", "run", summary))
    told = json.loads(kept.read_text())
    assert (told["outcome"], told["night"]) == ("published", "2021-12-31")
    assert told["counts"] == {"rows_delivered": 9130, "snapshots_refused": 1}
    assert "读取行数 9,130" in told["text"]["content"]
    assert "缺失来源：inmates" in told["to_do"] and "拒收" in told["to_do"]


def test_a_quiet_night_asks_for_nothing(kept: Path) -> None:
    tell(published(NIGHT, "rugao", "run", {"rows_delivered": 1, "absent_sources": [], "stale_sources": []}))
    assert json.loads(kept.read_text())["to_do"] == "无须处理。"


def test_the_hook_is_asked_again_when_it_is_overloaded(hook: Hook) -> None:
    tell(missing(NIGHT, "rugao", date(2021, 12, 30)))
    assert [body["outcome"] for body in hook.bodies] == ["missing", "missing"]
    assert "2021-12-30" in hook.bodies[0]["to_do"]


@pytest.mark.parametrize("command", ["/no/such/program", "false", "'unclosed"])
def test_a_command_that_fails_is_a_line_in_the_log(
    command: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HEDUI_NOTICE_COMMAND", command)
    with caplog.at_level(logging.WARNING, logger="hedui"):
        tell(failed(NIGHT, "rugao", "run", "why"))
    assert "could not be delivered" in caplog.text


def test_a_hook_that_refuses_is_a_line_without_its_address(
    hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    hook.codes[:] = [403]
    with caplog.at_level(logging.WARNING, logger="hedui"):
        tell(failed(NIGHT, "rugao", "run", "why"))
    assert "answered 403" in caplog.text
    assert "secret-part" not in caplog.text


def test_a_hook_that_is_not_there_does_not_show_its_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(notices, "RETRIES", 0)
    monkeypatch.setenv("HEDUI_NOTICE_URL", "http://127.0.0.1:9/secret-part")
    with caplog.at_level(logging.WARNING, logger="hedui"):
        tell(failed(NIGHT, "rugao", "run", "why"))
    assert "could not be delivered" in caplog.text
    assert "secret-part" not in caplog.text


def test_a_night_that_cannot_start_is_told_of(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        run_night(Settings(NIGHT, tmp_path / "nowhere", tmp_path / "warehouse", "rugao", "jiangsu"))
    told = json.loads(kept.read_text())
    assert told["outcome"] == "failed" and "no such folder" in told["why"]
