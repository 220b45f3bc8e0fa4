"""The private database of a what-if: the published night twice, as it is and as it would be.

Both are built by the models and the builder of a night, in the order that their queries say, from the published
`core.*`; only `policy.*` differs. The published file is attached read-only; everything else lies in a folder that only
this user can read and that is removed. Not here: what differs (compared/*.sql), the figures (policy).
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from casework.whatif.question import Question
from judging import Step, judge, of_model, steps
from policy import Profile, night_tables
from sql.connection import prepare
from sql.frames import store
from sql.models import read_model
from warehouse.paths import quoted
from warehouse.private import owner_alone

HERE: Final = Path(__file__).parent
WANTED: Final = (
    "out.rule",
    "out.finding",
    "out.household_flag",
    "out.should_not_be_covered",
    "out.missing_from_coverage",
)


@contextmanager
def judged_twice(
    question: Question, threads: int | None, memory: int, say: Callable[[str], None] = lambda _: None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection whose `as_is`, `as_if` and `compared` hold both worlds and what differs.

    Args:
        question: what is asked.
        threads: of the database; all cores if None.
        memory: bytes that the database may use before it spills to the private folder.
        say: tells the operator one line of progress.

    Raises:
        CaseworkError: an earlier version of hedui published the night, without what a what-if needs.
    """
    owner_alone()
    with tempfile.TemporaryDirectory(prefix="hedui-whatif-") as folder, duckdb.connect() as connection:
        _configure(connection, Path(folder), threads, memory)
        prepare(connection, question.key)
        connection.execute(f"ATTACH {quoted(question.of.database)} AS published (READ_ONLY)")
        for world, profile, day in (
            ("as_is", question.before, None),
            ("as_if", question.after, question.figures_of),
        ):
            say(f"building the night {question.night} {world.replace('_', ' ')} ...")
            connection.execute(f"ATTACH {quoted(Path(folder) / f'{world}.duckdb')} AS {world}")
            connection.execute(f"USE {world}")
            _judge(connection, question, profile, day)
        say("comparing ...")
        connection.execute("USE memory")
        compared = _steps_of("compared")
        judge(connection, [step.name for step in compared], instead=compared)
        yield connection


def _configure(connection: duckdb.DuckDBPyConnection, folder: Path, threads: int | None, memory: int) -> None:
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"SET temp_directory = {quoted(folder)}")
    connection.execute(f"SET memory_limit = '{memory // 10**6}MB'")
    if threads is not None:
        connection.execute(f"SET threads = {threads}")


def _judge(
    connection: duckdb.DuckDBPyConnection, question: Question, profile: Profile, day: date | None
) -> None:
    """Build one world in the current database: figures, what stands in for the night's work, means, rules, lists."""
    for table, rows in night_tables(profile, question.night, day).items():
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.split('.')[0]}")
        store(connection, table, rows)
    instead = _steps_of("given/*")
    world = _steps_of("world")
    try:
        _delivered(connection)
        judge(connection, [*WANTED, *(step.name for step in world)], instead=[*instead, *world])
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise question.of.earlier() from error


def _delivered(connection: duckdb.DuckDBPyConnection) -> None:
    """Show the published `core.*` tables that no step makes anew."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS core")
    published = connection.execute(
        "SELECT 'core.' || table_name FROM duckdb_tables() WHERE database_name = 'published' AND schema_name = 'core'"
    ).fetchall()
    for (table,) in published:
        if table not in steps():
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM published.{table}")  # noqa: S608 - our own names


def _steps_of(folder: str) -> list[Step]:
    """Return the steps of a folder beside this module, which are no assets of a night."""
    return [of_model(read_model(path)) for path in sorted(HERE.glob(f"{folder}/*.sql"))]
