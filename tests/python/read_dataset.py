"""Reads a dataset as its users do, and fails where their tools see different things: read_dataset.py DIR

Every table is read with polars, pandas and DuckDB from Parquet and with a plain CSV reader; row counts, columns and types agree
with datapackage.json; every quote stands where it says in its article's text; frictionless finds nothing wrong with the CSV files.
"""

import csv
import json
import sys
from pathlib import Path

import duckdb
import frictionless
import pandas
import polars

# What the types of a Table Schema are in polars.
TYPES = {
    "string": {polars.String, polars.Categorical, polars.Enum, polars.List},
    "number": {polars.Float64, polars.Float32, polars.Decimal},
    "integer": {polars.Int64, polars.Int32, polars.Int16, polars.Int8, polars.UInt64, polars.UInt32, polars.UInt16, polars.UInt8},
    "boolean": {polars.Boolean},
    "date": {polars.Date},
    "datetime": {polars.Datetime},
}


def main(folder: Path) -> list[str]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = [resource for resource in package["resources"] if resource["path"].endswith(".csv")]
    wrong = [] if tables else ["datapackage.json lists no CSV file"]
    for table in tables:
        wrong += read(folder, table)
    return wrong + quotes(folder) + validated(folder, package)


def read(folder: Path, table: dict) -> list[str]:
    """One table with every reader."""
    path = folder / table["path"]
    parquet = path.with_suffix(".parquet")
    csv.field_size_limit(sys.maxsize)
    with open(path, encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    frame = polars.read_parquet(parquet)
    counts = {
        "csv": len(rows),
        "polars": frame.height,
        "pandas": len(pandas.read_parquet(parquet)),
        "duckdb": duckdb.sql(f"select count(*) from read_parquet('{parquet}')").fetchall()[0][0],
    }
    wrong = [] if len(set(counts.values())) == 1 else [f"{path.name}: the readers count differently: {counts}"]
    fields = table["schema"]["fields"]
    names = [field["name"] for field in fields]
    if not names == header == frame.columns:
        wrong.append(f"{path.name}: columns differ: {names} {header} {frame.columns}")
    for field in fields:
        kind = frame.schema.get(field["name"])
        if kind is not None and kind.base_type() not in TYPES[field["type"]]:
            wrong.append(f"{parquet.name}: {field['name']} is {kind}, not {field['type']}")
    for name in ("value", "value_high"):
        if name in names and not close(frame[name], [row[names.index(name)] for row in rows]):
            wrong.append(f"{path.name}: {name} differs between Parquet and CSV")
    return wrong


def close(column: polars.Series, cells: list[str]) -> bool:
    """Whether the numbers of a column are those of the CSV cells."""
    pairs = zip(column.to_list(), cells, strict=True)
    return all((value is None) == (cell == "") and (value is None or abs(float(value) - float(cell)) <= 1e-9 * abs(float(cell))) for value, cell in pairs)


def quotes(folder: Path) -> list[str]:
    """`text[start:end] == quote`, for every observation that stands in its article's text."""
    articles = polars.read_parquet(folder / "articles.parquet")
    texts = dict(zip(articles["article"].to_list(), articles["text"].to_list(), strict=True))
    rows = polars.read_parquet(folder / "observations.parquet").iter_rows(named=True)
    placed = [row for row in rows if row["start"] is not None]
    wrong = [row for row in placed if texts[row["article"]][row["start"] : row["end"]] != row["quote"]]
    if not placed:
        return ["observations.parquet: no observation has a place"]
    return [f"observations: {row['article']}[{row['start']}:{row['end']}] is not {row['quote']!r}" for row in wrong]


def validated(folder: Path, package: dict) -> list[str]:
    """What frictionless says of the CSV files; it does not read Parquet."""
    tables = [resource for resource in package["resources"] if resource["path"].endswith(".csv")]
    report = frictionless.Package.from_descriptor({**package, "resources": tables}, basepath=str(folder)).validate()
    return [] if report.valid else [f"frictionless: {row}" for row in report.flatten(["title", "message"])[:20]] or ["frictionless: invalid package"]


if __name__ == "__main__":
    problems = main(Path(sys.argv[1]).resolve())
    print("\n".join(problems))
    sys.exit(bool(problems))
