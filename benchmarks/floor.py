"""The floor of a night: the same files decoded, read into DuckDB tables and joined to the registry on the exact number.

Nothing is checked, typed, normalised, linked or judged: no night can be faster. Layout `jiangsu` only.
Run as a program, so that its peak memory is its own: ``python -m benchmarks.floor LANDING NIGHT``.
"""

import gzip
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import fastexcel

NUMBER = {
    "assistance_roll": "身份证号码", "household_registry": "公民身份号码", "tax_income": "证件号码", "real_estate": "权利人证件号",
    "bank_accounts": "column1", "medical_settlements": "证件号",
    "vehicles": "身份证明号码",
    "business_registrations": "zjhm",
    "social_insurance": "社会保障号码", "public_payroll": "身份证号", "deaths": "逝者身份证号",
    "disability_certificates": "身份证号",
    "students": "身份证件号", "financial_products": "证件号码", "inmates": "身份证号", "poverty_monitoring": "证件号码",
    "marriages": "男方证件号", "children_care": "儿童身份证号",
}  # fmt: skip
GB18030 = {"household_registry", "vehicles", "inmates", "bank_accounts"}


def read(connection: duckdb.DuckDBPyConnection, source: str, path: Path, scratch: Path) -> None:
    """Add one delivered file to the source's table, everything as text."""
    if path.suffix == ".xlsx":
        frame = fastexcel.read_excel(path).load_sheet(0, header_row=1, dtypes="string").to_polars()
        connection.register("sheet", frame)
        reading = "sheet"
    elif path.suffix == ".jsonl":
        reading = f"read_json('{path}', format = 'newline_delimited', ignore_errors = true)"
    else:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = scratch / f"{source}.txt"
        text.write_text(
            data.decode("gb18030" if source in GB18030 else "utf-8-sig", errors="replace"), encoding="utf-8"
        )
        delimiter, header = {".tsv": ("\t", "true"), ".txt": ("|", "false")}.get(path.suffix, (",", "true"))
        columns = ", names = ['column0', 'column1']" if path.suffix == ".txt" else ""
        reading = (
            f"read_csv('{text}', delim = '{delimiter}', header = {header}, all_varchar = true, null_padding = true,"
            f" ignore_errors = true, strict_mode = false{columns})"
        )
    connection.execute(f"CREATE TABLE IF NOT EXISTS {source} AS FROM {reading} LIMIT 0")
    connection.execute(f"INSERT INTO {source} BY NAME FROM {reading}")


def floor(landing: Path, night: str) -> dict[str, object]:
    """Measure the floor and return seconds, rows read, rows joined and peak memory in MB."""
    began, rows, joined = time.perf_counter(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(str(Path(folder) / "floor.duckdb"))
        for source in NUMBER:
            newest = max(path for path in (landing / source).iterdir() if path.name <= night)
            for path in sorted(newest.glob("[!_]*")):
                read(connection, source, path, Path(folder))
        for source, number in NUMBER.items():
            join = (
                f'SELECT count(*), count(r."公民身份号码") FROM {source} s'
                f' LEFT JOIN household_registry r ON s."{number}" = r."公民身份号码"'
            )
            ((read_rows, matched),) = connection.execute(join).fetchall()
            rows, joined = rows + read_rows, joined + matched
        connection.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "rows": rows,
        "joined": joined,
        "peak_memory_mb": peak,
    }


if __name__ == "__main__":
    print(json.dumps(floor(Path(sys.argv[1]), sys.argv[2])))
