"""A gated source: decoded, matched and filtered in one step, or recalled where the same rows met the same spine and people.

Authorization comes first (rules.md 3): of anybody else nothing is ever written, and what was kept of people who are no longer
authorized goes with the first night that does not use it. Not here: the sink that filters (gated_sink.py).
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from linking.arrival import FACTS, FRAMES, Arrivals, parts_of, recalled
from linking.gated_sink import GatedSink
from linking.kept_spine import KeptSpine
from linking.linked import EVIDENCE
from sources import Contract, Intake, beside, take_in
from sql.frames import frame
from warehouse.cache import digest_of

LINKS: Final = "links"
REACHED: Final = "reach"
AUTHORIZED: Final = "SELECT person_id FROM link.authorized ORDER BY person_id"


@dataclass(frozen=True, slots=True)
class Gated:
    """What a gated source amounts to: its intake, the rows kept of it, their links and evidence, and the reach of all rows."""

    intake: Intake
    rows: pl.DataFrame
    links: pl.DataFrame
    evidence: pl.DataFrame
    reach: pl.DataFrame


def gated(kept: KeptSpine, contract: Contract, arrivals: Arrivals) -> Gated:
    """Return what a gated source amounts to.

    Args:
        kept: the spine; `link.authorized` stands in its connection.
        contract: the source.
        arrivals: where deliveries come from.
    """
    cache = kept.rests.cache
    authorized = frame(kept.rests.connection, AUTHORIZED)["person_id"]
    made_by: dict[str, object] = {
        "authorized": digest_of(people=authorized.to_list()),
        "spine": kept.key or cache.run,  # of a spine that nobody finds again, rows are kept by nobody
        "matchers": kept.rests.code,
    }
    stamp = arrivals.stamp(contract)
    before, seen = arrivals.find(contract, made_by, ["", LINKS, EVIDENCE, REACHED, *FRAMES, FACTS])
    if before:
        cache.only(contract.name, seen)
        intake = beside(arrivals.landing, contract, recalled(before))
        return Gated(intake, before.read(), before.read(LINKS), before.read(EVIDENCE), before.read(REACHED))
    sink = GatedSink(kept, contract, authorized)
    intake = take_in(
        arrivals.landing,
        contract,
        arrivals.layout[contract.name],
        arrivals.night,
        gated=True,
        open_sink=lambda _: sink,
        usable_before=arrivals.usable_before.get(contract.name),
    )
    draft = cache.draft(contract.name)
    draft.write(
        {"": sink.rows, LINKS: sink.links, EVIDENCE: sink.evidence, REACHED: sink.reach, **parts_of(intake)}
    )
    if kept.key is not None and arrivals.stamp(contract) == stamp:
        arrivals.keep(contract, made_by, intake, draft, seen)
    cache.only(contract.name, seen)
    intake = beside(arrivals.landing, contract, intake)
    return Gated(intake, sink.rows, sink.links, sink.evidence, sink.reach)
