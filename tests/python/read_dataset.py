"""Reads a dataset as its users do, and fails where their tools see different things: read_dataset.py DIR

Every table is read from Parquet with polars, pandas, DuckDB and pyarrow, and from CSV with a plain reader: row counts, columns,
types and the sum of every column agree, and agree with datapackage.json; every quote stands where it says in its article's text.
"""

import csv
import datetime
import json
import math
import re
import sys
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow.compute
import pyarrow.parquet

EPOCH = pandas.Timestamp(0, tz="UTC")

# What each reader may call the types of a Table Schema. Lists are strings there; pandas has no integers or truths that may be missing.
TYPES = {
    "polars": {"string": "String|Categorical|Enum|List", "number": "Float64", "integer": "U?Int", "boolean": "Boolean", "date": "Date$", "datetime": "Datetime.*UTC"},
    "pandas": {"string": "str|object|category", "number": "float64", "integer": "u?int|float64", "boolean": "bool|object", "date": "object", "datetime": "datetime64.*UTC"},
    "duckdb": {"string": "VARCHAR|ENUM", "number": "DOUBLE", "integer": "U?(BIG|SMALL|TINY)?INT", "boolean": "BOOLEAN", "date": "DATE$", "datetime": "TIMESTAMP WITH TIME ZONE"},
    "pyarrow": {"string": "string|large_string|dictionary|list|large_list", "number": "double", "integer": "u?int", "boolean": "bool", "date": "date32", "datetime": "timestamp.*UTC"},
}


def main(folder: Path) -> list[str]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = [resource for resource in package["resources"] if resource["format"] == "csv"]
    wrong = [] if tables else ["datapackage.json lists no CSV file"]
    for table in tables:
        wrong += compare(folder / table["path"], table)
    return wrong + quotes(folder)


def compare(path: Path, table: dict) -> list[str]:
    """One table with every reader, against its CSV file."""
    fields = table["schema"]["fields"]
    names = [field["name"] for field in fields]
    csv.field_size_limit(sys.maxsize)
    with open(path, encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    wrong = [] if header == names and len(rows) == table["rows"] else [f"{path.name}: not the columns or rows of datapackage.json"]
    columns = dict(zip(header, zip(*rows), strict=True)) if rows else dict.fromkeys(header, ())
    parquet = path.with_suffix(".parquet")
    for reader, read in READERS.items():
        height, types, sums = read(parquet, fields)
        place = f"{parquet.name} with {reader}"
        if height != len(rows) or list(types) != names:
            wrong.append(f"{place}: {height} rows of {list(types)}, in CSV {len(rows)} of {names}")
            continue
        for field in fields:
            name, kind = field["name"], field["type"]
            if not re.match(TYPES[reader][kind], types[name]):
                wrong.append(f"{place}: {name} is {types[name]}, not {kind}")
            parts = [part(kind, cell) for cell in columns[name] if cell]
            size = math.fsum(abs(number) for number in parts)
            if not math.isclose(sums[name] or 0, math.fsum(parts), rel_tol=0, abs_tol=1e-12 * size):
                wrong.append(f"{place}: {name} adds up to {sums[name]}, in CSV to {math.fsum(parts)}")
    return wrong


def part(kind: str, cell: str) -> float:
    """What a CSV cell adds to the sum of its column: the number, the days or seconds since 1970, the characters of a text."""
    match kind:
        case "number" | "integer":
            return float(cell)
        case "boolean":
            return {"true": 1, "false": 0}[cell]
        case "date":
            return datetime.date.fromisoformat(cell).toordinal() - datetime.date(1970, 1, 1).toordinal()
        case "datetime":
            return datetime.datetime.fromisoformat(cell).timestamp()
        case "string":
            return len(cell)


def with_polars(path: Path, fields: list[dict]) -> tuple:
    frame = polars.read_parquet(path)
    columns = {name: frame[name] for name in frame.columns}
    types = {name: str(column.dtype) for name, column in columns.items()}

    def total(kind: str, column: polars.Series) -> float:
        if column.dtype == polars.List:
            column = column.list.eval(polars.element().str.replace_all("|", "\\|", literal=True)).list.join("|")
        match kind:
            case "string":
                return column.cast(polars.String).str.len_chars().sum()
            case "date":
                return column.to_physical().cast(polars.Int64).sum()
            case "datetime":
                return column.dt.epoch("us").sum() / 1e6
        return column.sum()

    return frame.height, types, {field["name"]: total(field["type"], columns[field["name"]]) for field in fields if field["name"] in columns}


def with_pandas(path: Path, fields: list[dict]) -> tuple:
    frame = pandas.read_parquet(path)
    types = {name: str(kind) for name, kind in frame.dtypes.items()}

    def total(kind: str, column: pandas.Series) -> float:
        column = column.dropna()
        match kind:
            case "string":
                return sum(len(text(value)) for value in column)
            case "date":
                return sum((day - datetime.date(1970, 1, 1)).days for day in column)
            case "datetime":
                return (column - EPOCH).dt.total_seconds().sum()
        return column.sum()

    return len(frame), types, {field["name"]: total(field["type"], frame[field["name"]]) for field in fields if field["name"] in types}


def with_duckdb(path: Path, fields: list[dict]) -> tuple:
    table = duckdb.read_parquet(str(path))
    types = dict(zip(table.columns, map(str, table.types), strict=True))

    def total(kind: str, name: str) -> str:
        column = f'"{name}"'
        if types[name].endswith("[]"):
            column = f"array_to_string(list_transform({column}, lambda item: replace(item, '|', '\\|')), '|')"
        form = {"string": "sum(length({}))", "boolean": "count_if({})", "date": "sum({} - date '1970-01-01')", "datetime": "sum(epoch({}))"}
        return form.get(kind, "sum({})").format(column)

    kinds = {field["name"]: field["type"] for field in fields if field["name"] in types}
    ((height, *sums),) = table.aggregate(", ".join(["count(*)", *(total(kind, name) for name, kind in kinds.items())])).fetchall()
    return height, types, dict(zip(kinds, (float(value or 0) for value in sums), strict=True))


def with_pyarrow(path: Path, fields: list[dict]) -> tuple:
    table = pyarrow.parquet.read_table(path)
    types = {column.name: str(column.type) for column in table.schema}

    def total(kind: str, column: pyarrow.ChunkedArray) -> float:
        match kind:
            case "string":
                return sum(len(text(value)) for value in column.to_pylist() if value is not None)
            case "date":
                column = column.cast(pyarrow.int32())
            case "datetime":
                return (pyarrow.compute.sum(column.cast(pyarrow.int64())).as_py() or 0) / {"ms": 1e3, "us": 1e6, "ns": 1e9}[column.type.unit]
        return pyarrow.compute.sum(column).as_py() or 0

    return table.num_rows, types, {field["name"]: total(field["type"], table[field["name"]]) for field in fields if field["name"] in types}


READERS = {"polars": with_polars, "pandas": with_pandas, "duckdb": with_duckdb, "pyarrow": with_pyarrow}


def text(value) -> str:
    """A text, or a list as CSV writes it."""
    return value if isinstance(value, str) else "|".join(item.replace("|", "\\|") for item in value)


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


if __name__ == "__main__":
    problems = main(Path(sys.argv[1]).resolve())
    print("\n".join(problems))
    sys.exit(bool(problems))
