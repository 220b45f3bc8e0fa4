"""Where the page listens and by which names people reach it, checked before anything is started.

Here belong host, port and the origins of a proxy, and the sentences for what is wrong with them (exit 2). Not here: who
may come in (`casework.guard`), where the key is kept (`address`).
"""

import errno
import ipaddress
import re
import socket
from dataclasses import dataclass, replace
from typing import Final, Self

from casework.guard import NAMES, Guard
from pipelines.settings import SettingsError

ORIGIN: Final = re.compile(r"https://([a-z0-9.-]+|\[[0-9a-f:]+\])(?::([1-9][0-9]{0,4}))?/?")


@dataclass(frozen=True, slots=True)
class Door:
    """Where the page listens.

    Args:
        host: an address of this machine.
        port: 0 takes a free one.
        behind_proxy: a proxy with a log-in stands before it.
        public: the origins of that proxy, such as ``https://hedui.example.gov``.
    """

    host: str = NAMES[0]
    port: int = 3000
    behind_proxy: bool = False
    public: tuple[str, ...] = ()

    def checked(self) -> Self:
        """Return the same with its origins as browsers write them.

        Raises:
            SettingsError: other machines would reach the page without a proxy, or the proxy has no usable origin.
        """
        if not self.behind_proxy and not self.is_local():
            raise SettingsError(
                f"--host {self.host} lets other machines in, and the key to the page would cross the network readable."
                " Leave --host out and come through SSH (ssh -L 3000:127.0.0.1:3000 this-machine), or put a proxy with"
                " TLS and a log-in before it and say so: --behind-proxy --public-origin https://NAME."
            )
        if self.public and not self.behind_proxy:
            raise SettingsError(
                "--public-origin is the address of a proxy with a log-in before the page: say --behind-proxy too, or"
                " leave it out."
            )
        return replace(self, public=tuple(map(_origin, self.public)))

    def opened(self) -> socket.socket:
        """Open the port.

        Raises:
            SettingsError: it is in use, or cannot be had.
        """
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            return socket.create_server((self.host, self.port), family=family)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise SettingsError(
                    f"Port {self.port} of {self.host} is in use, perhaps by another `hedui serve`"
                    f" (ss -ltnp 'sport = :{self.port}' says by whom). Stop that one, or take another port with --port."
                ) from error
            raise SettingsError(
                f"Port {self.port} of {self.host} cannot be opened: {error.strerror}. Choose others with --host and"
                " --port."
            ) from error

    def guard(self, port: int, key: str) -> Guard:
        """Return who may come in, where ``port`` is the one that was opened."""
        local = f"[{self.host}]" if ":" in self.host else self.host
        first = local if self.is_local() else NAMES[0]
        return Guard("serve", port, key, tuple(dict.fromkeys((first, *NAMES))), self.public)

    def is_local(self) -> bool:
        """Return whether only this machine reaches it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def _origin(text: str) -> str:
    """Return an origin as browsers write it.

    Raises:
        SettingsError: it is none, or its pages would cross the network readable.
    """
    found = ORIGIN.fullmatch(text.strip().lower())
    if found is None:
        raise SettingsError(
            f"--public-origin {text!r} must be https://NAME or https://NAME:PORT, nothing behind it; a Chinese name as"
            " browsers send it (xn--...). Without TLS the key to the page would cross the network readable."
        )
    name, port = found.groups()
    return f"https://{name}" if port in (None, "443") else f"https://{name}:{port}"
