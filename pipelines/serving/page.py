"""The process of the web page: Dagster's own web application behind our guard, on a port that `hedui serve` opened.

Dagster's web server cannot be used: it listens by itself, and asks neither for a log-in nor where a request comes from.
So its application runs here, and nothing reaches it but through the guard. Its way in is
`dagster_webserver.app.create_app_from_workspace_process_context`, which its own command uses too; a test pins it.

Not here: who may come in (`casework.guard`), what is started and ended (`pipelines.serving`).
"""

import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import dagster as dg
import uvicorn
from dagster_webserver.app import create_app_from_workspace_process_context
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from casework.guard import Guard, Guarded
from pipelines.private_dagster import WorkspaceFileTarget, WorkspaceProcessContext
from pipelines.serving.told import Told

log = logging.getLogger("hedui")
GRAPHQL: Final = "/graphql"
POLL_MILLISECONDS: Final = 2000
"""How often the page asks for news of assets; the default of Dagster's own command."""
STATEMENT_MILLISECONDS, POOL_SECONDS, MORE_CONNECTIONS = 15_000, 3600, 20
"""How the instance's database is used by a page; the defaults of Dagster's own command."""
STRANGER: Final = (
    "Open this page by the address that `hedui serve` gives: it holds the key, and stands in the file hedui-address of"
    " Dagster's home.\n请用命令 hedui serve 给出的网址打开。\n"
)


class JsonOnly:
    """Middleware: takes GraphQL only as JSON by POST, as the page sends it.

    Dagster runs mutations from the address of a GET or of a plain form too, which an image or a form on any page can send.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on everything but GraphQL in another form."""
        if scope["type"] == "http" and scope["path"].rstrip("/") == GRAPHQL:
            asked = Request(scope)
            kind = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
            if (asked.method, kind) != ("POST", "application/json"):
                answer = PlainTextResponse("GraphQL is taken by POST as application/json.", 405)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


def guarded(app: ASGIApp, guard: Guard) -> ASGIApp:
    """Return Dagster's application behind the guard."""
    return Guarded(JsonOnly(app), guard, policy(guard), _stranger)


def policy(guard: Guard) -> str:
    """Return what a page of Dagster's may load and reach: ourselves. Dagster's own policy stands beside it."""
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in guard.origins)
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {sockets}; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


@contextmanager
def dagster_application(workspace: str) -> Iterator[ASGIApp]:
    """Load the workspace and yield Dagster's web application on the instance of `DAGSTER_HOME`."""
    with dg.DagsterInstance.get() as instance:
        instance.optimize_for_webserver(STATEMENT_MILLISECONDS, POOL_SECONDS, MORE_CONNECTIONS)
        target = WorkspaceFileTarget([workspace])
        with WorkspaceProcessContext(
            instance, target, version=dg.__version__, code_server_log_level="WARNING"
        ) as context:
            yield create_app_from_workspace_process_context(context, live_data_poll_rate=POLL_MILLISECONDS)


def main() -> None:
    """Serve the page on an open port until told to stop."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s  %(message)s", datefmt="%H:%M:%S"
    )
    log.setLevel(logging.INFO)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what we opened is closed
    told = Told.read(sys.stdin.buffer.read())
    with (
        suppress(KeyboardInterrupt),
        socket.socket(fileno=told.socket) as listening,
        dagster_application(told.workspace) as app,
    ):
        config = uvicorn.Config(
            guarded(app, told.guard),
            log_level="warning",
            access_log=False,  # it would write the key of /enter down
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            timeout_graceful_shutdown=3,
        )
        log.info("%s", told.line)
        uvicorn.Server(config).run(sockets=[listening])


def _stranger() -> Response:
    return PlainTextResponse(STRANGER, 403)


if __name__ == "__main__":
    main()
