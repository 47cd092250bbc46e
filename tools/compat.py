"""Open a published warehouse in other DuckDB versions, without khobao: ``python -m tools.compat WAREHOUSE`` (``make compat``).

Each version is installed into a folder of its own and asked, in a plain Python process with extension downloads switched off,
for the rows of every view, the comments, and what every report answers. Exit status 1 where one of them differs from the locked
version.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from warehouse.reports import reports

VERSIONS = ("1.4.4", "1.5.5", "2.0.0")
PROBE = """
import duckdb, hashlib, json, sys
no_downloads = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
con = duckdb.connect(sys.argv[1], read_only=True, config=no_downloads)
views = con.execute("SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
rows = {f"{s}.{v}": con.execute(f'SELECT count(*) FROM (SELECT * FROM {s}."{v}")').fetchall()[0][0] for s, v in views}
query = "SELECT count(*) FROM duckdb_columns() WHERE NOT internal AND comment IS NOT NULL"
comments = con.execute(query).fetchall()[0][0]
answers = {call: hashlib.sha256(repr(con.execute(f"FROM {call}").fetchall()).encode()).hexdigest() for call in sys.argv[2:]}
print(json.dumps({"rows": rows, "comments": comments, "answers": answers}))
"""


def ask(version: str, catalog: Path, folder: Path) -> dict[str, object]:
    """What one version of DuckDB says of the file; raises CalledProcessError where it can't be installed or can't read it."""
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--target", str(folder)]
    subprocess.run([*pip, f"duckdb=={version}"], check=True)
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    probe = [sys.executable, "-c", PROBE, str(catalog), *(report.example + report.order_by for report in reports())]
    done = subprocess.run(probe, env=environment, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        raise SystemExit(f"DuckDB {version} can't read {catalog}: {done.stderr.strip().splitlines()[-1]}")
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def main() -> int:
    catalog = Path(sys.argv[1] if len(sys.argv) > 1 else "warehouse/data") / "khobao.duckdb"
    answers = {}
    for version in VERSIONS:
        with tempfile.TemporaryDirectory() as folder:
            answers[version] = ask(version, catalog.resolve(), Path(folder))
        rows, told = answers[version]["rows"], answers[version]["answers"]
        assert isinstance(rows, dict) and isinstance(told, dict)
        counted = f"{len(rows)} views, {sum(rows.values()):,} rows, {answers[version]['comments']} column comments"
        print(f"DuckDB {version}: {counted}, {len(told)} reports answer")
    return int(len({json.dumps(answer, sort_keys=True) for answer in answers.values()}) != 1)


if __name__ == "__main__":
    sys.exit(main())
