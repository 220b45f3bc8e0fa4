"""What `hedui serve` hands to the process of the page. A module of its own, for neither needs what the other imports."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from casework.guard import Guard


@dataclass(frozen=True, slots=True)
class Told:
    """What the page's process reads on its standard input: the key is in it, and others see arguments.

    Args:
        socket: number of the open port's file, which is inherited.
        guard: who may come in.
        workspace: Dagster's file that names the code location.
        line: said when the page is there.
    """

    socket: int
    guard: Guard
    workspace: str
    line: str

    def written(self) -> bytes:
        """Return it as the process reads it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Read what was written."""
        found = json.loads(text)
        guard = found["guard"]
        guard |= {"names": tuple(guard["names"]), "public": tuple(guard["public"])}
        return cls(**found | {"guard": Guard(**guard)})
