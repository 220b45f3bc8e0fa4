"""Who passes the guard: by name, by where it is asked from, by key; and what every answer carries. No server runs here."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp
from starlette.websockets import WebSocket, WebSocketDisconnect

from casework.guard import HEADERS, Guard, Guarded

PORT = 3000
HOME = f"http://127.0.0.1:{PORT}"
PROXY = "https://hedui.example.gov"
GUARD = Guard("serve", PORT, public=(PROXY,))
POLICY = "default-src 'none'"
BEARER = {"authorization": f"Bearer {GUARD.key}"}
FOREIGN = [
    "null",
    "http://evil.example",
    f"http://127.0.0.1:{PORT + 1}",
    f"http://localhost:{PORT + 1}",
    "http://127.0.0.1",
    f"https://127.0.0.1:{PORT}",
    f"http://evil.example:{PORT}",
    f"{HOME}.evil.example",
    "http://hedui.example.gov",
    "https://evil.hedui.example.gov",
]


def behind() -> ASGIApp:
    """A page with a secret that lets every other site read it, as an application may that knows no better."""

    def secret(_: Request) -> Response:
        allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}
        return PlainTextResponse("secret", headers=allowed | {"Content-Security-Policy": "object-src 'none'"})

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("secret")
        await socket.close()

    def broken(_: Request) -> Response:
        raise RuntimeError

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    routes = [Route("/", secret, methods=methods), Route("/broken", broken), Route("/style.css", secret)]
    app = Starlette(routes=[*routes, WebSocketRoute("/", talk)])
    return Guarded(app, GUARD, POLICY, lambda: Response("stranger", 403), frozenset({"/style.css"}))


@pytest.fixture
def stranger() -> TestClient:
    return TestClient(behind(), base_url=HOME, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def browser(stranger: TestClient) -> TestClient:
    """A browser that entered; it says nothing of where it asks from, as old ones do."""
    assert stranger.get(GUARD.addresses[0]).status_code == 303
    assert stranger.get("/").text == "secret"
    return stranger


def heard(client: TestClient, **headers: str) -> str | None:
    """What a web socket says, None if it is refused."""
    try:
        with client.websocket_connect(f"ws://127.0.0.1:{PORT}/", headers=headers) as socket:
            return socket.receive_text()
    except WebSocketDisconnect:
        return None


def test_the_address_gives_a_cookie_for_no_script_and_no_other_site(stranger: TestClient) -> None:
    entered = stranger.get(f"/enter?key={GUARD.key}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert entered.headers["set-cookie"].lower() == (
        f"hedui_serve_{PORT}={GUARD.key}; httponly; path=/; samesite=strict".lower()
    )


def test_the_cookie_of_the_proxys_name_travels_by_tls_alone(stranger: TestClient) -> None:
    entered = stranger.get(f"/enter?key={GUARD.key}", headers={"host": "hedui.example.gov"})
    assert "secure" in entered.headers["set-cookie"].lower()


@pytest.mark.parametrize("path", ["/", "/enter", "/enter?key=", "/enter?key=wrong", "/nowhere", "/broken"])
def test_a_stranger_sees_nothing(stranger: TestClient, path: str) -> None:
    refused = stranger.get(path)
    assert (refused.status_code, refused.text) == (403, "stranger")
    assert "set-cookie" not in refused.headers


def test_a_wrong_key_opens_nothing(stranger: TestClient) -> None:
    for headers in (
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {GUARD.key}"},
        {"cookie": f"hedui_serve_{PORT}=x"},
    ):
        assert stranger.get("/", headers=headers).status_code == 403
        assert heard(stranger, origin=HOME, **headers) is None


def test_a_style_sheet_may_be_free(stranger: TestClient) -> None:
    assert stranger.get("/style.css").status_code == 200
    assert stranger.get("/style.css", headers={"origin": "http://evil.example"}).status_code == 403


def test_a_script_with_the_key_needs_no_browser(stranger: TestClient) -> None:
    assert stranger.get("/", headers=BEARER).text == "secret"
    assert stranger.post("/", headers=BEARER).text == "secret"
    assert heard(stranger, **BEARER) == "secret"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:80",
        f"127.0.0.1:{PORT}.evil.example",
        "",
    ],
)
def test_other_names_for_this_machine_are_refused(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host} | BEARER).status_code == 421
    assert heard(browser, host=host, origin=HOME, **BEARER) is None


def test_two_hosts_are_none(browser: TestClient) -> None:
    twice = [("host", f"127.0.0.1:{PORT}"), ("host", "evil.example")]
    assert browser.get("/", headers=twice).status_code == 421


@pytest.mark.parametrize("host", [f"LOCALHOST:{PORT}", "hedui.example.gov", "hedui.example.gov:443"])
def test_our_names_are_known(stranger: TestClient, host: str) -> None:
    assert stranger.get("/", headers={"host": host} | BEARER).status_code == 200


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_what_another_page_asks_is_refused_cookie_or_key(
    browser: TestClient, method: str, origin: str
) -> None:
    refused = browser.request(method, "/", headers={"origin": origin})
    assert (refused.status_code, refused.text) == (403, "Asked by a page that is not ours.")
    assert browser.request(method, "/", headers={"origin": origin} | BEARER).status_code == 403
    assert heard(browser, origin=origin) is None
    assert heard(browser, origin=origin, **BEARER) is None


@pytest.mark.parametrize("origin", [HOME, f"http://localhost:{PORT}", PROXY])
def test_our_own_pages_may_ask(browser: TestClient, origin: str) -> None:
    assert browser.post("/", headers={"origin": origin}).text == "secret"
    assert heard(browser, origin=origin) == "secret"


def test_two_origins_are_foreign(browser: TestClient) -> None:
    twice = [("origin", HOME), ("origin", "http://evil.example")]
    assert browser.post("/", headers=twice).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
def test_a_change_without_an_origin_is_refused(browser: TestClient, method: str) -> None:
    assert browser.request(method, "/").status_code == 403
    assert heard(browser) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("mode", "dest"),
    [
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("navigate", "embed"),
        ("websocket", "empty"),
    ],
)
def test_no_other_page_includes_ours(browser: TestClient, site: str, mode: str, dest: str) -> None:
    fetch = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert browser.get("/", headers=fetch).status_code == 403
    assert heard(browser, origin=HOME, **fetch) is None


def test_a_link_may_open_a_page_and_change_nothing(browser: TestClient) -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert browser.get("/", headers=link).status_code == 200
    assert browser.post("/", headers=link | {"origin": HOME}).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_page_and_a_typed_address_are_served(browser: TestClient, site: str) -> None:
    assert browser.get("/", headers={"sec-fetch-site": site}).text == "secret"


@pytest.mark.parametrize("path", ["/", "/nowhere", "/broken", "/enter?key=wrong", "/style.css"])
def test_every_answer_carries_the_headers(browser: TestClient, path: str) -> None:
    for headers in ({}, {"host": "evil.example"}, {"origin": "http://evil.example"}):
        answered = browser.get(path, headers=headers)
        assert {name: answered.headers[name] for name in HEADERS} == HEADERS
        assert answered.headers.get_list("content-security-policy")[-1] == POLICY


def test_other_sites_permission_to_read_is_taken_off_and_a_policy_stands_beside_ours(
    browser: TestClient,
) -> None:
    answered = browser.get("/").headers
    assert [name for name in answered if name.startswith("access-control")] == []
    assert answered.get_list("content-security-policy") == ["object-src 'none'", POLICY]


def test_the_key_is_not_shown_with_the_guard() -> None:
    assert GUARD.key not in repr(GUARD)
    assert Guard("serve", PORT).key != Guard("serve", PORT).key


def test_default_ports_are_left_out_as_browsers_do() -> None:
    guard = Guard("serve", 80)
    assert guard.origins == ("http://127.0.0.1", "http://localhost")
    assert guard.addresses == (f"http://127.0.0.1/enter?key={guard.key}",)
