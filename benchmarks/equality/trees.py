"""A version of the product as a tree of files, and how its command is run.

Both versions run with one interpreter and its libraries, one key, one user: what differs is the product.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    told: str


@dataclass(frozen=True, slots=True)
class Tree:
    """One version."""

    name: str
    root: Path
    key: Path

    @property
    def python(self) -> str:
        """The interpreter of both."""
        return sys.executable

    def environment(self) -> dict[str, str]:
        """Return an environment in which imports find this version alone, and nothing of the user's is set."""
        mine = {
            name: value for name, value in os.environ.items() if not name.startswith(("HEDUI_", "DAGSTER_"))
        }
        # An editable install names the other tree: the path given here goes before it.
        return mine | {
            "PYTHONPATH": str(self.root),
            "HEDUI_KEY_FILE": str(self.key),
            "COLUMNS": "160",
            "TERM": "dumb",
        }

    def hedui(self, *arguments: object) -> Ended:
        """Run the command of this version."""
        program = "import sys; from pipelines.cli import main; main()"
        if (self.root / "pipelines" / "commands").is_dir():
            program = "import sys; from pipelines.commands import main; main()"
        done = subprocess.run(
            [self.python, "-c", program, *map(str, arguments)],
            env=self.environment(), cwd=self.root, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)


def checked_out(revision: str, folder: Path) -> Path:
    """Return a work tree of a revision, made where it does not exist."""
    if not (folder / "pyproject.toml").exists():
        subprocess.run(
            ["git", "worktree", "add", "--force", "--detach", str(folder), revision],  # noqa: S607 - git of this machine
            cwd=HOUSE, check=True, capture_output=True,
        )  # fmt: skip
    return folder
