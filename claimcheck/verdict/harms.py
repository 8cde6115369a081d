"""Which harm that a deciding study found does a draft leave out, while it praises the treatment?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import ClaimKind, Direction
from claimcheck.model.trial import FindingKind
from claimcheck.model.verdict import VerdictKind
from claimcheck.terms import words
from claimcheck.verdict.explain import describe_outcome
from claimcheck.verdict.row import is_safety

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.model.verdict import Verdict
    from claimcheck.terms import Terms

NAMED_AT_MOST = 3
# Words of a draft that speak of harm, whichever.
_HARM = "match-harm"


def harms_left_out(text: str, verdicts: tuple[Verdict, ...], terms: Terms) -> Iterator[str]:
    """Yield a sentence for each study that carries a praise, and found harm that nobody reads of.

    A draft that speaks of side effects at all, or names the harm, is not told: how well it does so
    is for its claims of safety.
    """
    if any(_speaks_of_harm(verdict) for verdict in verdicts):
        return
    praised = [trial for trial in _praised(verdicts) if any(map(_is_harm, trial.outcomes))]
    said = frozenset(words(text)) if praised else frozenset()
    if said & terms.lists.get(_HARM, frozenset()):
        return
    for trial in praised:
        found = [one for one in trial.outcomes if _is_harm(one)]
        if not any(terms.overlap(terms.content(one.name), said) for one in found):
            told = "; ".join(describe_outcome(one) for one in found[:NAMED_AT_MOST])
            yield f"the draft tells what {trial.title} found to help, and not its harm: {told}"


def _speaks_of_harm(verdict: Verdict) -> bool:
    claim = verdict.claim
    return claim.kind is ClaimKind.SAFETY or claim.direction is Direction.HARM


def _praised(verdicts: Iterable[Verdict]) -> Iterator[Trial]:
    """Yield the studies that carry a claim of benefit, each once."""
    seen: set[str] = set()
    for verdict in verdicts:
        praise = verdict.claim.direction is Direction.BENEFIT
        if not praise or verdict.kind is not VerdictKind.SUPPORTED or not verdict.evidence:
            continue
        trial = verdict.evidence[0].match.trial
        if trial.id not in seen:
            seen.add(trial.id)
            yield trial


def _is_harm(outcome: Outcome) -> bool:
    return is_safety(outcome) and outcome.finding.kind is FindingKind.WORSENED
