"""`hedui serve` as it runs: what it answers to whom, a hostile page in a real browser, and that nothing of it lives on.

One server for the module. The schedule's tick and a night that runs are looked at in the long tests (test_served.py).
"""

import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dagster as dg
import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.chromium import chromium
from tests.operating.marked import living
from tests.operating.served import LAUNCH, NIGHT, Served, served

REBOUND = "rebound.example"
"""A name of somebody else that he made point to this machine."""
MUTATION = (
    'mutation { launchRun(executionParams: {selector: {repositoryLocationName: "hedui", '
    'repositoryName: "__repository__", jobName: "__ASSET_JOB", assetSelection: [{path: ["core", "division"]}]}, '
    'runConfigData: "{}", executionMetadata: {tags: [{key: "dagster/partition", value: "2021-12-31"}]}}) '
    "{ __typename } }"
)
"""Starts a run of one table: Dagster writes down every table that a run will make, and the whole graph takes seconds."""
ATTACKS = "([targets, mutation]) => Promise.all(targets.map(target => attack(target, mutation)))"
ASKED = """query => fetch("/graphql", {
  method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({query})
}).then(answer => answer.json())"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose landing area is empty: a night on it would fail, but it would have been started."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "landing").mkdir()
    with served(folder, folder / "landing", HEDUI_SCHEDULE="0 0 1 1 *", HEDUI_LATE_UNTIL="00:00") as server:
        yield server


def test_only_who_has_the_key_is_answered(server: Served) -> None:
    with httpx.Client(base_url=server.home, trust_env=False, timeout=60) as client:
        for path in (
            "/",
            "/runs",
            "/graphql",
            "/server_info",
            "/logs/x",
            "/download_debug/x",
            "/favicon.png",
        ):
            assert client.get(path).status_code == 403
        json = {"query": "{version}"}
        assert client.post("/graphql", json=json).status_code == 403
        assert client.post("/graphql", params={"query": MUTATION}).status_code == 403
        assert client.post("/report_asset_materialization/core/household").status_code == 403
        bearer = {"authorization": f"Bearer {server.key}"}
        assert (
            client.post("/graphql", json=json, headers=bearer | {"host": "evil.example"}).status_code == 421
        )
        evil = {"origin": "http://evil.example"}
        assert client.post("/graphql", json=json, headers=bearer | evil).status_code == 403
        assert client.post("/graphql", params={"query": MUTATION}, headers=bearer).status_code == 405
        assert client.get("/graphql", params={"query": MUTATION}, headers=bearer).status_code == 405
        assert client.post("/graphql", json=json, headers=bearer).json() == {
            "data": {"version": dg.__version__}
        }
    assert server.runs() == []


@pytest.mark.parametrize("name", ["landing", "warehouse", "place"])
def test_a_run_with_inputs_of_its_own_is_refused(server: Served, name: str) -> None:
    every = dict.fromkeys(("landing", "warehouse", "place", "layout"), "/tmp/evil")  # noqa: S108 - refused
    for config in ({name: "/tmp/evil"}, every):  # noqa: S108
        told = server.ask(LAUNCH, config={"resources": {"night": {"config": config}}})["launchRun"]
        assert told["__typename"] == "RunConfigValidationInvalid"
        assert any(name in error["message"] for error in told["errors"])
    assert server.runs() == []


def test_it_listens_on_one_port_of_this_machine_alone(server: Served) -> None:
    ours = {f"socket:[{inode}]" for pid in living(server.mark) for inode in sockets(pid)}
    listening = [
        (line.split()[1], f"socket:[{line.split()[9]}]")
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    ]
    assert {place for place, inode in listening if inode in ours} == {f"0100007F:{server.port:04X}"}


def test_the_start_says_where_and_when_and_keeps_the_key(server: Served) -> None:
    said = server.log.read_text()
    assert f"{server.home}, entered by the address in " in said
    assert "the schedule is on: 0 0 1 1 *, Asia/Shanghai" in said
    assert server.key not in said
    for pid in living(server.mark):
        assert server.key.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
        assert server.key.encode() not in Path(f"/proc/{pid}/environ").read_bytes()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1", "--disable-popup-blocking") as browser:
        yield browser


@pytest.fixture(scope="module")
def entered(browser: Browser, server: Served) -> BrowserContext:
    """A browser that holds the log-in for both names of this machine."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    for name in ("127.0.0.1", "localhost"):
        answered = context.request.get(server.address.replace("127.0.0.1", name), max_redirects=0)
        assert (answered.status, answered.headers["location"]) == (303, "/")
    assert len({cookie["domain"] for cookie in context.cookies()}) == 2
    return context


@pytest.fixture(scope="module")
def hostile() -> Iterator[int]:
    """The port of somebody else's web server on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=Path(__file__).parent)) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield other.server_address[1]
        other.shutdown()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", REBOUND])
def test_a_hostile_page_starts_nothing_and_reads_nothing(
    entered: BrowserContext, server: Served, hostile: int, name: str
) -> None:
    page = entered.new_page()
    page.goto(f"http://{name}:{hostile}/hostile.html")
    targets = [f"http://{target}:{server.port}" for target in ("127.0.0.1", "localhost", REBOUND)]
    seen = page.evaluate(ATTACKS, [targets, MUTATION])
    assert server.runs() == []
    assert [what for attempts in seen for what in attempts.items() if what[1] != "nothing"] == []
    assert [len(attempts) for attempts in seen] == [26] * len(targets)


def test_a_name_that_was_made_to_point_here_is_not_answered(entered: BrowserContext, server: Served) -> None:
    answered = entered.new_page().goto(f"http://{REBOUND}:{server.port}/enter?key={server.key}")
    assert answered is not None and answered.status == 421


def test_who_entered_sees_the_lineage_and_may_start_a_night(entered: BrowserContext, server: Served) -> None:
    """The mutation that the hostile page tried, from a page of ours: it is a good one, and the page works."""
    page = entered.new_page()
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Content Security" in message.text else None,
    )
    with page.expect_websocket() as talk:
        page.goto(f"{server.home}/asset-groups")
    page.get_by_text("publication", exact=True).first.wait_for(timeout=60_000)
    assert talk.value.url == f"ws://127.0.0.1:{server.port}/graphql"
    told = page.evaluate(ASKED, MUTATION)
    assert told["data"]["launchRun"]["__typename"] == "LaunchRunSuccess"
    (run,) = server.runs()
    assert {"key": "dagster/partition", "value": NIGHT} in run["tags"]
    assert refused == []


def test_sigterm_leaves_nothing_behind(server: Served) -> None:
    """The server, the page, the daemon and a code server of each, and a night if one is running."""
    assert len(living(server.mark)) >= 5
    assert server.end() == 0
    assert living(server.mark) == []
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", server.port)):
        pass


def sockets(pid: int) -> list[str]:
    """The sockets that a process holds, by their inode."""
    names = []
    for file in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            names.append(str(file.readlink()))
        except OSError:
            continue
    return [name.removeprefix("socket:[").rstrip("]") for name in names if name.startswith("socket:")]
