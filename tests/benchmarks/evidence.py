"""How fast are registry studies imported, and how soon are the records found that bear on a claim?

    python tests/benchmarks/evidence.py FOLDER [--studies 1000] [--records 10000] [--json]

FOLDER holds ClinicalTrials.gov studies as JSON, one a file; they are varied to make more of them.
As beside the other benchmarks the ratios are what counts, and nothing is asserted: import is laid
beside parsing the same JSON with Python's own json, a look-up beside a bare FTS5 query for the
same words.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.app.importing import Importing
from claimcheck.match import Shelf, match
from claimcheck.match.wanted import wanted_of
from claimcheck.model.claim import Certainty, Claim, ClaimKind, Direction, Mention, Strength
from claimcheck.model.document import Span
from claimcheck.model.trial import Identifiers, Named, Trial
from claimcheck.paths import rules_dir
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms
from claimcheck.trials.combined import CombinedIndex
from claimcheck.trials.database.file import FILE_NAME
from claimcheck.trials.database.reader import open_database
from claimcheck.trials.database.writer import writing
from claimcheck.trials.index import TrialIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = "2026-01-01"
CLAIMS = 400
SYLLABLES = ("ra", "mi", "zo", "tel", "vex", "lor", "qui", "nab", "dex", "pro", "fen", "sta")
ENDINGS = ["mab", "ine", "pril", "statin", "ol"]
DRUGS = 2000
REAL = 0.3  # the share of treatments that keep a real name, so that some drugs have many trials
OWN = frozenset({"title", "measure"})  # texts that no two studies share


def varied(folder: Path, count: int) -> Iterator[bytes]:
    """The real studies over and over, each with a number and titles of its own."""
    real = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))]
    for at in range(count):
        study = _retitled(real[at % len(real)], f" {at}")
        study["protocolSection"]["identificationModule"]["nctId"] = f"NCT{90_000_000 + at}"
        yield json.dumps(study, ensure_ascii=False).encode()


def _retitled(study: dict, mark: str) -> dict:
    study = json.loads(json.dumps(study))
    results = study.get("resultsSection", {}).get("outcomeMeasuresModule", {})
    planned = study["protocolSection"].get("outcomesModule", {})
    for one in (*results.get("outcomeMeasures", ()), *(m for ms in planned.values() for m in ms)):
        for key in OWN & one.keys():
            one[key] += mark
    return study


def import_speed(folder: Path, count: int, scratch: Path) -> dict[str, float]:
    """Studies a second of CPU: importing, writing included, and parsing the JSON alone."""
    lines = scratch / "studies.jsonl"
    with lines.open("wb") as file:
        file.writelines(study + b"\n" for study in varied(folder, count))
    importing = Importing(lambda: load_rulebook(rules_dir()))
    first = min(folder.glob("*.json"))
    _import(importing, first, scratch / "warm")
    start = time.process_time()
    done = _import(importing, lines, scratch / "imported")
    ours = done / (time.process_time() - start)
    start = time.process_time()
    with lines.open("rb") as file:
        for line in file:
            json.loads(line)
    theirs = count / (time.process_time() - start)
    lines.unlink()
    return row(ours, theirs)


def _import(importing: Importing, path: Path, into: Path) -> int:
    done = 0
    with writing(into, today=DAY, join=importing.join) as store:
        for found in importing.trials([str(path)]):
            if isinstance(found, Trial):
                store.put(found)
                done += 1
    return done


def row(ours: float, theirs: float) -> dict[str, float]:
    return {"ours": round(ours, 3), "theirs": round(theirs, 3), "ratio": round(ours / theirs, 2)}


def fill(folder: Path, count: int, into: Path) -> list[Claim]:
    """Store many records, and answer claims on some of what they tested."""
    chance = random.Random(2026)  # noqa: S311  (the same records each time)
    importing = Importing(lambda: load_rulebook(rules_dir()))
    real = [one for one in importing.trials([str(folder)]) if isinstance(one, Trial)]
    drugs = [
        "".join(chance.choice(SYLLABLES) for _ in range(3)) + chance.choice(ENDINGS)
        for _ in range(DRUGS)
    ]
    tested = [one for trial in real for one in trial.interventions]
    studied = [one for trial in real for one in trial.conditions]
    claims = []
    with writing(into, today=DAY) as store:
        for at in range(count):
            trial = real[at % len(real)]
            drugs_of = tuple(
                chance.choice(tested) if chance.random() < REAL else Named(chance.choice(drugs))
                for _ in trial.interventions
            )
            conditions = tuple(chance.choice(studied) for _ in trial.conditions)
            trial = replace(
                trial,
                id=f"v{at}",
                title=f"{trial.title} {at}",
                identifiers=Identifiers(),
                publications=(),
                interventions=drugs_of,
                conditions=conditions,
            )
            store.put(trial)
            if at % (count // CLAIMS or 1) == 0 and drugs_of:
                outcome = chance.choice(trial.outcomes)
                claims.append(claim_on(drugs_of[0], (*conditions, None)[0], outcome.name))
    return claims


def claim_on(drug: Named, condition: Named | None, outcome: str) -> Claim:
    text = f"{drug.name} improved {outcome}"
    whole = Span(0, len(text))

    def mention(words: str, concept: str | None) -> Mention:
        return Mention(words, Span(0, len(words)), concept)

    return Claim(
        id="c1",
        span=whole,
        sentence=whole,
        block=0,
        section=0,
        text=text,
        kind=ClaimKind.EFFICACY,
        direction=Direction.BENEFIT,
        certainty=Certainty.ASSERTED,
        strength=Strength.CAUSAL,
        intervention=mention(drug.name, drug.concept),
        condition=mention(condition.name, condition.concept) if condition else None,
        outcome=Mention(outcome, Span(len(text) - len(outcome), len(text))),
    )


def look_up_speed(folder: Path, count: int, scratch: Path) -> dict[str, dict[str, float]]:
    """Milliseconds that the records of one claim take: each claim once, its records unread."""
    claims = fill(folder, count, scratch / "records")
    terms = Terms(load_rulebook(rules_dir()))
    shelf = Shelf(terms)
    bare = sqlite3.connect(scratch / "records" / FILE_NAME)
    sizes: list[int] = []

    def plainly(claim: Claim) -> None:
        words = " OR ".join(f'"{one}"' for one in wanted_of(claim, terms).words)
        if words:
            bare.execute("SELECT rowid FROM search WHERE search MATCH ? LIMIT 100", (words,))

    def evidence() -> CombinedIndex:
        found = open_database(scratch / "records")
        assert found is not None
        return CombinedIndex(TrialIndex(()), [found])

    def near(claim: Claim) -> tuple[Trial, ...]:
        return shelf.candidates_for(claim, read)

    def spent(each: Callable[[Claim], object]) -> list[float]:
        times = []
        for claim in claims:
            start = time.perf_counter()
            each(claim)
            times.append(1000 * (time.perf_counter() - start))
        return times

    spent(lambda claim: wanted_of(claim, terms))  # the vocabulary's own caches
    theirs = spent(plainly)
    index, read = evidence(), evidence()
    found = spent(lambda claim: index.databases[0].candidates(wanted_of(claim, terms)))
    whole = spent(lambda claim: sizes.append(len(near(claim))))
    again = spent(lambda claim: match(claim, read, shelf, of_a_case=lambda: False))
    bare.close()
    size = (scratch / "records" / FILE_NAME).stat().st_size / count / 1000
    called = f"among {count:,}, {statistics.median(sizes):.0f} found, {size:.0f} KB each"
    return {
        f"{name} ({called}), {how}": row(of(times), of(theirs))
        for name, times in (("which", found), ("with records", whole), ("match, read", again))
        for how, of in (("median ms", statistics.median), ("p95 ms", _p95))
    }


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="ClinicalTrials.gov studies, one JSON file each")
    parser.add_argument("--studies", type=int, default=1000, help="to be imported")
    parser.add_argument("--records", type=int, default=10_000, help="to be searched")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        measured = {}
        if options.studies:
            measured["import (studies/s)"] = import_speed(options.folder, options.studies, scratch)
        if options.records:
            measured |= look_up_speed(options.folder, options.records, scratch)
    machine = (
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    )
    if options.json:
        print(json.dumps({"machine": machine, "measured": measured}, indent=2))
        return
    width = max(map(len, measured))
    print(f"{machine}\n{'':{width}}  {'ours':>10}  {'theirs':>10}  {'ratio':>7}")
    for named, one in measured.items():
        print(f"{named:{width}}  {one['ours']:10.3f}  {one['theirs']:10.3f}  {one['ratio']:7.2f}")


if __name__ == "__main__":
    main()
