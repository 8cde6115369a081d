"""What does a trial report say in its own prose: who was compared, what was measured, what came?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.document import Span
from claimcheck.model.imported import ReadReport
from claimcheck.model.trial import Trial
from claimcheck.reading.abbreviations import abbreviations
from claimcheck.reading.outcome_names import ResultWords
from claimcheck.reading.role_names import RoleWords
from claimcheck.reading.sections import Part, sentences
from claimcheck.trials.report.arms import arms_of
from claimcheck.trials.report.link import outcomes_of
from claimcheck.trials.report.outcomes import defined_in
from claimcheck.trials.report.study import StudyWords, conditions_of, design_of

if TYPE_CHECKING:
    from claimcheck.reading.nlp import Reader
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.terms import Terms

_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


def read_report(
    text: str, *, title: str = "", reader: Reader, rulebook: Rulebook, terms: Terms
) -> ReadReport:
    """Answer the record that a report's prose tells, and where each outcome was read.

    `text` is an abstract or a full text, with labels or without; all spans count in it. What the
    prose does not say stays unknown.
    """
    short = abbreviations(text)
    also = reader.defined(short)
    told = sentences(text, reader=reader, rulebook=rulebook, also=also)
    named = title or next((s.reading.text for s in told if s.part is Part.TITLE), "")
    heading = reader.read(named, Span(0, len(named)), also=also)
    words = StudyWords.of(rulebook)
    arms = arms_of(heading, told, words)
    defined = defined_in(text, told, RoleWords.of(rulebook))
    found = outcomes_of(
        text,
        told,
        defined,
        arms,
        words=ResultWords.of(rulebook),
        terms=terms,
        short=short,
        title=named,
    )
    trial = Trial(
        id=_SLUG.sub("-", named.lower())[:_LONGEST].strip("-") or "report",
        title=" ".join(named.split()) or "Report",
        design=design_of(heading, told, words),
        conditions=conditions_of(heading, told),
        interventions=arms.interventions,
        comparators=arms.comparators,
        arms=arms.arms,
        outcomes=tuple(outcome for outcome, _ in found),
    )
    return ReadReport(trial, text, tuple(place for _, place in found))
