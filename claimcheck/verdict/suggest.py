"""What might a draft say instead, going by the record alone?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.trial import DesignType, Role
from claimcheck.verdict.explain import compared_with
from claimcheck.verdict.row import is_of_fewer, is_per_protocol
from claimcheck.verdict.situation import Result, ResultRole, StudyDesign

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.row import Row

_DESCRIBES = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)+")  # no name: "Low-dose", "Slow-release"
NAMED_AT_MOST = 2  # primary outcomes named in one sentence
_STUDIES = {
    DesignType.RANDOMIZED: "randomized trial",
    DesignType.CROSSOVER: "randomized crossover trial",
    DesignType.SINGLE_ARM: "study without a comparison group",
    DesignType.COHORT: "cohort study",
    DesignType.CASE_REPORT: "case report",
    DesignType.CASE_CONTROL: "case-control study",
    DesignType.META_ANALYSIS: "pooled analysis",
    DesignType.OBSERVATIONAL: "observational study",
    DesignType.UNKNOWN: "study",
}
_BLINDING = {"none": "open-label", "single": "single-blind", "double": "double-blind"}
_CONTROLS = {
    "placebo": "against placebo",
    "active": "against another treatment",
    "usual-care": "against usual care",
    "none": "without a control group",
}
_SHOWN = {
    Result.IMPROVED: "improved",
    Result.WORSENED: "got worse",
    Result.NULL: "showed no significant difference",
    Result.NON_INFERIOR: "was no worse than with the comparator",
    Result.DIFFERS: "differed significantly",
}
_ROLES = {
    ResultRole.PRIMARY: "the primary outcome",
    ResultRole.SWITCHED: "not the outcome it was registered for",
    ResultRole.SECONDARY: "a secondary outcome",
    ResultRole.SUBGROUP: "in a subgroup",
    ResultRole.EXPLORATORY: "an exploratory outcome",
    ResultRole.WITHIN_GROUP: "with nothing to compare it with",
}

_RECORDED = {
    Role.PRIMARY: "a primary outcome",
    Role.SECONDARY: "a secondary outcome",
    Role.EXPLORATORY: "an exploratory outcome",
}


def describe_study(trial: Trial) -> str:
    """Answer a study in a few words: phase, design, how many people."""
    design = trial.design
    words = [design.phase] if design.phase == "pilot" else []
    words.append(_STUDIES[design.type])
    if design.enrolled and design.enrolled > 1:
        words.append(f"of {design.enrolled:,} people")
    return " ".join(words)


def describe_build(trial: Trial) -> str:
    """Answer a study as `describe_study` does, with who knew what was given, and beside what."""
    design = trial.design
    known = (_BLINDING.get(design.blinding), _CONTROLS.get(design.control))
    return ", ".join((describe_study(trial), *(word for word in known if word)))


def name_treatment(claim: Claim) -> str:
    """Answer what to call the claim's treatment in the middle of a sentence."""
    if claim.intervention is None:
        return "the treatment"
    text, concept = claim.intervention.text, claim.intervention.concept or ""
    first, *others = text.split()
    if others and (first.casefold() in concept.casefold().split() or _DESCRIBES.fullmatch(first)):
        return " ".join([_lowered(first), *others])
    if text.casefold() != concept.casefold():
        return text
    # A plain name, which may open a sentence or stand in a title; "vitamin D" keeps its letter.
    return " ".join(map(_lowered, text.split()))


def _lowered(word: str) -> str:
    """Answer a word without the capital that it opens with, unless it has more of them."""
    return word.lower() if word[1:].islower() else word


def suggest(claim: Claim, deciding: Reading, lender: Reading | None = None) -> str:
    """Answer a sentence that the record bears out, in place of the claim; empty where none is.

    What the primary outcomes showed is told of the `lender`, where another study has to tell it.
    """
    first, other = lender or deciding, _other(deciding)
    if lender is not None:
        other = f"in {_a(deciding.trial)}, {other}"
    parts = [part for part in (_primary(claim, first), other) if part]
    if not parts:
        return ""
    text = "; ".join(parts)
    if deciding.design is StudyDesign.OBSERVATIONAL:
        text += "; such a study cannot show what brought this about"
    return f"In {_a(first.trial)}, {text}."


def _a(trial: Trial) -> str:
    study = describe_study(trial)
    return f"{'an' if study.startswith('obs') else 'a'} {study}"


def _primary(claim: Claim, reading: Reading) -> str:
    """Answer what came of the primary outcomes that bear on the claim, or else of the study's."""
    primary = (row for row in reading.rows if row.role is ResultRole.PRIMARY)
    own = [row for row in primary if row.result is not Result.NONE]
    if not own:
        return _missed(claim, reading)
    null = [row for row in own if row.result is Result.NULL]
    if len(null) == len(own):
        return _nothing(claim, reading.trial, [row.outcome for row in null])
    return _shown(reading.trial, next(row for row in own if row not in null))


def _missed(claim: Claim, reading: Reading) -> str:
    if reading.trial_primary.value != "missed":
        return ""
    primary = [one for one in reading.trial.outcomes if one.role is Role.PRIMARY]
    return _nothing(claim, reading.trial, primary)


def _nothing(claim: Claim, trial: Trial, outcomes: list[Outcome]) -> str:
    named = list(dict.fromkeys(_named(one) for one in outcomes))
    what = " and ".join(named[:NAMED_AT_MOST])
    role = "the primary outcome" if len(named) == 1 else "primary outcomes"
    beside = {compared_with(trial, one) for one in outcomes[:NAMED_AT_MOST]}
    against = f", {beside.pop()}," if len(beside) == 1 and "" not in beside else ""
    return f"{name_treatment(claim)}{against} made no significant difference to {what}, {role}"


def _other(reading: Reading) -> str:
    best = reading.best
    if best is None or best.role is ResultRole.PRIMARY or best.result is Result.NONE:
        return ""
    return _shown(reading.trial, best)


def _shown(trial: Trial, row: Row) -> str:
    told = role_of(row)
    role = f", {told}," if told else ""
    shown = f"{_named(row.outcome)}{role} {_SHOWN[row.result]}"
    against = compared_with(trial, row.outcome) if row.result is not Result.NON_INFERIOR else ""
    return f"{shown} {against}".strip()


def role_of(row: Row) -> str:
    """Answer what part a result played, in words; of fewer than all, whom it leaves out as well."""
    if row.role is not ResultRole.EXPLORATORY or not is_of_fewer(row.outcome):
        return _ROLES.get(row.role, "")
    recorded = _RECORDED.get(row.outcome.role, "")
    return ", ".join(filter(None, (recorded, whom_of(row.outcome))))


def whom_of(outcome: Outcome) -> str:
    """Answer of whom an analysis is that leaves out some who took part."""
    return "per protocol" if is_per_protocol(outcome) else "not of everybody who took part"


def _named(outcome: Outcome) -> str:
    name, time = outcome.name, outcome.timepoint
    if not time or time.casefold() in name.casefold():
        return name
    return f"{name}, {time}" if name.endswith(")") else f"{name} ({time})"
