"""What does a report say that a treatment did to an outcome, against what it was compared with?

Every clause that tells something is laid beside the question; how much each bears on it, and what
it says, is weighed by named cues (rules/models/ask.json, fitted by tests/eval/fit_ask.py).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck import paths
from claimcheck.model.imported import Answer, Asked
from claimcheck.reading.abbreviations import abbreviations
from claimcheck.reading.outcome_names import ResultWords
from claimcheck.reading.sections import sentences
from claimcheck.rulebook.weights import Weights, load_weights
from claimcheck.trials.report.evidence import evidence
from claimcheck.trials.report.question import question_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.reading.nlp import Reader
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.terms import Terms
    from claimcheck.trials.report.evidence import Evidence

TOLD = 0.3  # part of the outcome's name, by weight, that a sentence must hold to speak of it
_ANSWERS = (Asked.INCREASED, Asked.DECREASED, Asked.NO_DIFFERENCE)


def ask(
    text: str,
    *,
    intervention: str,
    comparator: str,
    outcome: str,
    reader: Reader,
    rulebook: Rulebook,
    terms: Terms,
) -> Answer:
    """Answer what a report says, in whose words, and why it is read so.

    Increased and decreased speak of the outcome in the group that had the intervention; unknown
    where no sentence of the report speaks of the outcome. The span counts in the text.
    """
    told = sentences(
        text, reader=reader, rulebook=rulebook, also=reader.defined(abbreviations(text))
    )
    question = question_of(
        text,
        told,
        intervention=intervention,
        comparator=comparator,
        outcome=outcome,
        terms=terms,
    )
    found = evidence(text, told, question, words=ResultWords.of(rulebook), terms=terms)
    if not any(one.relevance["sentence-share"] >= TOLD or one.relevance["rest"] for one in found):
        return Answer(Asked.UNKNOWN, f"no sentence tells a result on {outcome.strip()}", None)
    direction, best = _weigh(found, _weights())
    return Answer(direction, _because(text, best, direction), best.result.reading.span)


@lru_cache(maxsize=1)
def _weights() -> Weights:
    return load_weights(paths.rules_dir() / "models" / "ask.json")


def _weigh(found: Sequence[Evidence], weights: Weights) -> tuple[Asked, Evidence]:
    """Answer the direction that all clauses together speak for, and the clause that says it best.

    The probability of an answer is the sum over clauses of exp(relevance + what it says), so a
    clause counts as much as it bears on the question.
    """
    rows = [_scores(one, weights) for one in found]
    top = max(max(row) for row in rows)
    sums = [sum(math.exp(row[at] - top) for row in rows) for at in range(len(_ANSWERS))]
    answer = max(range(len(_ANSWERS)), key=lambda at: sums[at])
    best = max(range(len(rows)), key=lambda index: rows[index][answer])
    return _ANSWERS[answer], found[best]


def _scores(one: Evidence, weights: Weights) -> tuple[float, float, float]:
    relevance = weights.score("relevance", one.relevance)
    signed = weights.score("direction", {**one.direction, "bias": 1.0})
    null = weights.score("null", {**one.null, "bias": 1.0})
    return relevance + signed, relevance - signed, relevance + null


def _because(text: str, best: Evidence, direction: Asked) -> str:
    """Say which words and figures of the sentence the answer rests on."""
    result = best.result
    said = []
    if result.head:
        span = result.reading.slice(*result.head)
        said.append(f"“{' '.join(text[span.start : span.end].split())}”")
    figures = [p.span for p in result.ps[:1]] + [e.span for e in result.estimates[:1]]
    said += [" ".join(text[span.start : span.end].split()) for span in figures]
    sentence = " ".join(result.reading.text.split())
    told = ", ".join(said) if said else "the figures of the groups"
    return f"{direction.value}, by {told} in: {sentence}"
