"""The spine: the people of the place, from the registry and from the assistance roll.

The order is identity.md's: registry rows found people, roll identities are matched to them, the rest of the
roll founds people of its own, ids are looked up and minted. Each step has a module; here they meet.
"""

from dataclasses import dataclass, fields, replace
from typing import Final

import polars as pl

from matching import minting
from matching import registry as of_registry
from matching import roll as of_roll
from matching.clerical import Decisions, undecided
from matching.entries import ATTRIBUTES
from matching.frequencies import Frequencies
from matching.ids import PAIR, Hashed, Renaming, anchors_of, ids_of
from matching.index import SpineIndex, build_index
from matching.linking import Links, match
from matching.minting import Keyed
from matching.model import Model
from matching.persons import TOLD, link_rows, person_table

_INDEXED: Final = (
    "person", "node", "rank", "former_name", *ATTRIBUTES, "id_number", "masked_number", "paper", "valid", "birth_date", "sex",
    "phone", "division_code", "address", "town", "village", "village_key", "group_key", "door_key",
    "household_no", "last4", "first6", "first4",
)  # fmt: skip
"""What of a registry row the index is made of."""


@dataclass(frozen=True)
class Spine:
    """The people and what is known of how they were found.

    Attributes:
        person: one row a person; columns of ``link.person``.
        links: one row a registry and roll row; columns of ``core.person_link``, and the row's number as
            normalised (``id_number``).
        evidence: columns of ``core.link_evidence``, for the roll's identities.
        same_as: suspected pairs: ``person_id``, ``other_person_id``, ``why``.
        events: ``person_id``, ``event``, ``other_person_id``.
        anchors: to store: ``person_id``, ``kind``, ``anchor``.
        heirs: whom merged people became: ``person_id``, ``heir``.
        index: prepared keys that :func:`link` uses.
    """

    person: pl.DataFrame
    links: pl.DataFrame
    evidence: pl.DataFrame
    same_as: pl.DataFrame
    events: pl.DataFrame
    anchors: pl.DataFrame
    heirs: pl.DataFrame
    index: SpineIndex

    def bare(self) -> "Spine":
        """Return the spine as far as :func:`link` needs it: of a large city the tables are dear to hold."""
        needed = ("index", "heirs")
        tables = {
            each.name: getattr(self, each.name).clear() for each in fields(self) if each.name not in needed
        }
        return replace(self, **tables)


def link(identities: pl.DataFrame, spine: Spine, model: Model, clerks: Decisions | None = None) -> Links:
    """Who each distinct identity is; see :class:`matching.linking.Links`.

    Args:
        identities: one row an identity: ``identity_id`` (any type), ``id_number_raw``, ``name`` and, where the
            source gives them, ``phone``, ``address``, ``division_code``, ``certificate_no``,
            ``birth_date`` (Date), ``sex``, ``partner_id_number_raw``, ``partner_name``.
        spine: the night's spine.
        model: the pinned model.
        clerks: what was decided by people; it goes before everything else.
    """
    return match(identities, spine.index, model, clerks and clerks.of_heirs(spine.heirs))


def build_spine(
    registry: pl.DataFrame,
    roll: pl.DataFrame,
    anchors: pl.DataFrame,
    keyed: Keyed,
    model: Model,
    pinned: Frequencies | None = None,
    clerks: Decisions | None = None,
) -> Spine:
    """Builds the spine of a night.

    Args:
        registry: ``record_no``, ``id_number_raw``, ``name``, ``former_name``, ``sex``, ``birth_date`` (Date),
            ``ethnicity``, ``household_no``, ``relation``, ``marital_status``, ``hukou_type``,
            ``division_code``, ``address``, ``status``, ``status_date``, ``identity_id``.
        roll: ``record_no``, ``case_no``, ``program``, ``relation``, ``id_number_raw``, ``name``, ``phone``,
            ``address``, ``division_code``, ``identity_id``.
        anchors: ``person_id``, ``kind``, ``anchor`` of the newest earlier night; empty on the first.
        keyed: the installation's keyed hash: prefix and texts to ids.
        model: the pinned model.
        pinned: frequencies that an earlier night counted; without them, or where the place has grown out of them,
            they are counted anew over the registry.
        clerks: what was decided by people, about the roll's identities and about two people of the spine.
    """
    clerks = clerks or undecided()
    hashed = Hashed(keyed, remember=bool(clerks))
    known = anchors.select(pl.col(c).cast(t) for c, t in minting.ANCHORS.items())
    rows = of_registry.people(of_registry.read(registry))
    del registry  # of a large city half a gigabyte, unless the caller holds it
    if clerks:
        held = minting.holders(anchors_of(rows, hashed), known)
        rows, clerks = of_registry.as_decided(rows, clerks, held)
    suspects = of_registry.suspected(rows)
    delivered = of_roll.read(roll)
    registered = _index(rows, delivered.clear(), suspects, model, _fitting(pinned, rows, model))
    found = match(_identities(delivered), registered, model.firm(), clerks)
    common = registered.common
    del registered
    linked = delivered.join(
        found.links.select("identity_id", "decision", person="person_id"),
        on="identity_id",
        maintain_order="left",
    )
    new = of_roll.founders(linked.filter(pl.col("person").is_null()).drop("person"))
    members = pl.concat([linked.filter(pl.col("person").is_not_null()), new], how="diagonal")
    ids, named_anchors = ids_of(rows, members, known, hashed)
    suspects = pl.concat([suspects, _shared_with_registry(rows, members)])
    renamed = Renaming(ids)
    suspects = of_registry.unrefuted(renamed.pairs(suspects), clerks)
    rows, members = renamed.people(rows), renamed.people(members)
    index = _index(rows, members, suspects, model, common)
    rows = rows.select(TOLD)
    happened = minting.events(ids, named_anchors, known)
    stored = minting.to_store(ids, named_anchors, known, happened)
    return Spine(
        person=person_table(rows, members),
        links=link_rows(rows, members, renamed.links(found.links)),
        evidence=renamed.evidence(found.evidence),
        same_as=suspects,
        events=happened,
        anchors=stored,
        heirs=minting.heirs(stored),
        index=index,
    )


def _identities(delivered: pl.DataFrame) -> pl.DataFrame:
    columns = ("identity_id", "id_number_raw", "name", "phone", "address", "division_code")
    return delivered.select(columns).unique("identity_id", keep="first", maintain_order=True)


def _fitting(pinned: Frequencies | None, rows: pl.DataFrame, model: Model) -> Frequencies | None:
    people = rows["person"].n_unique()
    return pinned if pinned and pinned.still_fits(people, model.digest()) else None


def _index(
    rows: pl.DataFrame,
    members: pl.DataFrame,
    suspects: pl.DataFrame,
    model: Model,
    pinned: Frequencies | None,
) -> SpineIndex:
    """Index over registry rows under all their names, and over the roll's rows under theirs."""
    rows = rows.select(_INDEXED)  # of a large city every column is dear, and each step below copies them
    entries = of_registry.named(rows).with_columns(person_id="person")
    if len(members):
        entries = pl.concat([entries, _roll_entries(rows, members)], how="diagonal_relaxed")
    waived = suspects.filter(pl.col("why") == of_registry.MAY_BE_ONE)
    return build_index(entries, waived, model, pinned)


def _roll_entries(rows: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """What the roll adds: telephone and address of registered people, all of those it founded.

    A registered person keeps the registry's name: the roll's may be a slip. A valid number of the roll stands
    in for one of the registry that is not.
    """
    own = members.join(rows.select("person"), on="person", how="anti")
    seen = members.join(rows.select("person"), on="person", how="semi")
    kept = [
        "person",
        "node",
        "phone",
        "division_code",
        "address",
        "town",
        "village",
        "village_key",
        "group_key",
        "door_key",
    ]
    said = seen.select(*kept, "id_number", "valid", "paper").rename(
        {"id_number": "_number", "valid": "_valid", "node": "_node", "paper": "_paper"}
    )
    first = (
        rows.join(said.select("person").unique(), on="person", how="semi")
        .sort("rank", "node")
        .unique("person", keep="first", maintain_order=True)
        .drop([c for c in kept if c not in ("person", "node")])
    )
    known = first.join(said, on="person", maintain_order="left")
    adopt = pl.col("_valid") & ~pl.col("valid")
    known = known.with_columns(
        id_number=pl.when(adopt).then("_number").otherwise("id_number"),
        masked_number=pl.when(~adopt).then("masked_number"),
        valid=pl.col("valid") | pl.col("_valid"),
        paper=pl.coalesce("paper", "_paper"),
    )
    rank = pl.lit(0, dtype=pl.Int8)
    both = pl.concat([known, own.with_columns(rank=rank)], how="diagonal_relaxed")
    return both.with_columns(person_id="person", former=pl.lit(value=False)).drop(
        "_number", "_valid", "_node", "_paper"
    )


def _shared_with_registry(rows: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Roll founders whose valid number is also a registered person's of another name."""
    own = members.filter("valid").select("person", "id_number").unique()
    registered = rows.filter("valid").select(other="person", id_number="id_number").unique()
    ends = pl.min_horizontal("person", "other"), pl.max_horizontal("person", "other")
    return (
        own.join(registered, on="id_number")
        .filter(pl.col("person") != pl.col("other"))
        .select(person_id=ends[0], other_person_id=ends[1], why=pl.lit(of_registry.SHARED_NUMBER))
        .unique()
        .sort(PAIR)
    )
