"""By which names are the trials to be found that may bear on a claim?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.rulebook.types import TermKind
from claimcheck.terms import words
from claimcheck.trials.index import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.claim import Claim, Mention
    from claimcheck.terms import Terms


def wanted_of(claim: Claim, terms: Terms) -> Wanted:
    """Answer every name by which a record may call what a claim speaks of.

    Whatever `find_treatment` would take, these names find: the claim's own words, and the names of
    its concepts and, where a class stands for its members, of those.
    """
    mentions = tuple(filter(None, (claim.intervention, *claim.interventions)))
    return Wanted(
        words=_words(mentions, terms),
        interventions=_names(mentions, terms, TermKind.INTERVENTION),
        conditions=_names((claim.condition,), terms, TermKind.CONDITION),
        outcomes=_names((claim.outcome,), terms, TermKind.OUTCOME, TermKind.INSTRUMENT),
    )


def _words(mentions: Iterable[Mention], terms: Terms) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for mention in mentions:
        for text in (mention.text, mention.concept or ""):
            content = terms.treatment_words(text)
            found |= dict.fromkeys(word for word in words(text) if word in content)
            if not content and text:
                found |= dict.fromkeys(words(text))
    return tuple(found)


def _names(mentions: Iterable[Mention | None], terms: Terms, *kinds: TermKind) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for mention in filter(None, mentions):
        found += tuple(_names_of(mention, terms, kinds))
    return found


def _names_of(mention: Mention, terms: Terms, kinds: tuple[TermKind, ...]) -> Iterator[str]:
    yield mention.text
    concepts = set(terms.concepts(mention.text, *kinds))
    if mention.concept:
        concepts.add(mention.concept)
    for concept in sorted(concepts):
        yield from _called(concept, terms)
        if any(term.stands_for_members for term in terms.terms(concept)):
            for member in sorted(terms.descendants(concept)):
                yield from _called(member, terms)


def _called(concept: str, terms: Terms) -> Iterator[str]:
    yield concept
    for term in terms.terms(concept):
        yield from (*term.names, *term.exact)
