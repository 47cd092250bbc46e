"""What a change of rules gains and loses: ``python -m tools.gains OLD [NEW] [--source SOURCE]`` (``make gains``).

Both git commits (``NEW`` is the working tree unless given) run over the same source, by default the articles beside the project,
else the project's own samples; their facts are compared as ``khobao diff`` compares snapshots.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl.gz"


def run(tree: Path, source: str, home: Path) -> Path:
    """Run the rules of a checked-out tree; where its warehouse is."""
    warehouse = home / "warehouse"
    environment = os.environ | {"PREFECT_HOME": str(home / "prefect"), "PYTHONPATH": str(tree), "DO_NOT_TRACK": "1"}
    subprocess.run(
        [sys.executable, "-m", "flows", "run", source, "--warehouse", str(warehouse)],
        cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return warehouse


def checked_out(commit: str, folder: Path) -> Path:
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    folder.mkdir(parents=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
    return folder


def main() -> None:
    from flows.diff import answer
    from warehouse.diff import Comparison, scans
    from warehouse.layout import Layout

    parser = argparse.ArgumentParser(description="What a change of rules gains and loses.")
    parser.add_argument("old")
    parser.add_argument("new", nargs="?")
    parser.add_argument("--source", default=str(CORPUS if CORPUS.exists() else ROOT / "samples" / "news"))
    parser.add_argument("--table")
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    options = parser.parse_args()
    source = str(Path(options.source).absolute())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sides = []
        for side, commit in (("old", options.old), ("new", options.new)):
            tree = checked_out(commit, folder / side / "tree") if commit else ROOT
            (folder / side).mkdir(exist_ok=True)
            layout = Layout(run(tree, source, folder / side))
            snapshot = layout.snapshot(layout.state().snapshot_id)
            assert snapshot is not None
            sides.append(scans(layout, snapshot))
        compared = Comparison(*sides)
        try:
            print(answer(compared, options, f"{options.old} and {options.new or 'the working tree'} on {Path(source).name}"))
        finally:
            compared.close()


if __name__ == "__main__":
    main()
