"""Which intervention does a sentence speak of, when it does not say so itself?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.claims.changes import Change
from claimcheck.model.claim import Mention, Resolution
from claimcheck.model.document import BlockKind
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from claimcheck.claims.passage import Passage
    from claimcheck.claims.words import Words
    from claimcheck.model.claim import Claim
    from claimcheck.reading.nlp import Reading, TermHit

_TITLE_WEIGHT = 6
_LEAD_WEIGHT = 2
_LEAD = 4  # sentences
_REACH = 2  # sentences of a paragraph over which a claim is still spoken of
_TRIED = 3  # tokens between "who have not" and the treatment
_RECENT = 3  # sentences over which a pronoun may stand for a treatment
# The cues that `interventions_in` asks for.
NAMING = frozenset(
    {"adjusted", "lack", "versus", "evidential", "aim", "drug-stem", "other-treatment"}
)


class Candidate(NamedTuple):
    """An intervention that a sentence names: tokens, mention, and if it stands as a comparator."""

    first: int
    last: int
    mention: Mention
    comparator: bool


def interventions_in(text: str, reading: Reading) -> tuple[Candidate, ...]:
    """Answer the interventions that a sentence names; those after "than" as comparators.

    None is what is lacking ("low vitamin D"), what shows the effect ("scans suggest"), nor what
    was allowed for ("after adjusting for smoking and diet").
    """
    named = reading.terms_of(TermKind.INTERVENTION)
    if not named and not reading.of("drug-stem", "other-treatment"):  # as for most
        return ()
    found = []
    lacking = {hit.last for hit in reading.of("lack")}
    shown_by = {hit.first for hit in reading.of("evidential")}
    for hit in named:
        if hit.first in lacking or hit.last in shown_by or _is_adjusted_for(hit, reading):
            continue
        mention = Mention(text[hit.start : hit.end], hit.span, hit.term.id)
        compared = stands_behind(hit.first, reading)
        found.append(Candidate(hit.first, hit.last, mention, compared))
    taken = {index for item in found for index in range(item.first, item.last)}
    for stem in reading.of("drug-stem"):
        if stem.first not in taken:
            words = text[stem.start : stem.end]
            compared = stands_behind(stem.first, reading)
            mention = Mention(words, stem.span, words.lower())
            found.append(Candidate(stem.first, stem.last, mention, compared))
    if not found:
        for other in reading.of("other-treatment"):
            mention = Mention(text[other.start : other.end], other.span)
            compared = stands_behind(other.first, reading)
            found.append(Candidate(other.first, other.last, mention, compared))
    return tuple(sorted(found, key=lambda item: item.first))


def _is_adjusted_for(hit: TermHit, reading: Reading) -> bool:
    """Tell whether a term is one of what a study allowed for."""
    return any(cue.first <= hit.first < cue.last for cue in reading.of("adjusted"))


def stands_behind(first: int, reading: Reading) -> bool:
    """Tell whether what begins at a token stands close behind "than" or "compared with".

    Likewise what was tried before: "people who have not benefited from antidepressants".
    """
    for hit in reading.of("aim"):
        if hit.cue.value == "conditional" and 0 <= first - hit.last <= _TRIED:
            return True
    for hit in reading.of("versus"):
        if hit.first == first:  # "non-antibiotic", one word
            return True
        between = reading.lowers[hit.last : first]
        if hit.last <= first and len(between) <= 4 and "," not in between:  # noqa: PLR2004
            return True
    return False


class Illness(NamedTuple):
    """A condition that a sentence names; as a `symptom` it is often part of another's illness."""

    mention: Mention
    symptom: bool


def conditions_in(text: str, reading: Reading, words: Words) -> tuple[Illness, ...]:
    """Answer the conditions that a sentence names, diseases before symptoms, each in order.

    What is to be kept off is none: "cuts the risk of stroke", "prevents asthma"; nor what was
    allowed for.
    """
    risks = [
        hit
        for hit in reading.terms_of(TermKind.OUTCOME)
        if not words.risk.isdisjoint(reading.lowers[hit.first : hit.last])
    ]
    kept_off = [hit.last for hit in reading.of("effect") if hit.cue.value == Change.PREVENT]
    found = [
        Illness(
            Mention(text[hit.start : hit.end], hit.span, hit.term.id),
            hit.term.id in words.symptoms,
        )
        for hit in reading.terms_of(TermKind.CONDITION)
        if not any(risk.first <= hit.first and hit.last <= risk.last for risk in risks)
        and hit.first not in kept_off
        and not _is_adjusted_for(hit, reading)
    ]
    return tuple(sorted(found, key=lambda ill: (ill.symptom, ill.mention.span)))


@dataclass(frozen=True, slots=True)
class Topics:
    """What the draft as a whole is about: interventions by weight, title's and headings' own.

    `ranks` is the place of each concept in `interventions`.
    """

    ranks: dict[str, int]
    interventions: tuple[Mention, ...]
    title: Mention | None
    title_condition: Illness | None
    section_interventions: dict[int, Mention]
    section_conditions: dict[int, Illness]


class Weights:
    """What a draft speaks of, weighed sentence by sentence: its title and lead count most."""

    def __init__(self, text: str, words: Words) -> None:
        """Begin with nothing read."""
        self._text, self._words = text, words
        self._weights: Counter[str] = Counter()
        self._first: dict[str, Mention] = {}
        self._title: Mention | None = None
        self._title_condition: Illness | None = None
        self._by_section: dict[int, Mention] = {}
        self._conditions: dict[int, Illness] = {}

    def note(self, passage: Passage, named: tuple[Candidate, ...], order: int) -> None:
        """Weigh what a sentence names, which is the draft's so many-th."""
        is_title = passage.place.kind in (BlockKind.TITLE, BlockKind.META)
        for item in named:
            key = item.mention.concept or item.mention.text.lower()
            weight = _TITLE_WEIGHT if is_title else _LEAD_WEIGHT if order < _LEAD else 1
            self._weights[key] += weight
            self._first.setdefault(key, item.mention)
        if not (is_title or passage.place.kind is BlockKind.HEADING):
            return
        ill = conditions_in(self._text, passage.reading, self._words)
        if is_title:
            self._title = self._title or (named[0].mention if named else None)
            self._title_condition = self._title_condition or (ill[0] if ill else None)
            return
        if named:
            self._by_section.setdefault(passage.place.section, named[0].mention)
        if ill:
            self._conditions.setdefault(passage.place.section, ill[0])

    def topics(self) -> Topics:
        """Answer what all that was read is about."""
        first = self._first
        ranked = sorted(first, key=lambda key: (-self._weights[key], first[key].span))
        leading = tuple(first[key] for key in ranked)
        ranks = {m.concept: rank for rank, m in enumerate(leading) if m.concept}
        return Topics(
            ranks,
            leading,
            self._title,
            self._title_condition,
            self._by_section,
            self._conditions,
        )


def resolved(mention: Mention, how: Resolution) -> Mention:
    """Answer the mention as one that was found elsewhere, and how."""
    return Mention(mention.text, mention.span, mention.concept, how)


def inherited_condition(topics: Topics, section: int) -> Illness | None:
    """Answer the heading's condition, then the title's; a disease of either before a symptom."""
    heading, title = topics.section_conditions.get(section), topics.title_condition
    if heading is not None and heading.symptom and title is not None and not title.symptom:
        return title
    return heading or title


@dataclass(slots=True)
class Memory:
    """The interventions and conditions that the sentences before this one named; it only grows."""

    topics: Topics
    last: tuple[Candidate, ...] = ()
    last_paragraph: int = -1
    last_order: int = -10
    claims: tuple[Claim, ...] = ()
    claims_order: int = -10
    claims_paragraph: int = -1

    def note_claims(self, claims: tuple[Claim, ...], *, paragraph: int, order: int) -> None:
        """Remember what a sentence claimed."""
        if claims:
            self.claims, self.claims_order, self.claims_paragraph = claims, order, paragraph

    def continues(self, *, paragraph: int, order: int) -> Claim | None:
        """Answer the claim that this sentence may go on speaking of: the one just made, or None."""
        reach = _REACH if paragraph == self.claims_paragraph else 1
        near = order - self.claims_order <= reach and paragraph - self.claims_paragraph <= 1
        return self.claims[0] if self.claims and near else None

    def speaks(self, *, order: int) -> bool:
        """Tell whether a treatment was named so shortly before that a pronoun may stand for it."""
        return order - self.last_order <= _RECENT

    def note(self, named: tuple[Candidate, ...], *, paragraph: int, order: int) -> None:
        """Remember what a sentence named; "other drugs" name nothing that could be meant later."""
        named = tuple(item for item in named if item.mention.concept is not None)
        if any(not item.comparator for item in named):
            self.last, self.last_paragraph, self.last_order = named, paragraph, order

    def recall(self, *, paragraph: int, section: int) -> Mention | None:
        """Answer what "the drug" or a bare predicate speaks of here."""
        if self.last and self.last_paragraph >= paragraph - 1:
            main = self._main_of_last()
            return resolved(main, Resolution.ANAPHOR)
        if section in self.topics.section_interventions:
            return resolved(self.topics.section_interventions[section], Resolution.HEADING)
        if self.topics.title is not None:
            return resolved(self.topics.title, Resolution.TITLE)
        if self.topics.interventions:
            return resolved(self.topics.interventions[0], Resolution.TOPIC)
        return None

    def _main_of_last(self) -> Mention:
        leading = self.topics.interventions[0].concept if self.topics.interventions else None
        for item in self.last:
            if item.mention.concept == leading:
                return item.mention
        subjects = [item for item in self.last if not item.comparator] or list(self.last)
        return subjects[0].mention
