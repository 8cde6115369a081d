"""What did a registered study measure, and what came of each?"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck.model.trial import (
    Analysis,
    Basis,
    Comparison,
    FindingKind,
    Outcome,
    Role,
)
from claimcheck.trials.findings import EFFECTS, find
from claimcheck.trials.importers.ctgov_analyses import Read, Setting, read_analysis, settled
from claimcheck.trials.importers.ctgov_computed import compute_cells
from claimcheck.trials.importers.ctgov_direction import Meaning, read_meaning
from claimcheck.trials.importers.ctgov_fields import AbsurdError, name, part, parts, shorten, text
from claimcheck.trials.importers.ctgov_values import read_cells
from claimcheck.trials.numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.trial import ArmValue
    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_groups import Arms
    from claimcheck.trials.importers.ctgov_words import Words

NOTE = 300  # code points of an outcome's note that are kept
_TIME = 120
_NAME = 300
_PARTED = 60  # outcomes that one measure is parted into, at most
_ROLES = {
    "PRIMARY": Role.PRIMARY,
    "SECONDARY": Role.SECONDARY,
    "OTHER_PRE_SPECIFIED": Role.EXPLORATORY,
    "POST_HOC": Role.EXPLORATORY,
}
_PLANNED = (
    ("primaryOutcomes", Role.PRIMARY),
    ("secondaryOutcomes", Role.SECONDARY),
    ("otherOutcomes", Role.EXPLORATORY),
)
_NO_WORD = re.compile(r"\W+")


def read_outcomes(
    study: Fields, arms: Arms, *, independent: bool, words: Words
) -> tuple[Outcome, ...]:
    """Answer what a study measured: with its results, then what it planned and posted nothing on.

    `independent` tells that the groups are of different people, so that comparisons may be
    computed from their values.
    """
    planned = list(_planned(study))
    registered: dict[str, list[Role]] = {}
    for title, role, _ in planned:
        registered.setdefault(_key(title), []).append(role)
    found: list[Outcome] = []
    done: set[tuple[str, Role]] = set()
    module = part(study, "resultsSection", "outcomeMeasuresModule")
    for measure in parts(module, "outcomeMeasures"):
        title = name(measure, "title")
        if not title:
            continue
        role = _ROLES.get(text(measure, "type"), Role.UNKNOWN)
        roles = registered.get(_key(title), [role])
        switched = None if role in roles else roles[0]
        done |= {(_key(title), one) for one in (role, *roles[: switched is not None])}
        measured = _measured(measure, title, arms, independent=independent, words=words)
        found += [replace(one, role=role, registered_role=switched) for one in measured]
    for title, role, measure in planned:
        if (_key(title), role) not in done:
            done.add((_key(title), role))
            found.append(replace(_unreported(measure, title, words), role=role))
    return tuple(found)


def _planned(study: Fields) -> Iterator[tuple[str, Role, Fields]]:
    module = part(study, "protocolSection", "outcomesModule")
    for key, role in _PLANNED:
        for one in parts(module, key):
            if title := name(one, "measure"):
                yield title, role, one


def _unreported(measure: Fields, title: str, words: Words) -> Outcome:
    return _outcome(measure, title, read_meaning(measure, title, words), (_nothing(()),))


def _measured(
    measure: Fields, title: str, arms: Arms, *, independent: bool, words: Words
) -> Iterator[Outcome]:
    """Answer the outcomes of one measure: several, where its comparisons came out differently."""
    meaning = read_meaning(measure, title, words)
    groups = arms.groups(measure)
    cells = read_cells(measure, groups, words)
    people = _population(text(measure, "populationDescription"), words)
    setting = Setting(title, groups, cells, meaning.better, people, words)
    reads, notes = _analyses(measure, setting)
    if not settled(one.analysis for one in reads):
        computed = compute_cells(measure, setting, independent=independent)
        notes += computed.notes
        if computed.parted:
            if reads:
                yield _outcome(measure, title, meaning, _sorted(reads), notes)
            for label, analysis in computed.parted:
                yield _outcome(measure, _joined(title, label), meaning, (analysis,))
            return
        reads = [*reads, *(Read(one, directed=True) for one in computed.analyses)]
    if not reads:
        values = cells[0].arm_values() if len(cells) == 1 else ()
        yield _outcome(measure, title, meaning, (_nothing(values),), notes)
        return
    for label, several in _parted(reads):
        yield _outcome(measure, _joined(title, label), meaning, _sorted(several), notes)


def _analyses(measure: Fields, setting: Setting) -> tuple[list[Read], list[str]]:
    """Answer the reported analyses, and what is to be noted of them and of those left out."""
    reads: list[Read] = []
    notes: list[str] = []
    for index, data in enumerate(parts(measure, "analyses"), start=1):
        try:
            read = read_analysis(data, setting)
        except AbsurdError as error:
            notes.append(f"analysis {index} left out: {error}")
            continue
        reads.append(read)
        notes += read.notes
    return reads, notes


def _parted(reads: list[Read]) -> Iterator[tuple[str, list[Read]]]:
    """Part analyses that disagree by what they compare, so that none of them speaks for all."""
    told = [one for one in reads if one.analysis.finding.kind is not FindingKind.NOT_REPORTED]
    open_ = [one for one in reads if one.analysis.finding.kind is FindingKind.NOT_REPORTED]
    if len({_is_effect(one) for one in told}) < 2:  # noqa: PLR2004
        yield "", reads
        return
    found: dict[str, list[Read]] = {}
    for one in told:
        found.setdefault(_apart(one, told), []).append(one)
    if not 1 < len(found) <= _PARTED:
        found = _by_finding(told)
    for index, (label, several) in enumerate(found.items()):
        yield label, several if index else [*several, *open_]


def _by_finding(told: list[Read]) -> dict[str, list[Read]]:
    """Part analyses that nothing sets apart: effects, and the rest, unless both are of one kind.

    What is shown to be better was not inferior before.
    """
    effects = [one for one in told if _is_effect(one)]
    others = [one for one in told if not _is_effect(one)]
    if all(one.analysis.finding.kind is FindingKind.NON_INFERIOR for one in others):
        return {"": told}
    return {f"{len(effects)} of {len(told)} comparisons": effects, "the other comparisons": others}


def _is_effect(read: Read) -> bool:
    return read.analysis.finding.kind in EFFECTS


def _apart(read: Read, reads: list[Read]) -> str:
    """Answer what sets an analysis apart: its groups, its label, or both."""
    told = []
    if len({one.analysis.groups for one in reads}) > 1:
        told.append(_versus(read.analysis.groups))
    if read.label and len({one.label for one in reads}) > 1:
        told.append(read.label)
    return ", ".join(filter(None, told))


def _joined(title: str, label: str) -> str:
    return f"{title}: {label}" if label else title


def _versus(groups: tuple[str, ...]) -> str:
    short = [shorten(one, 60) for one in groups]
    return " against ".join(short) if len(short) == 2 else ", ".join(short)  # noqa: PLR2004


def _sorted(reads: Iterable[Read]) -> tuple[Analysis, ...]:
    """Put first what speaks for the outcome: settled, between groups, of what is tested."""
    return tuple(one.analysis for one in sorted(reads, key=_rank))


def _rank(read: Read) -> tuple[bool, ...]:
    analysis = read.analysis
    return (
        analysis.finding.kind is FindingKind.NOT_REPORTED,
        analysis.comparison is Comparison.WITHIN_GROUP,
        not read.directed,
        analysis.finding.basis is not Basis.REPORTED,
        analysis.finding.kind is FindingKind.NON_INFERIOR,
    )


def _nothing(values: tuple[ArmValue, ...]) -> Analysis:
    return Analysis(finding=find(Numbers()), values=values)


def _outcome(
    measure: Fields,
    title: str,
    meaning: Meaning,
    analyses: tuple[Analysis, ...],
    notes: Iterable[str] = (),
) -> Outcome:
    return Outcome(
        name=shorten(title, _NAME),
        analyses=analyses,
        concept=meaning.concept,
        kind=meaning.kind,
        timepoint=shorten(text(measure, "timeFrame"), _TIME) or None,
        better=meaning.better,
        note=_note(notes),
    )


def _note(notes: Iterable[str]) -> str | None:
    """Answer the notes in one, each said once with how often it was said before."""
    several = list(notes)
    counted = dict.fromkeys(several, 0)
    for one in several:
        counted[one] += 1
    told = [one if times == 1 else f"{one} ({times} times)" for one, times in counted.items()]
    if len(told) > 3:  # noqa: PLR2004
        told = [*told[:2], f"and {len(told) - 2} notes more"]
    return shorten("; ".join(told), NOTE) or None


def _population(described: str, words: Words) -> str | None:
    for kind, called in (("per-protocol", "per-protocol"), ("mitt", "mitt"), ("itt", "itt")):
        if described and words.says(kind, described):
            return called
    return None


@lru_cache(maxsize=1024)
def _key(title: str) -> str:
    return _NO_WORD.sub(" ", title.casefold()).strip() or title
