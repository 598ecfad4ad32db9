"""Runs a notebook over a dataset: run_notebook.py NOTEBOOK DATASET [PICTURES]

It fails where a cell fails or warns, where no picture is drawn, and where the notebook is stored with outputs. With a folder for
them, the pictures are written there.
"""

import base64
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def main(path: Path, dataset: Path, pictures: Path | None) -> list[str]:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    wrong = [f"{path.name}: {cell.id} is stored with outputs" for cell in code if cell.outputs or cell.execution_count]
    os.environ["SOLIEU_DATASET"] = str(dataset)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": path.parent}}).execute()
    outputs = [(cell.id, output) for cell in code for output in cell.outputs]
    wrong += [f"{path.name}: {place}: {output.text}" for place, output in outputs if output.output_type == "stream" and output.name == "stderr"]
    drawn = [(place, output.data["image/png"]) for place, output in outputs if "image/png" in output.get("data", {})]
    if not drawn:
        wrong.append(f"{path.name} draws nothing")
    for place, picture in drawn if pictures else ():
        (pictures / f"{path.stem}-{place}.png").write_bytes(base64.b64decode(picture))
    return wrong


if __name__ == "__main__":
    notebook, dataset, *pictures = (Path(argument).resolve() for argument in sys.argv[1:])
    problems = main(notebook, dataset, *(pictures or [None]))
    print("\n".join(problems))
    sys.exit(bool(problems))
