"""Which registered study is this, how was it built, in whom, and where is it published?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.trial import Design, DesignType, Identifiers, Population, Publication
from claimcheck.trials.importers.ctgov_fields import name, part, parts, text, texts, whole

if TYPE_CHECKING:
    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_names import Treatments
    from claimcheck.trials.importers.ctgov_words import Words

_NCT = re.compile(r"NCT\d{8}")
_PMID = re.compile(r"[1-9]\d{0,8}")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]])")
_ISRCTN = re.compile(r"ISRCTN\d{6,9}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BLINDING = {
    "NONE": "none",
    "SINGLE": "single",
    "DOUBLE": "double",
    "TRIPLE": "double",
    "QUADRUPLE": "double",
}
_OBSERVED = {
    "COHORT": DesignType.COHORT,
    "CASE_CONTROL": DesignType.CASE_CONTROL,
    "CASE_ONLY": DesignType.OBSERVATIONAL,
    "FAMILY_BASED": DesignType.OBSERVATIONAL,
    "ECOLOGIC_OR_COMMUNITY": DesignType.OBSERVATIONAL,
}
_AGES = {"CHILD": "children", "ADULT": "adults", "OLDER_ADULT": "older adults"}
_SEXES = {"FEMALE": "female", "MALE": "male"}
_STOPPED = frozenset({"TERMINATED", "WITHDRAWN"})


def read_nct(study: Fields) -> str | None:
    """Answer the number under which a study is registered, None where it has none."""
    found = text(part(study, "protocolSection", "identificationModule"), "nctId").upper()
    return found if _NCT.fullmatch(found) else None


def read_title(study: Fields) -> str:
    """Answer what a study is called; empty where it has no name."""
    module = part(study, "protocolSection", "identificationModule")
    return name(module, "briefTitle") or name(module, "officialTitle") or name(module, "acronym")


def read_identifiers(study: Fields, publications: tuple[Publication, ...]) -> Identifiers:
    """Answer a study's identifiers; a PMID where the registry marks one report as its results."""
    module = part(study, "protocolSection", "identificationModule")
    others = [text(one, "id").upper() for one in parts(module, "secondaryIdInfos")]
    results = [one for one in publications if one.results]
    only = results[0] if len(results) == 1 else Publication()
    return Identifiers(
        pmid=only.pmid,
        doi=only.doi,
        nct=read_nct(study),
        isrctn=next((one for one in others if _ISRCTN.fullmatch(one)), None),
    )


def read_publications(study: Fields) -> tuple[Publication, ...]:
    """Answer the reports of a study: its results first, then those that PubMed links to it.

    What the registry lists as background tells of other studies.
    """
    found: dict[str, Publication] = {}
    references = parts(part(study, "protocolSection", "referencesModule"), "references")
    for one in sorted(references, key=lambda one: text(one, "type") != "RESULT"):
        if text(one, "type") not in {"RESULT", "DERIVED"}:
            continue
        pmid = text(one, "pmid")
        doi = _DOI.search(text(one, "citation"))
        read = Publication(
            pmid=pmid if _PMID.fullmatch(pmid) else None,
            doi=doi[1].lower() if doi else None,
            results=text(one, "type") == "RESULT",
        )
        if key := read.pmid or read.doi:
            found.setdefault(key, read)
    return tuple(found.values())


def read_status(study: Fields) -> str | None:
    """Answer what became of a study: its results retracted, itself terminated, or None."""
    for one in parts(part(study, "protocolSection", "referencesModule"), "references"):
        if text(one, "type") == "RESULT" and parts(one, "retractions"):
            return "retracted"
    status = text(part(study, "protocolSection", "statusModule"), "overallStatus")
    return "terminated" if status in _STOPPED else None


def read_year(study: Fields) -> int | None:
    """Answer the year in which results were posted, or else in which the study ended or began."""
    module = part(study, "protocolSection", "statusModule")
    for key in (
        "resultsFirstPostDateStruct",
        "completionDateStruct",
        "primaryCompletionDateStruct",
        "startDateStruct",
    ):
        if match := _YEAR.match(text(part(module, key), "date")):
            return int(match.group())
    return None


def read_design(study: Fields, treatments: Treatments, words: Words) -> Design:
    """Answer how a study was built and how many took part."""
    module = part(study, "protocolSection", "designModule")
    enrolment = part(module, "enrollmentInfo")
    planned = text(enrolment, "type") == "ESTIMATED"
    masking = text(part(module, "designInfo", "maskingInfo"), "masking")
    return Design(
        type=_type(study, module),
        blinding=_BLINDING.get(masking, "unknown"),
        control=_control(study, treatments, words),
        phase=_phase(texts(module, "phases")),
        enrolled=None if planned else whole(enrolment, "count"),
    )


def _type(study: Fields, module: Fields) -> DesignType:
    info = part(module, "designInfo")
    if text(module, "studyType") == "OBSERVATIONAL":
        return _OBSERVED.get(text(info, "observationalModel"), DesignType.OBSERVATIONAL)
    allocation, model = text(info, "allocation"), text(info, "interventionModel")
    if allocation == "NON_RANDOMIZED":
        return DesignType.OBSERVATIONAL  # groups that chance did not make
    if model == "CROSSOVER":
        return DesignType.CROSSOVER
    if allocation == "RANDOMIZED":
        return DesignType.RANDOMIZED
    groups = parts(part(study, "protocolSection", "armsInterventionsModule"), "armGroups")
    if model == "SINGLE_GROUP" or len(groups) == 1:
        return DesignType.SINGLE_ARM
    return DesignType.UNKNOWN


def _control(study: Fields, treatments: Treatments, words: Words) -> str:
    arms = parts(part(study, "protocolSection", "armsInterventionsModule"), "armGroups")
    kinds = {text(arm, "type") for arm in arms}
    if kinds & {"PLACEBO_COMPARATOR", "SHAM_COMPARATOR"} or any(
        words.says("placebo", one.name) for one in treatments.comparators
    ):
        return "placebo"
    labels = "; ".join(text(arm, "label") for arm in arms if text(arm, "type") != "EXPERIMENTAL")
    if words.says("placebo", labels):
        return "placebo"
    if words.says("usual-care", labels):
        return "usual-care"
    if "ACTIVE_COMPARATOR" in kinds:
        return "active"
    return "none" if "NO_INTERVENTION" in kinds or len(arms) == 1 else "unknown"


def _phase(phases: list[str]) -> str | None:
    """Answer "phase 2/3" for PHASE2, PHASE3."""
    numbers = "/".join(one.removeprefix("PHASE") for one in phases if one.startswith("PHASE"))
    if numbers:
        return f"phase {numbers}"
    return "early phase 1" if "EARLY_PHASE1" in phases else None


def read_population(study: Fields) -> Population:
    """Answer who could take part."""
    module = part(study, "protocolSection", "eligibilityModule")
    groups = [_AGES[one] for one in texts(module, "stdAges") if one in _AGES]
    least, most = (text(module, key).lower() for key in ("minimumAge", "maximumAge"))
    span = f"{least} to {most}" if least and most else f"{least} and older" if least else ""
    if not span and most:
        span = f"up to {most}"
    age = ", ".join(groups) + (f" ({span})" if span and groups else span)
    return Population(age=age[:120] or None, sex=_SEXES.get(text(module, "sex")))
