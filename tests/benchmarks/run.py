"""How fast is claimcheck beside what it builds on and beside proselint? What memory does it take?

One command prints a table, or JSON with --json. Every figure is a ratio to something measured in
the same run, turn about, so that a busy machine slows both; medians count. Nothing is asserted.
Prose is made of the texts of --texts, a folder of JSON Lines, where there is one; else it is our
own. proselint 0.16.0 is compared with where it is installed: pip install proselint==0.16.0.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import claimcheck
from claimcheck.paths import rules_dir
from claimcheck.rulebook.load import load_rulebook
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXTS = Path(__file__).resolve().parents[2].parent / "shared" / "bench"
MAIN = "import sys; from claimcheck.cli.main import main; sys.exit(main())"
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
CLAIMS = (
    "{drug} reduced {outcome} in people with {condition}.",
    "In the trial, {drug} improved {outcome} more than placebo did (p = 0.03).",
    "There was no difference in {outcome} between {drug} and placebo.",
    "Researchers said that {drug} may ease {outcome}, and called for a larger study.",
)
OTHERS = (
    "The hospital opened its new wing in the spring, and the mayor came to see it.",
    "She first heard of the study from a neighbour who had taken part in it.",
    "Dr. Rao, who was not involved, teaches at the university and has two cats.",
    "Recruitment began in March 2019 at eleven sites, with 240 volunteers in all.",
)
PAGE, PROSE, LONG = 3_000, 1_000_000, 5_000_000  # characters
PARAGRAPHS = 12  # under a heading


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement: ours, theirs, and the ratio with its target (None: no target, or absent)."""

    name: str
    unit: str
    ours: float | None = None
    theirs: float | None = None
    target: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.theirs if self.ours and self.theirs else None


def own_paragraphs() -> Iterator[str]:
    """English of our own, half of it claims on what the bundled terms name; always the same."""
    terms = load_rulebook(rules_dir()).terms
    names = {kind: [t.names[0] for t in terms if t.kind is kind and t.names] for kind in TermKind}
    choice = random.Random(2026).choice  # noqa: S311  (the same text each time)
    number = 0
    while True:
        if number % PARAGRAPHS == 0:
            yield f"Part {number // PARAGRAPHS + 1}"
        number += 1
        yield " ".join(
            choice(CLAIMS if at % 2 else OTHERS).format(
                drug=choice(names[TermKind.INTERVENTION]).capitalize(),
                outcome=choice(names[TermKind.OUTCOME]),
                condition=choice(names[TermKind.CONDITION]),
            )
            for at in range(6)
        )


def texts_of(folder: Path) -> list[str]:
    """Every distinct text in the JSON Lines below a folder, in an order that is always the same."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.strip() else {}
            if isinstance(text := row.get("text"), str) and text.strip():
                found[text.strip()] = None
    texts = list(found)
    random.Random(2026).shuffle(texts)  # noqa: S311
    return texts


def prose(texts: list[str], characters: int) -> str:
    """So much prose, of these texts (again from the first, if they end) or of our own."""
    taken: list[str] = []
    length = 0
    while length < characters:
        for text in texts or own_paragraphs():
            taken.append(text)
            length += len(text) + 2
            if length >= characters:
                break
    return "\n\n".join(taken)[:characters]


def spent(command: list[str], **environment: str) -> float:
    """Processor seconds of a fresh process: on a shared machine the clock tells of the others."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def clocked(command: list[str], **environment: str) -> float:
    """Seconds of the clock that a fresh process takes."""
    start = time.perf_counter()
    subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    return time.perf_counter() - start


class Bench:
    """All measurements, with the files that they need."""

    def __init__(self, folder: Path, *, repeats: int, articles: int, texts: Path) -> None:
        self.folder, self.repeats, self.articles = folder, repeats, articles
        # pip leaves what it installs compiled, as spaCy and proselint are; a checkout may not be.
        compileall.compile_dir(Path(claimcheck.__file__).parent, quiet=1)
        self.texts = texts_of(texts) if texts.is_dir() else []
        python = [sys.executable, "-c"]
        self.bare, self.spacy = [*python, "pass"], [*python, "import spacy"]
        self.claimcheck = [*python, MAIN]
        self.check = [*self.claimcheck, "check", "--exit-zero", "--quiet"]
        self.page = self.write("page.txt", PAGE)
        self.long = self.write("prose.txt", PROSE)

    def write(self, name: str, characters: int) -> str:
        path = self.folder / name
        path.write_text(prose(self.texts, characters), encoding="utf-8")
        return str(path)

    def rows(self, named: str = "") -> Iterator[Row]:
        """Measure, and answer the rows whose name has these words in it."""
        anew = [*self.check, "--no-cache"]
        measured: dict[str, Callable[[str], Row]] = {
            "--version, to python -c pass": lambda name: self.beside(
                name, [*self.claimcheck, "--version"], self.bare, "<= 6"
            ),
            "cached check of 3 KB, to proselint": lambda name: self.to_proselint(
                name, [*self.check, self.page], self.page, "<= 1.2"
            ),
            "uncached check of 3 KB, to import spacy": lambda name: self.beside(
                name, [*anew, self.page], self.spacy, "<= 1.3"
            ),
            "check of 3 KB on an empty cache, to import spacy": lambda name: self.beside(
                name, [*self.check, self.page], self.spacy, cold=True
            ),
            "uncached check of 1 MB, to proselint": lambda name: self.to_proselint(
                name, [*anew, self.long], self.long, "<= 1.5"
            ),
            "warm check, to blank tokenizer and sentencizer": self.words_per_second,
            f"1 job, to 2 jobs, {self.articles} articles": self.jobs,
            "peak of a 5 MB draft, to import spacy": self.peak,
        }
        for name, measure in measured.items():
            if named in name:
                yield measure(name)

    def beside(
        self, name: str, ours: list[str], theirs: list[str], target: str = "", *, cold: bool = False
    ) -> Row:
        """Median seconds of both, turn about; `cold` gives ours an empty cache each time."""
        mine: list[float] = []
        other: list[float] = []
        for turn in range(self.repeats + 1):
            cache = self.folder / (f"cache-{name}-{turn}" if cold else "cache")
            mine.append(spent(ours, CLAIMCHECK_CACHE_DIR=str(cache)))
            other.append(spent(theirs))
        # The first turn fills the system's file cache, and ours where it is kept.
        return Row(name, "s", statistics.median(mine[1:]), statistics.median(other[1:]), target)

    def to_proselint(self, name: str, ours: list[str], path: str, target: str) -> Row:
        if importlib.util.find_spec("proselint") is None:
            return Row(name, "s", target=target, note="proselint 0.16.0 is not installed")
        row = self.beside(name, ours, [sys.executable, "-m", "proselint", "check", path], target)
        return Row(*(*asdict(row).values(),)[:-1], f"proselint {metadata.version('proselint')}")

    def words_per_second(self, name: str) -> Row:
        """Words a second of a warm check, and of spaCy's blank tokenizer with its sentencizer."""
        import spacy  # noqa: PLC0415  (the rest is measured without it)

        blank = spacy.blank("en")
        blank.add_pipe("sentencizer")
        blank.max_length = 2 * PROSE
        text = prose(self.texts, PROSE // 3)
        words = len(text.split())
        claimcheck.check(prose(self.texts, PAGE))
        blank(prose(self.texts, PAGE))
        mine: list[float] = []
        other: list[float] = []
        for _ in range(self.repeats):
            start = time.process_time()
            claimcheck.check(text)
            between = time.process_time()
            blank(text)
            mine.append(words / (between - start))
            other.append(words / (time.process_time() - between))
        ours, theirs = statistics.median(mine), statistics.median(other)
        return Row(name, "words/s", ours, theirs, ">= 0.25")

    def jobs(self, name: str) -> Row:
        """Clock seconds of many articles with one process, to those with two."""
        articles = self.folder / "articles"
        articles.mkdir()
        length = PAGE // 2
        text = prose(self.texts, self.articles * length)
        for number in range(self.articles):
            part = text[number * length : (number + 1) * length]
            (articles / f"{number}.txt").write_text(part, encoding="utf-8")
        mine: list[float] = []
        other: list[float] = []
        cache = {"CLAIMCHECK_CACHE_DIR": str(self.folder / "cache")}
        for _ in range(self.repeats):
            check = [*self.check, "--no-cache", str(articles)]
            mine.append(clocked([*check, "--jobs", "1"], **cache))
            other.append(clocked([*check, "--jobs", "2"], **cache))
        return Row(
            name,
            "s",
            statistics.median(mine),
            statistics.median(other),
            ">= 1.7",
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        )

    def peak(self, name: str) -> Row:
        """The most memory that a check of a long draft takes, and importing spaCy."""
        path = self.write("long.txt", LONG)
        ours = _peak([*self.check, "--no-cache", path])
        target = "<= 350 MB"
        return Row(name, "MB", ours, _peak(self.spacy), target)


def _peak(command: list[str]) -> float:
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *command], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / (1024**2 if sys.platform == "darwin" else 1024)


def _printed(rows: Iterator[Row], width: int) -> Iterator[str]:
    yield f"{'':{width}}  {'ours':>10}  {'theirs':>10}  {'ratio':>7}  target"
    for row in rows:
        figures = [
            f"{'-' if value is None else format(value, '.3g' if value < 1 else '.2f'):>{space}}"
            for value, space in ((row.ours, 10), (row.theirs, 10), (row.ratio, 7))
        ]
        yield f"{row.name:{width}}  {'  '.join(figures)}  {row.target:10} {row.unit} {row.note}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=5, help="turns of each measurement")
    parser.add_argument("--articles", type=int, default=2_000, help="articles for the jobs")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="a folder of JSON Lines")
    parser.add_argument("--only", default="", metavar="WORDS", help="rows with this in their name")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(
            Path(name), repeats=options.repeats, articles=options.articles, texts=options.texts
        )
        told = "real texts" if bench.texts else "text of our own"
        machine = f"{python}, {os.cpu_count()} cores, {told}, medians of {options.repeats}"
        if options.json:
            rows: list[dict[str, Any]] = [
                {**asdict(row), "ratio": row.ratio} for row in bench.rows(options.only)
            ]
            print(json.dumps({"machine": machine, "measured": rows}, indent=2))
            return
        print(machine)
        for line in _printed(bench.rows(options.only), 50):
            print(line, flush=True)


if __name__ == "__main__":
    main()
