"""Which outcome does each result of a report belong to, and what does it show?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import (
    Better,
    Comparison,
    FindingKind,
    Role,
    Subgroup,
)
from claimcheck.reading.results import Change, results
from claimcheck.reading.sections import Part
from claimcheck.trials.report.analyse import analyse
from claimcheck.trials.report.naming import outcome_name
from claimcheck.trials.report.outcomes import (
    OUTCOMES,
    SAME,
    Defined,
    alike,
    concept_of,
    moments_in,
    timepoint_in,
)
from claimcheck.trials.report.rows import Row, Told, finished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.model.document import Span
    from claimcheck.reading.nlp import Reading
    from claimcheck.reading.outcome_names import ResultWords
    from claimcheck.reading.results import Result
    from claimcheck.reading.sections import Sentence
    from claimcheck.terms import Terms
    from claimcheck.trials.report.arms import Arms
    from claimcheck.trials.report.rows import Found

PRESUMED = "the report names no primary outcome; its aim names this one"
LIKELY = 0.3  # similarity from which a free result is taken for a primary outcome without one
_NEAR = 6  # tokens between "with" and the difference that there was not
MOST = 150  # outcomes of one report; a real one has a tenth of that in its prose


def outcomes_of(
    text: str,
    sentences: Sequence[Sentence],
    defined: Sequence[Defined],
    arms: Arms,
    *,
    words: ResultWords,
    terms: Terms,
    short: Mapping[str, str],
    title: str = "",
) -> tuple[Found, ...]:
    """Answer the outcomes of a report with their results, the defined ones first."""
    aims = [s.reading.text for s in sentences if s.part in (Part.OBJECTIVE, Part.TITLE)]
    aimed = frozenset().union(*(terms.concepts(aim, *OUTCOMES) for aim in (*aims, title)))
    gathered = _Gatherer(text, arms, terms=terms, short=short, words=words, aims=aimed, title=title)
    gathered.define(defined)
    for sentence in _telling(sentences, words):
        gathered.read(sentence.reading)
    gathered.settle()
    rows = [row for row in gathered.rows if row.told or row.role is Role.PRIMARY]
    return tuple(finished(at, row, terms) for at, row in enumerate(rows))


def _telling(sentences: Sequence[Sentence], words: ResultWords) -> Iterator[Sentence]:
    """Yield the sentences that tell results; what only describes the start tells none."""
    own = [s for s in sentences if s.part is Part.RESULTS]
    for sentence in own or [s for s in sentences if s.part is Part.CONCLUSION]:
        reading = sentence.reading
        adjusted = any(words.has("adjusted", word) for word in reading.lowers)
        later = reading.of(
            "timeframe"
        )  # "8.6 versus 8.5 at baseline and 4.1 versus 3.9 at 30 minutes"
        if _is_of_the_start(reading, words):
            continue
        if not reading.of("baseline") or reading.of("within") or adjusted or later:
            yield sentence


def _is_of_the_start(reading: Reading, words: ResultWords) -> bool:
    """Tell whether a sentence says that the groups were alike to begin with: in age, in sex."""
    alike = reading.of("same") or any(hit.cue.value == "no" for hit in reading.of("significance"))
    start = any(words.has("demographic", word) for word in reading.lowers)
    return bool(alike) and start and not reading.of("within")


class _Gatherer:
    """Lays each result beside the outcomes met so far."""

    def __init__(
        self,
        text: str,
        arms: Arms,
        *,
        terms: Terms,
        short: Mapping[str, str],
        words: ResultWords,
        aims: frozenset[str],
        title: str,
    ) -> None:
        self._aims, self._title = aims, title
        self.rows: list[Row] = []
        self._text, self._arms, self._words = text, arms, words
        self._terms, self._short = terms, short

    def define(self, defined: Sequence[Defined]) -> None:
        """Begin a row for every outcome that the report defines."""
        self.rows += [
            Row(one.name, one.role, one.span, one.timepoint, one.moments) for one in defined
        ]

    def read(self, reading: Reading) -> None:
        """Put the results of a sentence into the rows that their words name."""
        before: tuple[Span, ...] = ()
        for result in _compared(list(results(self._text, reading, self._words))):
            # "Use was lower at 48 hours; there was no difference at 24 hours" goes on with it.
            goes_on = not result.names and result.change is Change.NONE
            told = replace(result, names=before) if goes_on else result
            self._add(told)
            before = told.names

    def _add(self, result: Result) -> None:
        heads = [
            hit for hit in result.reading.of("role-head") if result.first <= hit.first < result.last
        ]
        role = Role(heads[0].cue.value or "unknown") if heads else None
        named = [
            (span, " ".join(self._text[span.start : span.end].split())) for span in result.names
        ]
        if heads and (not named or all(h.span.overlaps(s) for s, _ in named for h in heads[:1])):
            for row in self._of_role(role or Role.UNKNOWN):
                self._put(row, row.name, result, 0, 1)
            return
        if result.change is Change.NONE and any(self._is_general(name) for _, name in named):
            for row in self._without_a_comparison():
                self._put(row, row.name, result, 0, 1)
        for at, (_, name) in enumerate(named):
            own = self._row(name, result, role)
            if own is not None:
                self._put(own, name, result, at, len(named))

    def _is_general(self, name: str) -> bool:
        """Tell whether a name means every outcome: "any of the clinical scores"."""
        return all(self._words.has("general", word) for word in name.lower().split())

    def _without_a_comparison(self) -> list[Row]:
        return [
            row
            for row in self.rows
            if row.definition is not None
            and all(one.analysis.comparison is Comparison.WITHIN_GROUP for one in row.told)
        ]

    def _of_role(self, role: Role) -> list[Row]:
        rows = [row for row in self.rows if row.role is role and row.subgroup is None]
        if not rows:
            rows = [Row(f"{role.value} outcome", role, None, None, sure=False)]
            self.rows += rows
        return rows

    def _row(self, name: str, result: Result, role: Role | None) -> Row | None:
        """Answer the row that a result's words name, a new one if need be; None for no name."""
        part = "subgroup-result" in result.cues
        scored = [
            (alike(name, row.name, self._terms, self._short), -at, row)
            for at, row in enumerate(self.rows)
            if (row.subgroup is not None) is part
        ]
        best = max(scored, default=None, key=lambda one: one[:2])
        if best and best[0] >= SAME:
            return best[2]
        if len(self.rows) >= MOST and best:
            return best[2]
        own = outcome_name(name, self._title, self._terms)
        if own is None:
            return None
        row = Row(own, role or Role.UNKNOWN, None, None)
        if part:
            row.role, row.subgroup = Role.SUBGROUP, Subgroup(_subgroup(result))
        self.rows.append(row)
        return row

    def _put(self, row: Row, name: str, result: Result, at: int, count: int) -> None:
        better = concept_of(name, self._terms).better
        if better is Better.UNKNOWN:
            better = concept_of(row.name, self._terms).better
        analysis = analyse(
            result, at, count, better=better, arms=self._arms, trend=bool(_trend(result))
        )
        if analysis is None:
            return
        sure = analysis.p is not None or analysis.ci is not None or result.significant is not None
        null = analysis.finding.kind is FindingKind.NO_DIFFERENCE
        moments = moments_in(result.reading, result.span)
        when = timepoint_in(result.reading, result.span)
        row.told.append(Told(analysis, sure or null, moments, result.span, when))

    def settle(self) -> None:
        """Give roles to what was not defined, and a result to a primary outcome without one."""
        primary = [row for row in self.rows if row.role is Role.PRIMARY]
        for row in primary:
            if not row.told and (other := self._unclaimed(row)):
                row.told, row.sure = other.told, False
                self.rows.remove(other)
        if primary:
            for row in self.rows:
                if row.role is Role.UNKNOWN:
                    row.role = Role.SECONDARY
        else:
            self._presume()
        self.rows.sort(key=lambda row: row.role is not Role.PRIMARY)

    def _presume(self) -> None:
        """Note which outcomes the aim or the title names, where none is named as primary."""
        for row in self.rows:
            concept = concept_of(row.name, self._terms).id
            if concept and concept in self._aims and row.subgroup is None:
                row.note = PRESUMED

    def _unclaimed(self, row: Row) -> Row | None:
        """Answer the result that tells of it under another name: same concept, or much alike."""
        wanted = concept_of(row.name, self._terms).id
        scored = []
        for at, other in enumerate(self.rows):
            if other.role is Role.UNKNOWN and other.told and other.subgroup is None:
                same = wanted is not None and concept_of(other.name, self._terms).id == wanted
                score = same + alike(other.name, row.name, self._terms, self._short)
                scored.append((score, -at, other))
        best = max(scored, default=None, key=lambda one: one[:2])
        return best[2] if best and best[0] >= LIKELY else None


def _compared(found: list[Result]) -> Iterator[Result]:
    """Yield the results of a sentence, those before "with no difference between groups" as within.

    What came of both groups before such an end compares nothing, unless it says with what.
    """
    ends = [at for at, result in enumerate(found) if _ends(result)]
    last = max(ends, default=0)
    for at, result in enumerate(found):
        both = at < last and not _says_with_what(result)
        yield replace(result, cues=(result.cues | {"within"}) - {"between"}) if both else result


def _says_with_what(result: Result) -> bool:
    against = result.reading.of("control")
    return any(result.first <= hit.first < result.last for hit in against)


def _ends(result: Result) -> bool:
    if result.head is None or result.change is not Change.NONE or "between" not in result.cues:
        return False
    before = result.reading.lowers[max(0, result.head[0] - _NEAR) : result.head[0] + 1]
    return not result.names or "with" in before or "without" in before


def _trend(result: Result) -> bool:
    return any(result.first <= hit.first < result.last for hit in result.reading.of("trend"))


def _subgroup(result: Result) -> str:
    hit = [h for h in result.reading.of("subgroup-result") if h.first < result.last][-1]
    last = min(result.last, hit.last + 4)
    span = result.reading.slice(hit.first, max(last, hit.last))
    start = result.reading.span.start
    return " ".join(result.reading.text[span.start - start : span.end - start].split())
