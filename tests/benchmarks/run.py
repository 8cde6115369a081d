"""How fast is claimcheck beside what it builds on, and how much memory does a long draft take?

Prints a table, or JSON with --json. The ratios are what counts: both sides of each are measured in
the same run, turn about, so that a busy machine slows both. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import claimcheck
from claimcheck.paths import rules_dir
from claimcheck.rulebook.load import load_rulebook
from claimcheck.rulebook.types import TermKind

MAIN = "import sys; from claimcheck.cli.main import main; sys.exit(main())"
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
CLAIMS = (
    "{drug} reduced {outcome} in people with {condition}.",
    "In the trial, {drug} improved {outcome} more than placebo did (p = 0.03).",
    "There was no difference in {outcome} between {drug} and placebo.",
    "Researchers said that {drug} may ease {outcome}, and called for a larger study.",
)
PARAGRAPHS = 12  # under a heading
OTHERS = (
    "The hospital opened its new wing in the spring, and the mayor came to see it.",
    "She first heard of the study from a neighbour who had taken part in it.",
    "Dr. Rao, who was not involved, teaches at the university and has two cats.",
    "Recruitment began in March 2019 at eleven sites, with 240 volunteers in all.",
)


def draft(characters: int) -> str:
    """English of our own, half of it claims on what the bundled terms name; always the same."""
    terms = load_rulebook(rules_dir()).terms
    names = {kind: [t.names[0] for t in terms if t.kind is kind and t.names] for kind in TermKind}
    choice = random.Random(2026).choice  # noqa: S311  (the same text each time)
    text: list[str] = []
    length = 0
    while length < characters:
        sentences = [
            choice(CLAIMS if at % 2 else OTHERS).format(
                drug=choice(names[TermKind.INTERVENTION] or ["ketamine"]).capitalize(),
                outcome=choice(names[TermKind.OUTCOME]),
                condition=choice(names[TermKind.CONDITION] or ["multiple sclerosis"]),
            )
            for at in range(6)
        ]
        if len(text) % PARAGRAPHS == 0:
            text.append(f"Part {len(text) // PARAGRAPHS + 1}")
        text.append(" ".join(sentences))
        length += len(text[-1]) + 2
    return "\n\n".join(text)[:characters]


def spent(command: list[str], **environment: str) -> float:
    """Seconds of wall clock that a fresh process takes."""
    start = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    return time.perf_counter() - start


def side_by_side(
    ours: list[str], theirs: list[str], *, repeats: int, cold: bool
) -> dict[str, float]:
    """Median seconds of both, turn about; `cold` gives ours an empty cache each time."""
    mine: list[float] = []
    other: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(repeats + 1):
            cache = f"{folder}/{turn if cold else 0}"
            mine.append(spent(ours, CLAIMCHECK_CACHE_DIR=cache))
            other.append(spent(theirs))
    # The first turn fills the system's file cache, and ours where it is kept.
    return ratio(statistics.median(mine[1:]), statistics.median(other[1:]))


def ratio(ours: float, theirs: float) -> dict[str, float]:
    return {"ours": round(ours, 4), "theirs": round(theirs, 4), "ratio": round(ours / theirs, 2)}


def words_per_second(characters: int) -> dict[str, float]:
    """Words a second of a warm check, and of spaCy's blank tokenizer with its sentencizer."""
    import spacy  # noqa: PLC0415  (the rest is measured without it)

    text = draft(characters)
    words = len(text.split())
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    claimcheck.check(draft(2000))
    blank(draft(2000))
    start = time.perf_counter()
    claimcheck.check(text)
    ours = words / (time.perf_counter() - start)
    start = time.perf_counter()
    blank(text)
    return ratio(ours, words / (time.perf_counter() - start))


def peak(command: list[str]) -> float:
    """The most memory that a process took, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / (1024**2 if sys.platform == "darwin" else 1024)


def measure(*, repeats: int) -> dict[str, dict[str, float]]:
    """Every measurement, by what it says."""
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as folder:
        page, long = Path(folder) / "page.txt", Path(folder) / "long.txt"
        page.write_text(draft(3_000), encoding="utf-8")
        long.write_text(draft(5_000_000), encoding="utf-8")
        check = [*python, MAIN, "check", "--exit-zero", "--quiet"]
        bare, imported = [*python, "pass"], [*python, "import spacy"]
        return {
            "--version, to bare python (s)": side_by_side(
                [*python, MAIN, "--version"], bare, repeats=repeats, cold=False
            ),
            "check of 3 KB, empty cache, to import spacy (s)": side_by_side(
                [*check, str(page)], imported, repeats=repeats, cold=True
            ),
            "check of 3 KB, rules cached, to import spacy (s)": side_by_side(
                [*check, str(page)], imported, repeats=repeats, cold=False
            ),
            "warm check, to tokenizer and sentencizer (words/s)": words_per_second(300_000),
            "peak of a 5 MB draft, to import spacy (MB)": ratio(
                peak([*check, str(long)]), peak(imported)
            ),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=5, help="turns of each fresh process")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    measured = measure(repeats=options.repeats)
    machine = (
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    )
    if options.json:
        print(json.dumps({"machine": machine, "measured": measured}, indent=2))
        return
    width = max(map(len, measured))
    print(f"{machine}\n{'':{width}}  {'ours':>10}  {'theirs':>10}  {'ratio':>7}")
    for name, row in measured.items():
        print(f"{name:{width}}  {row['ours']:10.2f}  {row['theirs']:10.2f}  {row['ratio']:7.2f}")


if __name__ == "__main__":
    main()
