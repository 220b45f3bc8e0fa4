"""The local web page for review: one pair a page, three answers, keys; answers go straight to the ledger.

Here belong routes and the life of the server. Not here: who may come in (`casework.guard`), what is drawn and shown
(`casework.review.drawing`, `exports`), what an answer does (`matching`).
"""

import socket
from collections.abc import Callable
from typing import Final

import uvicorn

from casework.guard import Guard
from casework.review.drawing import Review
from casework.review.page.desk import Desk
from casework.review.page.routes import application
from warehouse.book import open_ledger

HOST: Final = "127.0.0.1"
"""This machine alone: the page shows names and numbers and knows no accounts."""


def serve(review: Review, port: int, by: str, say: Callable[[str], None]) -> None:
    """Serve the pairs of a draw until the user stops it.

    Args:
        review: the draw; recorded in the ledger before the first page.
        port: on this machine; 0 takes a free one.
        by: the clerk whose answers these are.
        say: told the address once; it holds the key to the page and is for the clerk alone.

    Raises:
        OSError: the port is taken.
        LedgerError: the ledger cannot be opened or written.
    """
    with socket.create_server((HOST, port)) as listening, open_ledger(review.paths) as book:
        review.record(book)
        guard = Guard("review", listening.getsockname()[1])
        config = uvicorn.Config(
            application(Desk(review, book, by), guard),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
        )
        say(guard.addresses[0])
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            return
