"""Claims and records for tests of matching and judging, made from a few words each."""

from __future__ import annotations

from functools import lru_cache

from claimcheck import paths
from claimcheck.match import Shelf, match
from claimcheck.model.claim import (
    Certainty,
    Claim,
    ClaimKind,
    Direction,
    Disclosure,
    DisclosureReach,
    Mention,
    Strength,
)
from claimcheck.model.document import Span
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms
from claimcheck.trials.index import TrialIndex
from claimcheck.trials.store import trial_from_dict
from claimcheck.verdict import Rulings, judge


@lru_cache(maxsize=1)
def rulebook():
    return load_rulebook(paths.rules_dir())


@lru_cache(maxsize=1)
def terms():
    return Terms(rulebook())


@lru_cache(maxsize=1)
def shelf():
    return Shelf(terms())


@lru_cache(maxsize=1)
def rulings():
    return Rulings(rulebook().verdicts)


def a_claim(
    text,
    *,
    intervention="ketamine",
    outcome=None,
    condition=None,
    population=None,
    direction="benefit",
    certainty="asserted",
    strength=Strength.CAUSAL,
    wording=(),
    told=(),
    reach=DisclosureReach.SENTENCE,
    told_of=None,
    magnitude=None,
    timeframe=None,
    comparator=None,
    kind="efficacy",
):
    """A claim whose mentions stand one after another behind its text."""
    at = len(text)

    def mention(words):
        nonlocal at
        if words is None:
            return None
        at += len(words) + 1
        known = terms().concepts(words)
        concept = next(iter(known)) if len(known) == 1 else None
        return Mention(words, Span(at - len(words) - 1, at - 1), concept)

    span = Span(0, len(text))
    return Claim(
        id="c1",
        span=span,
        sentence=span,
        block=0,
        section=0,
        text=text,
        kind=ClaimKind(kind),
        direction=Direction(direction),
        certainty=Certainty(certainty),
        strength=strength,
        intervention=mention(intervention),
        outcome=mention(outcome),
        condition=mention(condition),
        population=mention(population),
        magnitude=mention(magnitude),
        timeframe=mention(timeframe),
        comparator=mention(comparator),
        wording=frozenset(wording),
        disclosures=tuple(
            Disclosure(one, span, "", reach, concept=None, intervention=told_of) for one in told
        ),
    )


def a_trial(id_="t1", *, outcomes, **changes):
    """A randomised trial of ketamine for fatigue in multiple sclerosis, but for `changes`."""
    record = {
        "id": id_,
        "title": f"Trial {id_}",
        "design": {"type": "randomized", "blinding": "double", "control": "placebo"},
        "conditions": ["multiple sclerosis"],
        "interventions": [{"name": "ketamine"}],
        "comparators": ["midazolam"],
        "outcomes": list(outcomes),
    }
    return trial_from_dict(record | changes)


def an_outcome(name="Daily Fatigue Severity", role="primary", finding="no-difference", **more):
    more.setdefault("concept", "fatigue")
    return {"name": name, "role": role, "finding": finding, "better": "lower", **more}


def lay(claim, *trials, citations=(), of_a_case=False):
    return match(claim, TrialIndex(trials), shelf(), citations, of_a_case=lambda: of_a_case)


def verdict(claim, *trials, citations=(), of_a_case=False):
    found = lay(claim, *trials, citations=citations, of_a_case=of_a_case)
    return judge(claim, found, rulings())
