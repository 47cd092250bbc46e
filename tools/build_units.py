"""Build ``transforms/lexicons/units.tsv``: ``python -m tools.build_units GAZETTEER_DIR``.

GAZETTEER_DIR holds ``units_before_2025-07-01.tsv``, ``units_since_2025-07-01.tsv`` (level, code, name, full_name, parent_code)
and ``merges_2025-07-01.tsv`` (old commune to new communes). The merges are checked against both lists: a row that names an
unknown old unit is left out; an unknown new code is mended where just one new commune of that province is named by no row.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from transforms.clean.unicode import fold_tones
from transforms.units import LEXICON

COLUMNS = ("code", "code_set", "level", "name", "full_name", "parent_code", "valid_from", "valid_to", "successor_code")
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def successors(old: list[Row], new: list[Row], merges: list[Row]) -> dict[str, str]:
    """Old code to new code, for communes, and for districts and provinces that went into one unit whole."""
    olds = {row["code"]: row for row in old}
    news = {row["code"] for row in new}
    named = {row["new_commune_code"] for row in merges}
    unnamed: dict[str, list[str]] = defaultdict(list)
    for row in new:
        if row["level"] == "commune" and row["code"] not in named:
            unnamed[row["parent_code"]].append(row["code"])
    became: dict[str, set[str]] = defaultdict(set)
    for row in merges:
        commune, district, province = row["old_commune_code"], row["old_district_code"], row["old_province_code"]
        if district not in olds or province not in olds or (commune and commune not in olds):
            print(f"left out, unknown old unit: {row}", file=sys.stderr)
            continue
        target = row["new_commune_code"]
        if target not in news:
            spare = unnamed[row["new_province_code"]]
            if len(spare) != 1:
                print(f"left out, unknown new unit: {row}", file=sys.stderr)
                continue
            target = spare[0]
            print(f"mended: {row['new_commune_code']} is {target}", file=sys.stderr)
        if commune:
            became[commune].add(target)
        became[district].add(target)
        became[province].add(row["new_province_code"])
    return {code: targets.copy().pop() for code, targets in became.items() if len(targets) == 1}


def rows(old: list[Row], new: list[Row], merges: list[Row]) -> list[list[str]]:
    after = successors(old, new, merges)
    built = []
    for code_set, units, since, until in (("2024", old, "", "2025-06-30"), ("2025", new, "2025-07-01", "")):
        for row in units:
            full = fold_tones(row["full_name"])
            successor = after.get(row["code"], "") if code_set == "2024" else ""
            name = fold_tones(row["name"])
            built.append([row["code"], code_set, row["level"], name, full[:1].upper() + full[1:], row["parent_code"],
                          since, until, successor])  # fmt: skip
    return sorted(built, key=lambda row: (row[1], len(row[0]), row[0]))


def main() -> None:
    folder = Path(sys.argv[1])
    names = ("units_before_2025-07-01.tsv", "units_since_2025-07-01.tsv", "merges_2025-07-01.tsv")
    old, new, merges = (read(folder / name) for name in names)
    with LEXICON.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(COLUMNS)
        writer.writerows(rows(old, new, merges))


if __name__ == "__main__":
    main()
