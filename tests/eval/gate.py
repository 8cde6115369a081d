"""Has any measured quality fallen below its floor?

    python tests/eval/gate.py            compare with floors.json; exit 1 where a figure fell
    python tests/eval/gate.py --update   raise the floors to today's figures; never lowers one
                                         unless --allow-regression is given as well

The labelled texts lie outside the project (../shared/bench); without them there is nothing to do.
A figure named in `ceilings` must not rise.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
BENCH = HERE.parents[2] / "shared" / "bench"
EPSILON = 0.0005  # the figures are rounded to four places


def measure(task: str) -> dict[str, float]:
    """Score one task through the public API, in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(BENCH / "score.py"), task],
        capture_output=True,
        text=True,
        check=True,
        timeout=3000,
    )
    figures: dict[str, float] = {}
    for name, value in json.loads(done.stdout.splitlines()[0]).items():
        nested = value if isinstance(value, dict) else {"": value}
        for part, figure in nested.items():
            if isinstance(figure, int | float):
                figures[f"{name}.{part}".rstrip(".")] = figure
    return figures


def compare(task: str, figures: dict[str, float], bounds: dict[str, dict[str, float]]) -> list[str]:
    """Answer a line for each figure of a task that lies on the wrong side of its bound."""
    faults = []
    for name, floor in bounds["floors"].items():
        if figures[name] < floor - EPSILON:
            faults.append(f"{task}: {name} fell to {figures[name]}, its floor is {floor}")
    for name, ceiling in bounds["ceilings"].items():
        if figures[name] > ceiling + EPSILON:
            faults.append(f"{task}: {name} rose to {figures[name]}, its ceiling is {ceiling}")
    return faults


def raised(
    figures: dict[str, float], bounds: dict[str, dict[str, float]], *, regress: bool
) -> dict[str, dict[str, float]]:
    """Answer the bounds moved to these figures, each only for the better unless `regress`."""

    pick = (lambda _, now: now) if regress else None
    return {
        "floors": {n: (pick or max)(b, figures[n]) for n, b in bounds["floors"].items()},
        "ceilings": {n: (pick or min)(b, figures[n]) for n, b in bounds["ceilings"].items()},
    }


def main() -> int:
    """Compare or update, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    options = parser.parse_args()
    if not BENCH.is_dir():
        print("eval: no labelled texts beside the project; nothing measured")
        return 0
    tasks = json.loads(FLOORS.read_text(encoding="utf-8"))
    faults = []
    for task, bounds in tasks.items():
        figures = measure(task)
        shown = {name: figures[name] for name in (*bounds["floors"], *bounds["ceilings"])}
        print(f"eval: {task}: " + ", ".join(f"{k} {v}" for k, v in shown.items()))
        if options.update:
            tasks[task] = raised(figures, bounds, regress=options.allow_regression)
        else:
            faults += compare(task, figures, bounds)
    if options.update:
        FLOORS.write_text(json.dumps(tasks, indent=2) + "\n", encoding="utf-8")
    for fault in faults:
        print(f"eval: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
