"""Which arms do the groups of a registered outcome stand for, and on which side is each?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from claimcheck.model.trial import Arm
from claimcheck.trials.importers.ctgov_fields import name, part, parts, text, texts, token, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_words import Words

ARM_NAME = 120  # code points of an arm's name that are kept
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_NOT_WORD = re.compile(r"[^\w%.]+")
_ROLES = {
    "EXPERIMENTAL": "experimental",
    "ACTIVE_COMPARATOR": "active-comparator",
    "PLACEBO_COMPARATOR": "placebo-comparator",
    "SHAM_COMPARATOR": "sham-comparator",
    "NO_INTERVENTION": "no-intervention",
    "OTHER": "other",
}
_UNTREATED = frozenset({"placebo-comparator", "sham-comparator", "no-intervention"})


class Side(IntEnum):
    """On which side of a comparison a group stands."""

    CONTROL = -1
    UNKNOWN = 0
    TESTED = 1


@dataclass(frozen=True, slots=True)
class Group:
    """A group of an outcome: the arm's id, its side of a comparison, and what it is called."""

    arm: str
    side: Side
    title: str = ""


class Arms:
    """The arms of a trial: those of its protocol, and the groups that only its results name."""

    def __init__(self, study: Fields, *, tested: frozenset[str], words: Words) -> None:
        self._tested = tested
        self._words = words
        self._arms: dict[str, Arm] = {}
        self._plain: dict[frozenset[str], list[str]] = {}  # the protocol's arms, by what tells
        self._sides: dict[str, Side] = {}
        listed = part(study, "protocolSection", "armsInterventionsModule")
        groups = parts(listed, "armGroups")
        roles = {_ROLES.get(text(one, "type"), "other") for one in groups}
        for one in groups:
            if label := name(one, "label"):
                role = _ROLES.get(text(one, "type"), "other")
                drugs = " ".join(
                    drug.partition(": ")[2] for drug in texts(one, "interventionNames")
                )
                key = self._add(label, role)
                self._sides[key] = self._side_by_role(role, roles, f"{label} {drugs}")
        for key, arm in self._arms.items():
            self._plain.setdefault(self._telling(arm.name), []).append(key)
        self._count(study)

    @property
    def all(self) -> tuple[Arm, ...]:
        """Every arm that was named so far, the protocol's first."""
        return tuple(self._arms.values())

    def groups(self, measure: Fields) -> dict[str, Group]:
        """Answer the groups of an outcome by their ids.

        A group that is called a little otherwise than an arm is that arm ("Placebo tablets"), if no
        other group of the outcome may be as well.
        """
        listed = [
            (token(one, "id"), name(one, "title") or name(one, "id"))
            for one in parts(measure, "groups")
        ]
        keys = [self._find(title) for _, title in listed]
        return {
            id_: self._group(key if keys.count(key) == 1 else _key(title), title)
            for (id_, title), key in zip(listed, keys, strict=True)
            if id_ and title
        }

    def _group(self, key: str, title: str) -> Group:
        if key not in self._arms:
            key = self._add(title, None)
            self._sides[key] = self._side_by_name(title)
        return Group(self._arms[key].id, self._sides[key], title)

    def _find(self, title: str) -> str:
        key = _key(title)
        if key in self._arms:
            return key
        found = self._plain.get(self._telling(title), [])
        return found[0] if len(found) == 1 else key

    def _telling(self, title: str) -> frozenset[str]:
        """Answer the words of an arm's name that tell it from others."""
        plain = _BRACKETS.sub(" ", title)
        return self._words.terms.treatment_words(plain) or frozenset({_key(title)})

    def _add(self, label: str, role: str | None) -> str:
        key = _key(label)
        if key not in self._arms:
            short = label if len(label) <= ARM_NAME else f"{label[: ARM_NAME - 1].rstrip()}…"
            taken = {arm.id for arm in self._arms.values()}
            unique, count = short, 2
            while unique in taken:
                unique, count = f"{short} ({count})", count + 1
            self._arms[key] = Arm(id=unique, name=short, role=role)
        return key

    def _side_by_role(self, role: str, roles: set[str], names: str) -> Side:
        if role in _UNTREATED:
            return Side.CONTROL
        if role == "experimental":
            return Side.TESTED
        if role == "active-comparator" and "experimental" in roles:
            return Side.CONTROL
        if role == "active-comparator" and roles & _UNTREATED:
            return Side.TESTED
        return self._side_by_name(names)

    def _side_by_name(self, title: str) -> Side:
        if self._words.says("control", title):
            return Side.CONTROL
        plain = f" {_key(title)} "
        return (
            Side.TESTED if any(f" {one} " in plain for one in self._tested) else self._near(title)
        )

    def _near(self, title: str) -> Side:
        """Take the side of the one arm whose name holds this title, or stands in it."""
        key = _key(title)
        found = {
            self._sides[other]
            for other in self._sides
            if len(other) > 1 and (f" {other} " in f" {key} " or f" {key} " in f" {other} ")
        }
        return found.pop() if len(found) == 1 else Side.UNKNOWN

    def _count(self, study: Fields) -> None:
        """Tell how many people began in each arm, from the flow of participants."""
        flow = part(study, "resultsSection", "participantFlowModule")
        titles = {token(one, "id"): self._find(name(one, "title")) for one in parts(flow, "groups")}
        periods = parts(flow, "periods")
        for milestone in parts(periods[0], "milestones") if periods else ():
            if text(milestone, "type") != "STARTED":
                continue
            for one in parts(milestone, "achievements"):
                key = titles.get(token(one, "groupId"), "")
                count = whole(one, "numSubjects")
                if key in self._arms and self._arms[key].n is None and count is not None:
                    self._arms[key] = replace(self._arms[key], n=count)


def tested_names(names: Iterable[str]) -> frozenset[str]:
    """Answer the names of what is tested, as they are looked for in a group's title."""
    return frozenset(key for one in names if len(key := _key(one)) > 2)  # noqa: PLR2004


def _key(label: str) -> str:
    return _NOT_WORD.sub(" ", label.casefold()).strip() or label
