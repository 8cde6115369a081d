"""Which conditions did a registered study treat, what did it test, and against what?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimcheck.model.trial import Named
from claimcheck.rulebook.types import TermKind
from claimcheck.terms import is_no_name
from claimcheck.trials.importers.ctgov_fields import name, part, parts, shorten, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_words import Words

_LONGEST = 120  # code points of a name that anyone would use
_ALIASES = 24
_BRAND = 30  # code points of a name in a list of names
_BRACKETS = re.compile(r"^(?P<name>[^()\[\]]{3,}?)\s*[(\[](?P<other>[^()\[\]]{2,60})[)\]]$")


@dataclass(frozen=True, slots=True)
class Treatments:
    """What a study tests and what it tests that against."""

    tested: tuple[Named, ...]
    comparators: tuple[Named, ...]


@dataclass(slots=True)
class _Entry:
    """A name on its way to being a Named: MeSH terms are added to the entry that they belong to."""

    name: str
    aliases: list[str] = field(default_factory=list)
    mesh: list[str] = field(default_factory=list)

    def named(self, words: Words, kind: TermKind) -> Named:
        given = [one for one in self.aliases if one]
        if kind is TermKind.INTERVENTION:
            given = [one for one in given if not is_no_name(one, words.terms.phrases)]
        every = dict.fromkeys((*given, *self.mesh))
        aliases = _unlike(self.name, every)[:_ALIASES]
        return Named(self.name, tuple(aliases), self._concept(words, kind))

    def _concept(self, words: Words, kind: TermKind) -> str | None:
        for one in (self.name, *self.mesh):
            found = words.terms.concepts(one, kind)
            if len(found) == 1:
                return next(iter(found))
        return self.mesh[0].lower() if self.mesh else None


def read_conditions(study: Fields, words: Words) -> tuple[Named, ...]:
    """Answer the conditions that were studied; a MeSH term that fits none stands for itself."""
    listed = texts(part(study, "protocolSection", "conditionsModule"), "conditions")
    entries = [_entry(one) for one in dict.fromkeys(map(_short, listed))]
    for mesh in _meshes(study, "conditionBrowseModule"):
        owner = _owner(mesh, entries, words)
        if owner is None and len(entries) == 1 and not entries[0].mesh:
            owner = entries[0]
        if owner is None:
            entries.append(owner := _Entry(mesh[0]))
        owner.mesh += mesh
    return _merged(entry.named(words, TermKind.CONDITION) for entry in entries)


def read_treatments(study: Fields, words: Words) -> Treatments:
    """Answer what was tested, and what it was tested against.

    What every arm got, its comparators too, is a background; it is neither, if anything else is
    tested.
    """
    module = part(study, "protocolSection", "armsInterventionsModule")
    arms = parts(module, "armGroups")
    tested: list[_Entry] = []
    controls: list[_Entry] = []
    background: list[_Entry] = []
    placebos: list[Named] = []
    for one in parts(module, "interventions"):
        if not (found := name(one, "name")):
            continue
        entry = _entry(found, texts(one, "otherNames"))
        kinds = _arm_kinds(one, arms)
        designed = _has(arms, "EXPERIMENTAL")
        if placebo := words.find("placebo", found):
            # "Placebo matching drug X" is no drug X.
            placebos.append(Named(placebo.group().lower()))
        elif designed and "EXPERIMENTAL" not in kinds:
            controls.append(entry)
        elif designed and kinds - {"EXPERIMENTAL"}:
            background.append(entry)
            if "ACTIVE_COMPARATOR" in kinds:
                controls.append(entry)
        else:
            tested.append(entry)
    if not tested:
        tested, background = background, []
    if not tested:
        tested, controls = controls, []
    controls = [entry for entry in controls if entry not in tested]
    _add_meshes(study, tested, [*background, *controls], words)
    return Treatments(
        _merged(entry.named(words, TermKind.INTERVENTION) for entry in tested),
        _merged([*(one.named(words, TermKind.INTERVENTION) for one in controls), *placebos]),
    )


def _arm_kinds(intervention: Fields, arms: Sequence[Fields]) -> set[str]:
    """Answer the kinds of the arms that got an intervention."""
    labels = set(texts(intervention, "armGroupLabels"))
    called = f"{text(intervention, 'type')}: {text(intervention, 'name')}".casefold()
    found = set()
    for arm in arms:
        given = {one.casefold().replace("_", " ") for one in texts(arm, "interventionNames")}
        if text(arm, "label") in labels or called.replace("_", " ") in given:
            found.add(text(arm, "type"))
    return found


def _has(arms: Sequence[Fields], kind: str) -> bool:
    return any(text(arm, "type") == kind for arm in arms)


def _add_meshes(study: Fields, tested: list[_Entry], others: list[_Entry], words: Words) -> None:
    """Give each MeSH term to the intervention that it names; one left over to the one without."""
    left = []
    for mesh in _meshes(study, "interventionBrowseModule"):
        if owner := _owner(mesh, [*tested, *others], words):
            owner.mesh += mesh
        else:
            left.append(mesh)
    bare = [entry for entry in tested if not entry.mesh]
    if len(left) == len(bare) == 1:
        bare[0].mesh += left[0]


def _meshes(study: Fields, module: str) -> list[list[str]]:
    """Answer MeSH terms, each in natural order and, where that differs, as MeSH inverts it."""
    found = []
    for one in parts(part(study, "derivedSection", module), "meshes"):
        if term := _short(name(one, "term")):
            natural = " ".join(reversed(term.split(", ")))
            found.append([natural] if natural == term else [natural, term])
    return found


def _owner(mesh: list[str], entries: Sequence[_Entry], words: Words) -> _Entry | None:
    """Answer the entry that shares most of a MeSH term's words, if any."""
    wanted = words.terms.content(mesh[0])
    best, most = None, 0.0
    for entry in entries:
        for one in (entry.name, *entry.aliases):
            theirs = words.terms.content(one)
            shared = len(words.terms.overlap(wanted, theirs))
            score = shared / len(wanted | theirs) if shared else 0.0
            if score > most:
                best, most = entry, score
    return best


def _entry(found: str, others: Iterable[str] = ()) -> _Entry:
    """Answer an entry; "finerenone (BAY94-8862)" is two names."""
    aliases = [part_ for one in others if len(one) <= _LONGEST for part_ in _listed(one)]
    found = _short(found)
    for one in (found, *aliases[:]):
        if match := _BRACKETS.match(one):
            aliases += [match["name"].strip(), match["other"].strip()]
    return _Entry(found, aliases)


def _listed(found: str) -> list[str]:
    """Part "Jardiance, Jardianz"; a comma within a longer name parts nothing."""
    listed = [one.strip() for one in re.split("[,;]", found)]
    short = all(0 < len(one) <= _BRAND and one.count(" ") <= 1 for one in listed)
    return listed if short else [found]


def _unlike(found: str, others: Iterable[str]) -> list[str]:
    kept = {found.casefold(): found}
    for one in others:
        kept.setdefault(one.casefold(), one)
    return list(kept.values())[1:]


def _merged(named: Iterable[Named]) -> tuple[Named, ...]:
    """Answer each name once, in whatever case it was given."""
    found: dict[str, Named] = {}
    for one in named:
        key = one.name.casefold()
        if key in found:
            other = found[key]
            aliases = _unlike(other.name, (*other.aliases, *one.aliases))[:_ALIASES]
            one = Named(other.name, tuple(aliases), other.concept or one.concept)  # noqa: PLW2901
        found[key] = one
    return tuple(found.values())


def _short(found: str) -> str:
    return shorten(found, _LONGEST)
