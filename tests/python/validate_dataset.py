"""Asks the validators of every standard that a dataset is described in: validate_dataset.py DIR

Data Package with frictionless, CSV on the Web with csvw, SDMX with pysdmx, Croissant with mlcroissant.
"""

import json
import subprocess
import sys
from pathlib import Path

import csvw
import mlcroissant
from pysdmx.errors import Invalid
from pysdmx.io import get_datasets


def main(folder: Path) -> list[str]:
    return [*data_package(folder), *csv_on_the_web(folder), *sdmx(folder), *croissant(folder)]


def data_package(folder: Path) -> list[str]:
    """What `frictionless validate` says of the package, CSV and Parquet."""
    command = [Path(sys.executable).with_name("frictionless"), "validate", "--json", "datapackage.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    return [f"frictionless: {done.stdout}{done.stderr}"]


def csv_on_the_web(folder: Path) -> list[str]:
    """What `csvwvalidate` says of every file of metadata."""
    wrong = []
    files = sorted(folder.glob("*.csv-metadata.json"))
    for file in files:
        try:
            described = csvw.CSVW(str(file), validate=True)
            if not described.is_valid:
                wrong += [f"csvw: {file.name}: {warning.message}" for warning in described.warnings]
        except ValueError as error:
            wrong.append(f"csvw: {file.name}: {error}")
    return wrong if files else ["csvw: there is no *.csv-metadata.json"]


def sdmx(folder: Path) -> list[str]:
    """What pysdmx says of the structure message, and whether the rows of `series` follow it."""
    try:
        dataset, *more = get_datasets(folder / "series.sdmx.csv", folder / "series.structure.json")
    except Invalid as error:
        return [f"pysdmx: {error}"]
    components = {component.id: component for component in dataset.structure.components}
    rows = dataset.data
    wrong = [f"pysdmx: there is more than one dataset"] if more else []
    if set(components) != set(rows.columns):
        wrong.append(f"pysdmx: columns and components differ: {set(components) ^ set(rows.columns)}")
    for name, component in components.items():
        codes = {code.id for code in component.enumeration or ()}
        if codes and not codes.issuperset(rows[name]):
            wrong.append(f"pysdmx: {name} has codes that are not listed: {set(rows[name]) - codes}")
    key = [name for name, component in components.items() if component.role.name == "DIMENSION"]
    if rows.empty or rows.duplicated(key).any() or rows[key].isna().any(axis=None):
        wrong.append("pysdmx: no rows, a key that is not whole, or one that occurs twice")
    return wrong


def croissant(folder: Path) -> list[str]:
    """What `mlcroissant validate` says, and whether every record set has the rows of its table."""
    path = folder / "croissant.json"
    rows = json.loads((folder / "run.json").read_text(encoding="utf-8"))["rows"]
    try:
        dataset = mlcroissant.Dataset(str(path))
    except mlcroissant.ValidationError as error:
        return [f"mlcroissant: {error}"]
    found = {records.id: sum(1 for _ in dataset.records(records.id)) for records in dataset.metadata.record_sets}
    return [] if found == rows else [f"mlcroissant: {found} records of {rows}"]


if __name__ == "__main__":
    problems = main(Path(sys.argv[1]).resolve())
    print("\n".join(problems))
    sys.exit(bool(problems))
