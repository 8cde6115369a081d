"""Which small words decide how a sentence hangs together? Lists from the rules, made ready once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.rulebook.types import Rulebook


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of rules/lexicon/sentences.yaml that claims are put together by."""

    coordinators: frozenset[str]
    joiners: frozenset[str]
    fillers: frozenset[str]
    deterioration: frozenset[str]
    risk: frozenset[str]
    chances: frozenset[str]
    breaks: frozenset[str]
    edges: frozenset[str]
    agents: frozenset[str]
    copulas: frozenset[str]
    comparing: frozenset[str]
    comparing_figures: frozenset[str]
    absent: frozenset[str]
    symptoms: frozenset[str]
    auxiliaries: frozenset[str]
    persons: frozenset[str]
    describing: frozenset[str]
    amounts: frozenset[str]
    bodies: frozenset[str]
    bodily: frozenset[str]
    linking: frozenset[str]
    subject_pronouns: frozenset[str]
    means: frozenset[str]
    before_subject: frozenset[str]
    states: frozenset[str]
    of_any_treatment: frozenset[str]
    numerals: tuple[str, ...]

    @classmethod
    def of(cls, rulebook: Rulebook) -> Words:
        """Take the lists from a rulebook; a list that it lacks is empty."""

        def named(name: str) -> frozenset[str]:
            return frozenset(rulebook.words.get(name, ()))

        return cls(
            coordinators=named("coordinators"),
            joiners=named("joiners"),
            fillers=named("fillers"),
            deterioration=named("deterioration"),
            risk=named("risk"),
            chances=named("chances"),
            breaks=named("clause_breaks"),
            edges=named("clause_edges"),
            agents=named("agents"),
            copulas=named("copulas"),
            comparing=named("comparing"),
            comparing_figures=named("comparing_figures"),
            absent=named("absent"),
            symptoms=named("symptom_conditions"),
            auxiliaries=named("auxiliaries"),
            persons=named("persons"),
            describing=named("describing"),
            amounts=named("amounts"),
            bodies=named("bodies"),
            bodily=named("bodily"),
            linking=named("linking"),
            subject_pronouns=named("subject_pronouns"),
            means=named("means"),
            before_subject=named("before_subject"),
            states=named("states"),
            of_any_treatment=named("of_any_treatment"),
            numerals=rulebook.words.get("numerals", ()),
        )
