"""Made people for the matcher's tests: a registry and a roll from a few words each."""

import hmac
from datetime import date

import polars as pl

import matching

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

REGISTRY = {
    "record_no": pl.String, "id_number_raw": pl.String, "name": pl.String, "former_name": pl.String, "sex": pl.String,
    "birth_date": pl.Date, "ethnicity": pl.String, "household_no": pl.String, "relation": pl.String,
    "marital_status": pl.String, "hukou_type": pl.String, "division_code": pl.String, "address": pl.String,
    "status": pl.String, "status_date": pl.Date, "identity_id": pl.String,
}  # fmt: skip
ROLL = {
    "record_no": pl.String, "case_no": pl.String, "program": pl.String, "relation": pl.String,
    "id_number_raw": pl.String, "name": pl.String, "phone": pl.String, "address": pl.String,
    "division_code": pl.String, "identity_id": pl.String,
}  # fmt: skip
ANCHORS = {"person_id": pl.String, "kind": pl.String, "anchor": pl.String}


def number(body: str) -> str:
    """17 digits with their check character, by the textbook."""
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def keyed(prefix: str, texts: pl.Series) -> pl.Series:
    made = [
        prefix + hmac.digest(b"test", f"{prefix}|{t}".encode(), "sha256").hex()[:20] for t in texts.to_list()
    ]
    return pl.Series(made, dtype=pl.String)


def _born(raw: str | None) -> date | None:
    if raw is None or len(raw) != 18 or not raw[6:14].isdigit():
        return None
    try:
        return date(int(raw[6:10]), int(raw[10:12]), int(raw[12:14]))
    except ValueError:
        return None


def registry(*people: dict[str, object], town: bool = True) -> pl.DataFrame:
    """Registry rows; ``town`` adds 300 neighbours, so that shares and priors are those of a place."""
    rows = []
    for place, given in enumerate([*people, *(neighbours() if town else [])]):
        raw = given.get("id_number_raw")
        row = {
            "record_no": f"HJ{place:06d}", "household_no": f"B{place:06d}", "status": "normal", "sex": None,
            "birth_date": _born(raw if isinstance(raw, str) else None),
        }  # fmt: skip
        rows.append(row | given)
    frame = pl.DataFrame([{c: r.get(c) for c in REGISTRY} for r in rows], schema=REGISTRY)
    return frame.with_columns(identity_id=pl.col("record_no"))


def neighbours() -> list[dict[str, object]]:
    surnames, given = "王李张刘陈杨赵黄周吴", "伟芳娜敏静强磊军洋勇艳杰娟涛明超霞平刚桂华建国志玉兰红梅春辉"
    out: list[dict[str, object]] = []
    for i in range(300):
        body = f"320682{1940 + i % 60}{1 + i % 12:02d}{1 + i % 28:02d}{100 + i:03d}"
        name = surnames[i % 10] + given[i // 10] + given[(i * 7) % 30]
        out.append({
            "id_number_raw": number(body), "name": name, "household_no": f"N{i // 3:04d}",
            "address": f"如皋市九渡镇东垛村{1 + i % 20}组{i}号",
        })  # fmt: skip
    return out


def roll(*rows: dict[str, object]) -> pl.DataFrame:
    made = [
        {"record_no": f"JZ{i:06d}", "case_no": f"C{i}", "program": "dibao"} | r for i, r in enumerate(rows)
    ]
    frame = pl.DataFrame([{c: r.get(c) for c in ROLL} for r in made], schema=ROLL)
    asked = ("id_number_raw", "name", "phone", "address", "division_code")
    return frame.with_columns(
        identity_id=pl.concat_str([pl.col(c).fill_null("") for c in asked], separator="|")
    )


def no_anchors() -> pl.DataFrame:
    return pl.DataFrame(schema=ANCHORS)


def spine(
    people: pl.DataFrame, on_roll: pl.DataFrame | None = None, anchors: pl.DataFrame | None = None
) -> matching.Spine:
    return matching.build_spine(
        people,
        roll() if on_roll is None else on_roll,
        no_anchors() if anchors is None else anchors,
        keyed,
        matching.shipped(),
    )


def person_of(made: matching.Spine, record_no: str) -> str:
    """Id of the person that a registry or roll row was linked to."""
    found = made.links.filter(pl.col("record_no") == record_no)["person_id"]
    return str(found.item())


def ask(made: matching.Spine, **identity: object) -> dict[str, object]:
    """The link of one identity."""
    known = {"identity_id": 1, "id_number_raw": None, "name": None} | identity
    frame = pl.DataFrame([known], infer_schema_length=None)
    return matching.link(frame, made, matching.shipped()).links.row(0, named=True)
