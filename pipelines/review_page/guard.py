"""Who may come in: this machine's browser that holds the key, with a form that this process made.

Here belong the key, the cookie, the token of forms, the check of Host and Origin, and the headers that keep a page
from being framed, sniffed, stored or taught to load anything. Not here: what the page shows.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES: Final = ("127.0.0.1", "localhost")
"""Any other Host is a name that somebody else made point here (DNS rebinding)."""
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not no-referrer: browsers would then send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one run of the page; they end with it."""

    port: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so it carries ours."""
        return f"hedui_review_{self.port}"

    @property
    def address(self) -> str:
        """The address that lets a browser in. Another account of this machine does not know it."""
        return f"http://{NAMES[0]}:{self.port}/enter?key={self.key}"

    def knows(self, request: Request) -> bool:
        """Return whether the browser came in by the address."""
        return _same(request.cookies.get(self.cookie, ""), self.key)

    def opens(self, key: str) -> bool:
        """Return whether a key is ours."""
        return _same(key, self.key)

    def made(self, request: Request, token: str) -> bool:
        """Return whether a form is one that this process made, sent from a page of ours."""
        origin = request.headers.get("origin")
        ours = {f"http://{name}:{self.port}" for name in NAMES}
        return _same(token, self.token) and (origin is None or origin in ours)

    def let_in(self, response: Response) -> Response:
        """Give the browser its cookie: for no script, no other site, no longer than the browser runs."""
        response.set_cookie(self.cookie, self.key, httponly=True, samesite="strict", path="/")
        return response


class Sealed:
    """Middleware: refuses foreign Hosts and gives every answer, refusals too, the headers above."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        """Take the application and the port that a Host may name."""
        self._app, self._hosts = app, {f"{name}:{port}" for name in NAMES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked of us by our own name."""

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] != "http":
            return
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
        if host in self._hosts:
            await self._app(scope, receive, sealed)
        else:
            await Response("Unknown host.", 421, media_type="text/plain")(scope, receive, sealed)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
