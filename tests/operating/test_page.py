"""The page's process: Dagster's own application, taken by the way in that its command uses, and GraphQL as JSON alone."""

import inspect

import dagster_webserver.cli
import pytest
from dagster_webserver.app import create_app_from_workspace_process_context
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from casework.guard import Guard
from pipelines.serving.page import JsonOnly, guarded, policy
from pipelines.serving.told import Told

QUERY = "/graphql?query=mutation{launchRun}"


@pytest.fixture
def page() -> TestClient:
    """Stands for Dagster: answers GraphQL whatever way it comes."""

    def answer(_: Request) -> Response:
        return PlainTextResponse("run")

    routes = [Route("/graphql", answer, methods=["GET", "POST"]), Route("/runs", answer)]
    return TestClient(JsonOnly(Starlette(routes=routes)))


def test_graphql_comes_as_json_by_post(page: TestClient) -> None:
    assert page.post("/graphql", json={"query": "{version}"}).text == "run"
    sent = page.post("/graphql", content="{}", headers={"content-type": "application/json; charset=utf-8"})
    assert sent.text == "run"
    assert page.get("/runs").text == "run"


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/graphql",
        "text/plain; application/json",
        "",
    ],
)
def test_no_form_can_send_it(page: TestClient, kind: str) -> None:
    assert page.post(QUERY, content="x", headers={"content-type": kind}).status_code == 405


def test_no_image_or_link_can_ask_it(page: TestClient) -> None:
    assert page.get(QUERY).status_code == 405
    assert page.get(QUERY, headers={"content-type": "application/json"}).status_code == 405
    assert page.get("/graphql/?query=mutation{launchRun}").status_code == 405


def test_the_way_in_is_the_one_that_dagsters_command_uses() -> None:
    """If it moves or changes with a new Dagster, look at `page.dagster_application` before anything else."""
    given = inspect.signature(create_app_from_workspace_process_context).parameters
    assert list(given) == ["workspace_process_context", "path_prefix", "live_data_poll_rate", "kwargs"]
    command = inspect.getsource(dagster_webserver.cli.host_dagster_ui_with_workspace_process_context)
    assert "create_app_from_workspace_process_context(" in command


def test_a_page_reaches_nobody_but_us() -> None:
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in policy(Guard("serve", 3000, public=("https://a.gov",))).split(";")
    )
    assert rules["default-src"] == "'self'" and rules["frame-ancestors"] == "'none'"
    assert rules["connect-src"] == "'self' ws://127.0.0.1:3000 ws://localhost:3000 wss://a.gov"


def test_a_stranger_is_told_where_the_address_stands() -> None:
    client = TestClient(guarded(Starlette(), Guard("serve", 3000)), base_url="http://127.0.0.1:3000")
    refused = client.get("/")
    assert refused.status_code == 403 and "hedui-address" in refused.text


def test_what_is_told_is_read_as_it_was_written() -> None:
    told = Told(5, Guard("serve", 3000, public=("https://a.gov",)), "/home/工作/workspace.yaml", "line")
    assert Told.read(told.written()) == told
