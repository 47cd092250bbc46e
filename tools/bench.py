"""What commands cost, each beside a bare equivalent in the same run: ``python -m tools.bench [SOURCE]`` (``make bench``).

Prints a table; judges nothing. ``SOURCE`` is the project's samples unless given. Every number is the best of ``ROUNDS`` runs in
fresh processes; the cold flows have a Prefect home that exists already, as on any machine but for its very first run.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
BARE_FLOW = """
from prefect import flow, task
@task
def one(): return 1
@flow
def bare(): return one.submit().result()
bare()
"""


def seconds(command: list[str], environment: dict[str, str], rounds: int = ROUNDS) -> float:
    """Wall-clock time of the quickest of several runs; raises CalledProcessError where one fails."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
        best = min(best, time.perf_counter() - begun)
    return best


def main() -> None:
    source = sys.argv[1] if len(sys.argv) > 1 else "samples/news"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "PREFECT_HOME": f"{folder}/prefect",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        }
        python, khobao = sys.executable, [sys.executable, "-m", "flows"]
        at = ["--warehouse", f"{folder}/warehouse"]
        seconds([*khobao, "run", "samples/news", *at], environment, 1)  # Prefect's home is laid out by the first flow

        print(f"{'command':<44}{'seconds':>9}{'beside':>9}")
        bare = seconds([python, "-c", "import duckdb"], environment)
        print(f"{'python -c import duckdb':<44}{bare:>9.2f}")
        for name, arguments in (
            ("khobao --help", ["--help"]),
            ("khobao status", ["status", *at]),
            ('khobao sql "select 1"', ["sql", "select 1", *at]),
        ):
            took = seconds([*khobao, *arguments], environment)
            print(f"{name:<44}{took:>9.2f}{took - bare:>+9.2f}")

        flow = seconds([python, "-c", BARE_FLOW], environment)
        print(f"{'a bare Prefect flow of one task, cold':<44}{flow:>9.2f}")
        best = float("inf")
        for number in range(ROUNDS):
            cold = [*khobao, "run", source, "--warehouse", f"{folder}/cold{number}"]
            best = min(best, seconds(cold, environment, 1))
        print(f"{'khobao run ' + source + ', cold, new warehouse':<44}{best:>9.2f}{best / flow:>8.2f}x")
        again = seconds([*khobao, "run", source, "--warehouse", f"{folder}/cold0"], environment)
        print(f"{'khobao run ' + source + ', nothing new':<44}{again:>9.2f}{again / flow:>8.2f}x")


if __name__ == "__main__":
    main()
