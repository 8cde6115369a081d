"""Does a claim take a treatment to a place where it was not studied?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.match.study import names_of, once

if TYPE_CHECKING:
    from claimcheck.match.study import Study
    from claimcheck.model.claim import Claim
    from claimcheck.terms import Terms

# Lists of words of the rules, each for one kind of place.
_PLACES = (
    "match-at-home",
    "match-in-hospital",
    "match-in-general-practice",
    "match-in-nursing-homes",
    "match-at-school",
)


def is_elsewhere(claim: Claim, study: Study) -> bool:
    """Tell whether a claim names a place, and the record another one.

    A record that names no place, or the claim's among others, contradicts nothing.
    """
    studied = _studied_places(study)
    claimed = _places(claim.text, study.terms) if studied else studied
    return bool(claimed) and claimed.isdisjoint(studied)


@once
def _studied_places(study: Study) -> frozenset[str]:
    trial = study.trial
    texts = [trial.title, trial.population.description or ""]
    texts += names_of((*trial.conditions, *trial.interventions))
    return frozenset().union(*(_places(text, study.terms) for text in texts))


def _places(text: str, terms: Terms) -> frozenset[str]:
    return frozenset(name for name in _PLACES if terms.says(text, name))
