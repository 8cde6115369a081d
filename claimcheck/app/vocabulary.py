"""The rules with what a user's own lists add to them for the texts at hand."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.rulebook.lists import store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from claimcheck.rulebook.types import Rulebook, Term


def widened(rulebook: Rulebook, texts: Iterable[str], folder: Path) -> Rulebook:
    """Answer the rules with the terms of the lists in this folder that the texts may name.

    Their fingerprint then covers the lists as well. Without lists the rules are as they were.
    Raises RuleError for a store that cannot be read.
    """
    lists = store.kept_lists(folder)
    if not lists:
        return rulebook
    digest = hashlib.sha256(rulebook.fingerprint.encode())
    for one in lists:
        digest.update(one.digest.encode())
    terms = _joined(rulebook.terms, store.found_in(folder, texts))
    return replace(rulebook, terms=terms, fingerprint=digest.hexdigest())


def _joined(terms: tuple[Term, ...], found: Iterable[Term]) -> tuple[Term, ...]:
    """Put further names of a concept to its term; what is no concept of the rules comes last."""
    joined = {(term.kind, term.id): term for term in terms}
    for term in found:
        old = joined.get((term.kind, term.id))
        joined[term.kind, term.id] = (
            term
            if old is None
            else replace(
                old,
                names=tuple(dict.fromkeys((*old.names, *term.names))),
                exact=tuple(dict.fromkeys((*old.exact, *term.exact))),
            )
        )
    return tuple(joined.values())
