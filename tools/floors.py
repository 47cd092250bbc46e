"""Raise the accuracy floors to what is measured now: ``python -m tools.floors`` (``make floors``). Never lowers one.

The floors of the development set are raised only where its texts lie beside the project; where a gold set has changed, its
floors are written anew.
"""

import json
import math
import tempfile
from pathlib import Path

from flows.engine import Inline
from flows.progress import Silent
from flows.run import execute
from flows.settings import Settings
from tests.test_accuracy import FLOORS, GENRE, OWN, ROOT, annotations, digest, rows
from transforms.scoring import score


def main() -> None:
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    shared = ROOT.parent / "shared"
    sets = (
        ("own", ROOT / "samples/news", OWN),
        ("genre", GENRE / "texts", GENRE),
        ("dev", shared / "samples", shared / "gold/dev"),
    )
    for name, source, gold in sets:
        if not gold.is_dir():
            continue
        with tempfile.TemporaryDirectory() as folder:
            warehouse = Path(folder) / "warehouse"
            execute(Settings((str(source),), warehouse), Inline(), Silent())
            tallies = score(annotations(gold), rows(warehouse))
        old = floors.get(name, {})
        before = old.get("floors", {}) if old.get("digest") == digest(gold) else {}
        measured = {field: math.floor(tally.f1 * 1000) / 1000 for field, tally in tallies.items()}
        floors[name] = {
            "digest": digest(gold),
            "floors": {field: max(value, before.get(field, 0)) for field, value in measured.items()},
        }
        for field, tally in tallies.items():
            print(f"{name} {field:24}{tally.precision:8.3f}{tally.recall:8.3f}{tally.f1:8.3f}{tally.wanted:8g}")
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
