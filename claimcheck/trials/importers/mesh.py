"""What the MeSH headings of a publication say of its people, condition, treatment and design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.trial import DesignType, Named, Population

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Subheadings that make a heading the condition treated, or the treatment given.
_TREATED = frozenset(
    {
        "diet therapy", "drug therapy", "prevention & control", "radiotherapy", "rehabilitation",
        "therapy",
    }
)  # fmt: skip
_GIVEN = frozenset({"therapeutic use", "administration & dosage"})
_DESIGNS = {  # the most telling first
    "cross-over studies": DesignType.CROSSOVER,
    "case-control studies": DesignType.CASE_CONTROL,
    "cohort studies": DesignType.COHORT,
    "longitudinal studies": DesignType.COHORT,
    "cross-sectional studies": DesignType.OBSERVATIONAL,
    "retrospective studies": DesignType.OBSERVATIONAL,
}
_AGES = (  # groups of headings, and what people they make together
    ({"infant", "infant, newborn"}, "infants"),
    ({"child", "child, preschool"}, "children"),
    ({"adolescent"}, "adolescents"),
    ({"adult", "middle aged", "young adult"}, "adults"),
    ({"aged", "aged, 80 and over"}, "older adults"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A MeSH heading with its subheadings."""

    descriptor: str
    qualifiers: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Heading:
        """Read a heading as MEDLINE writes it: `Fatigue/*drug therapy/etiology`."""
        descriptor, *qualifiers = (part.strip().removeprefix("*") for part in text.split("/"))
        return cls(descriptor, tuple(qualifiers))


def conditions(headings: Iterable[Heading]) -> tuple[Named, ...]:
    """Answer the conditions that the publication says were treated or prevented."""
    return _with(headings, _TREATED)


def interventions(headings: Iterable[Heading]) -> tuple[Named, ...]:
    """Answer the treatments that the publication says were given."""
    return _with(headings, _GIVEN)


def people(headings: Iterable[Heading]) -> Population:
    """Answer whom the publication studied, as far as the headings tell."""
    names = _descriptors(headings)
    ages = [age for group, age in _AGES if names & group]
    if ages == ["adults", "older adults"]:
        ages = ["adults"]
    sexes = names & {"female", "male"}
    return Population(
        age=ages[0] if len(ages) == 1 else None, sex=sexes.pop() if len(sexes) == 1 else None
    )


def is_of_animals(headings: Iterable[Heading]) -> bool:
    """Tell whether animals alone were studied."""
    names = _descriptors(headings)
    return "animals" in names and "humans" not in names


def blinding(headings: Iterable[Heading]) -> str | None:
    """Answer who did not know the treatment, if the headings tell."""
    names = _descriptors(headings)
    told = (("double-blind method", "double"), ("single-blind method", "single"))
    return next((value for name, value in told if name in names), None)


def type_in_headings(headings: Iterable[Heading]) -> DesignType | None:
    """Answer the design that the headings name."""
    names = _descriptors(headings)
    return next((design for name, design in _DESIGNS.items() if name in names), None)


def _descriptors(headings: Iterable[Heading]) -> set[str]:
    return {one.descriptor.lower() for one in headings}


def _with(headings: Iterable[Heading], qualifiers: frozenset[str]) -> tuple[Named, ...]:
    return tuple(_named({one.descriptor: None for one in headings if _has(one, qualifiers)}))


def _has(heading: Heading, qualifiers: frozenset[str]) -> bool:
    return any(one.lower() in qualifiers for one in heading.qualifiers)


def _named(descriptors: Iterable[str]) -> Iterator[Named]:
    for descriptor in descriptors:
        last, comma, first = descriptor.partition(", ")
        turned = comma and "," not in first  # "Diabetes Mellitus, Type 2"
        yield Named(descriptor, (f"{first} {last}",) if turned else ())
