"""Does a claim take a treatment to a place where it was not studied?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Trial
    from claimcheck.terms import Terms

# Lists of words of the rules, each for one kind of place.
_PLACES = (
    "match-at-home",
    "match-in-hospital",
    "match-in-general-practice",
    "match-in-nursing-homes",
    "match-at-school",
)


def is_elsewhere(claim: Claim, trial: Trial, terms: Terms) -> bool:
    """Tell whether a claim names a place, and the record another one.

    A record that names no place, or the claim's among others, contradicts nothing.
    """
    claimed = _places(claim.text, terms)
    if not claimed:
        return False
    texts = [trial.title, trial.population.description or ""]
    texts += [name for named in (*trial.conditions, *trial.interventions) for name in named.names]
    studied = frozenset().union(*(_places(text, terms) for text in texts))
    return bool(studied) and claimed.isdisjoint(studied)


def _places(text: str, terms: Terms) -> frozenset[str]:
    return frozenset(name for name in _PLACES if terms.says(text, name))
