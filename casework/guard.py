"""Who may come to a page of ours: a browser that entered by the address with the key and asks from a page of ours.

Here belong the key, the cookie, the checks of Host, Origin and Sec-Fetch-Site, and the headers that keep an answer from
being framed, sniffed, stored or read by another page. Not here: what a page shows, and where its key is kept.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES: Final = ("127.0.0.1", "localhost")
ENTRANCE: Final = "/enter"
HEADERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not no-referrer: browsers would then send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
OURS: Final = {"same-origin", "none"}
"""What Sec-Fetch-Site says of our own pages and of an address that a person typed. Not `same-site`: a page on another
port of this machine is of the same site, and the cookie, which knows no ports, comes with what it asks."""
DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def new_key() -> str:
    """Return a key that nobody guesses."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Guard:
    """The key to a page and the names that it is reached by.

    Args:
        name: the page; names its cookie.
        port: where it listens.
        key: who has it may come in.
        names: of this machine, the one to print first. Any other Host is a name that somebody else made point here
            (DNS rebinding).
        public: origins of a proxy before the page, such as ``https://hedui.example.gov``.
    """

    name: str
    port: int
    key: str = field(default_factory=new_key, repr=False)
    names: tuple[str, ...] = NAMES
    public: tuple[str, ...] = ()

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so it carries ours."""
        return f"hedui_{self.name}_{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """What a browser calls the places that our pages come from."""
        port = "" if self.port == DEFAULT_PORTS["http"] else f":{self.port}"
        return (*(f"http://{name}{port}" for name in self.names), *self.public)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that let a browser in. Another account of this machine does not know them."""
        return tuple(f"{origin}{ENTRANCE}?key={self.key}" for origin in (self.origins[0], *self.public))

    def called(self, asked: HTTPConnection) -> bool:
        """Return whether we are asked by a name of ours."""
        hosts = asked.headers.getlist("host")
        return len(hosts) == 1 and hosts[0].lower() in {
            host for origin in self.origins for host in _hosts(origin)
        }

    def from_us(self, asked: HTTPConnection) -> bool:
        """Return whether a page of ours asks, a person with an address, or a script with the key."""
        origins = set(asked.headers.getlist("origin"))
        if not origins <= set(self.origins):
            return False
        if not (set(asked.headers.getlist("sec-fetch-site")) <= OURS or _opens_a_page(asked)):
            return False
        return not _may_change(asked) or bool(origins) or self._bears(asked)

    def knows(self, asked: HTTPConnection) -> bool:
        """Return whether the browser entered by the address, or a script bears the key."""
        return _same(asked.cookies.get(self.cookie, ""), self.key) or self._bears(asked)

    def enter(self, asked: HTTPConnection) -> Response | None:
        """Give a browser with the key its cookie: for no script, no other site, no longer than the browser runs."""
        if not _same(asked.query_params.get("key", ""), self.key):
            return None
        response = RedirectResponse("/", 303)
        by_proxy = {host for origin in self.public for host in _hosts(origin)}
        response.set_cookie(
            self.cookie,
            self.key,
            httponly=True,
            samesite="strict",
            path="/",
            secure=asked.headers["host"].lower() in by_proxy,
        )
        return response

    def _bears(self, asked: HTTPConnection) -> bool:
        """Return whether the key comes in a header that no other site's page can make a browser send."""
        scheme, _, given = asked.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and _same(given.strip(), self.key)


class Guarded:
    """Middleware: answers for the application whoever may not come in, and puts the headers on every answer."""

    def __init__(
        self,
        app: ASGIApp,
        guard: Guard,
        policy: str,
        stranger: Callable[[], Response],
        free: frozenset[str] = frozenset(),
    ) -> None:
        """Take the application and who may come to it.

        Args:
            app: what is guarded, web sockets too.
            guard: the key and the names.
            policy: a content security policy, beside one of the application's own.
            stranger: makes the answer to a browser that did not enter.
            free: paths that a page of ours may load before anybody entered, such as a style sheet.
        """
        self._app, self._guard, self._policy = app, guard, policy
        self._stranger, self._free = stranger, free

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                self._seal(MutableHeaders(scope=message))
            await send(message)

        answer = self._answer(HTTPConnection(scope))
        if answer is None:
            await self._app(scope, receive, sealed)
        elif scope["type"] == "http":
            await answer(scope, receive, sealed)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _answer(self, asked: HTTPConnection) -> Response | None:
        """Return the answer to what may not pass, None for what may."""
        guard, path = self._guard, asked.scope["path"]
        if not guard.called(asked):
            return PlainTextResponse("Unknown host. Open the page by the address that the command gave.", 421)
        if not guard.from_us(asked):
            return PlainTextResponse("Asked by a page that is not ours.", 403)
        if path == ENTRANCE:
            return guard.enter(asked) or self._stranger()
        return None if path in self._free or guard.knows(asked) else self._stranger()

    def _seal(self, headers: MutableHeaders) -> None:
        """Put our headers on an answer, and take off what would let other sites' pages read it."""
        for name in [name for name in headers if name.lower().startswith("access-control-")]:
            del headers[name]
        headers.update(HEADERS)
        headers.append("Content-Security-Policy", self._policy)


def _opens_a_page(asked: HTTPConnection) -> bool:
    """Return whether a browser opens a page of its own, in whose window we are then alone."""
    wanted = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    told = {name: asked.headers.get(name) for name in wanted}
    return asked.scope.get("method") == "GET" and told == wanted


def _may_change(asked: HTTPConnection) -> bool:
    """Return whether something may be changed by it: everything but reading, and web sockets, which carry anything."""
    return asked.scope.get("method") not in ("GET", "HEAD")


def _hosts(origin: str) -> set[str]:
    """Return how a Host header may name an origin: the default port may be left out."""
    parts = urlsplit(origin)
    if parts.port is None:
        return {parts.netloc, f"{parts.netloc}:{DEFAULT_PORTS[parts.scheme]}"}
    return {parts.netloc}


def _same(given: str, wanted: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())
