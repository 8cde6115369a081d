"""A publication as its markup tells of it, and the trial that it and its prose make together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimcheck.model.imported import Skipped
from claimcheck.model.trial import Design, DesignType, Identifiers, Population, Role, Trial
from claimcheck.model.verdict import Confidence
from claimcheck.trials.importers.identify import links_to, name_of, record_id
from claimcheck.trials.importers.kinds import design_type, phase, refusal
from claimcheck.trials.importers.mesh import (
    Heading,
    blinding,
    conditions,
    interventions,
    is_of_animals,
    people,
    type_in_headings,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimcheck.model.imported import ReadReport
    from claimcheck.model.trial import Named

    ReadProse = Callable[[str, str], ReadReport]

_NAME = re.compile(r"[^\W\d_]{2}|[^\W\d_]\d")
_MOST_PROSE = 400_000  # characters; the longest articles have a quarter of that


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of an article's prose under its heading, which is "" where it has none."""

    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}: {self.text}" if self.label else self.text


@dataclass(frozen=True, slots=True)
class Article:
    """A publication: what its markup says, whatever format it came in.

    `kinds` are the publication types; `status` is retracted or corrected, as in a Trial;
    `notice_of` names the study that this publication only retracts or corrects.
    """

    title: str
    abstract: tuple[Section, ...] = ()
    body: tuple[Section, ...] = ()
    identifiers: Identifiers = field(default_factory=Identifiers)
    year: int | None = None
    kinds: tuple[str, ...] = ()
    mesh: tuple[Heading, ...] = ()
    status: str | None = None
    notice_of: str | None = None

    @property
    def name(self) -> str:
        """The name by which a message speaks of the article."""
        return name_of(self.identifiers, self.title)

    @property
    def prose(self) -> str:
        """The abstract, or the body where there is none, in paragraphs that begin `LABEL: `."""
        return "\n\n".join(map(str, self.abstract or self.body))[:_MOST_PROSE]

    @property
    def full_text(self) -> str:
        """Abstract and body in paragraphs that begin `LABEL: `."""
        return "\n\n".join(map(str, (*self.abstract, *self.body)))[:_MOST_PROSE]


def trial_of(article: Article, read_prose: ReadProse) -> Trial | Skipped:
    """Answer the record that a publication makes, or why it makes none.

    The bibliography comes from the markup, results from the prose; publication types and MeSH
    headings tell of the design where they can, since indexers saw the whole paper.
    """
    if reason := _unusable(article):
        return Skipped(article.name, reason)
    read = _sure(read_prose(article.prose, article.title))
    design = _design(article, read.design)
    is_study = design.type is not DesignType.UNKNOWN  # a laboratory's full text is no evidence
    if is_study and not read.outcomes and article.abstract and article.body:
        read = _sure(read_prose(article.full_text, article.title))
        design = _design(article, read.design)
    if not read.outcomes and design.type is DesignType.UNKNOWN:
        return Skipped(article.name, "neither a result nor the design of a study was found in it")
    return replace(
        read,
        id=record_id(article.identifiers, article.title),
        title=article.title or read.title,
        identifiers=article.identifiers,
        source=links_to(article.identifiers),
        year=article.year or read.year,
        status=article.status or read.status,
        design=design,
        population=_population(read.population, article, design.type),
        conditions=_joined(read.conditions, conditions(article.mesh)),
        interventions=_names(read.interventions) or interventions(article.mesh),
        comparators=_names(read.comparators),
    )


def _sure(read: ReadReport) -> Trial:
    """Answer the trial that was read, without what is hardly an outcome at all.

    That is what has no part in the trial's plan, no known concept, and no figures.
    """
    outcomes = read.trial.outcomes
    doubtful = {
        told.index
        for told in read.outcomes
        if told.confidence is Confidence.LOW
        and outcomes[told.index].role is Role.UNKNOWN
        and outcomes[told.index].concept is None
    }
    kept = tuple(outcome for at, outcome in enumerate(outcomes) if at not in doubtful)
    return replace(read.trial, outcomes=kept)


def _unusable(article: Article) -> str | None:
    if article.notice_of is not None:
        return f"a notice about another publication ({article.notice_of}), not a study"
    if reason := refusal(article.kinds, has_abstract=bool(article.abstract)):
        return reason
    if is_of_animals(article.mesh):
        return "a study of animals: no evidence of what helps people"
    if not article.prose:
        return "it has no abstract and no full text to read results from"
    return None


def _design(article: Article, read: Design) -> Design:
    """Lay what the indexers say over what the prose says, the more exact of the two first."""
    told = design_type(article.kinds) or type_in_headings(article.mesh)
    kind = told if told and not _is_finer(read.type, told) else read.type
    if kind is DesignType.META_ANALYSIS and told is not kind and article.mesh:
        kind = DesignType.UNKNOWN  # indexers name every meta-analysis; the prose only speaks of one
    return replace(
        read,
        type=kind,
        blinding=blinding(article.mesh) or read.blinding,
        phase=read.phase or phase(article.kinds),
    )


def _is_finer(read: DesignType, told: DesignType) -> bool:
    """Tell whether the prose names a design that the indexers' word only circumscribes."""
    finer = {
        DesignType.RANDOMIZED: (DesignType.CROSSOVER,),
        DesignType.OBSERVATIONAL: (DesignType.COHORT, DesignType.CASE_CONTROL),
    }
    return read in finer.get(told, ())


def _population(read: Population, article: Article, kind: DesignType) -> Population:
    if kind is DesignType.META_ANALYSIS:  # its headings are of some of its studies only
        return read
    told = people(article.mesh)
    return Population(
        age=read.age or told.age, sex=read.sex or told.sex, description=read.description
    )


def _names(read: tuple[Named, ...]) -> tuple[Named, ...]:
    """Answer what can be the name of a treatment, without the figures that stood in its place."""
    return tuple(one for one in read if _NAME.search(one.name) and "=" not in one.name)


def _joined(read: tuple[Named, ...], told: tuple[Named, ...]) -> tuple[Named, ...]:
    known = {name.casefold() for one in read for name in one.names}
    return (*read, *(one for one in told if not {n.casefold() for n in one.names} & known))
