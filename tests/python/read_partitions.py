"""Reads a partitioned dataset as Hive partitions: read_partitions.py PARTITIONED WHOLE

Every reader finds the rows of the whole table, with `year` and `month` from the names of the folders, and reads the rows of one
month by that name.
"""

import sys
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow.dataset

# The partitioned tables: key, and the date that the folders are named for.
TABLES = {"observations": ("observation", "published_at"), "series": ("series", "period_end")}


def main(parts: Path, whole: Path) -> list[str]:
    wrong = []
    for table, (key, date) in TABLES.items():
        rows = polars.read_parquet(whole / f"{table}.parquet").select(key, year=polars.col(date).dt.year(), month=polars.col(date).dt.month())
        expected = sorted(rows.iter_rows(), key=str)
        for reader, read in READERS.items():
            found = sorted(((row[0], *(None if pandas.isna(part) else int(part) for part in row[1:])) for row in read(parts / table, key)), key=str)
            if found != expected:
                wrong.append(f"{table} with {reader}: {len(found)} rows, not the {len(expected)} of the whole: {set(found) ^ set(expected)}")
        if len({row[1:] for row in expected}) < 2:
            wrong.append(f"{table}: all rows stand in one month, so that the test shows nothing")
    return wrong


def with_polars(folder: Path, key: str) -> list[tuple]:
    return polars.scan_parquet(folder, hive_partitioning=True).select(key, "year", "month").collect().rows()


def with_duckdb(folder: Path, key: str) -> list[tuple]:
    return duckdb.sql(f"select {key}, year, month from read_parquet('{folder}/**/*.parquet', hive_partitioning = true)").fetchall()


def with_pandas(folder: Path, key: str) -> list[tuple]:
    # By itself pandas makes categories of the folders' names, and fails on the folder of rows without a date.
    hive = pyarrow.dataset.HivePartitioning.discover()
    return list(pandas.read_parquet(folder, columns=[key, "year", "month"], partitioning=hive).itertuples(index=False, name=None))


def with_pyarrow(folder: Path, key: str) -> list[tuple]:
    table = pyarrow.dataset.dataset(folder, partitioning="hive").to_table(columns=[key, "year", "month"])
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


READERS = {"polars": with_polars, "duckdb": with_duckdb, "pandas": with_pandas, "pyarrow": with_pyarrow}

if __name__ == "__main__":
    problems = main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
    print("\n".join(problems))
    sys.exit(bool(problems))
