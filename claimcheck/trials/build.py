"""From a parsed record to a Trial, refusing what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.trial import (
    Analysis,
    Arm,
    ArmValue,
    Basis,
    Design,
    FindingKind,
    Hypothesis,
    Identifiers,
    Named,
    Outcome,
    Population,
    Publication,
    Scale,
    Subgroup,
    Trial,
)
from claimcheck.trials.findings import EFFECTS, find
from claimcheck.trials.numbers import Numbers, interval_text, is_significant, scale_of
from claimcheck.trials.schema import parse_outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from claimcheck.model.trial import Better
    from claimcheck.trials.schema import (
        AnalysisPart,
        ArmValuePart,
        NamedPart,
        OutcomePart,
        Place,
        Record,
    )


def build(record: Record) -> Trial | list[tuple[Place, str]]:
    """Answer the trial that a well-formed record tells of, or everything impossible in it."""
    faults = list(_faults(record))
    if faults:
        return faults
    return Trial(
        id=record.id,
        title=record.title or record.id,
        identifiers=Identifiers(**record.identifiers.model_dump()),
        source=tuple(record.source),
        year=record.year,
        status=record.status,
        design=Design(**record.design.model_dump()),
        population=Population(**record.population.model_dump()),
        conditions=tuple(map(_named, record.conditions)),
        interventions=tuple(map(_named, record.interventions)),
        comparators=tuple(map(_named, record.comparators)),
        arms=tuple(
            Arm(id=arm.id, name=arm.name or arm.id, dose=arm.dose, role=arm.role, n=arm.n)
            for arm in record.arms
        ),
        outcomes=tuple(map(_outcome, record.outcomes)),
        publications=tuple(Publication(**one.model_dump()) for one in record.publications),
    )


def numbers_of(analysis: Analysis, better: Better) -> Numbers:
    """Answer the figures of an analysis, for its finding to be read anew."""
    return Numbers(
        estimate=analysis.estimate,
        ci=analysis.ci,
        ci_level=analysis.ci_level,
        p=analysis.p,
        scale=analysis.scale,
        better=better,
        hypothesis=analysis.hypothesis,
        margin=analysis.margin,
        alpha=analysis.alpha,
    )


def _named(part: NamedPart) -> Named:
    return Named(name=part.name, aliases=tuple(part.aliases), concept=part.concept)


def _outcome(part: OutcomePart) -> Outcome:
    return Outcome(
        name=part.name,
        analyses=tuple(_analysis(analysis, part.better) for analysis in part.analyses),
        concept=part.concept,
        kind=part.kind,
        role=part.role,
        timepoint=part.timepoint,
        better=part.better,
        components=tuple(part.components),
        registered_role=part.registered_role,
        subgroup=Subgroup(part.subgroup.name, part.subgroup.prespecified)
        if part.subgroup
        else None,
        note=part.note,
    )


def _analysis(part: AnalysisPart, better: Better) -> Analysis:
    numbers = _numbers(part, better)
    return Analysis(
        finding=find(numbers, stated=part.finding, basis=part.basis),
        groups=tuple(part.groups),
        comparison=part.comparison,
        measure=part.measure,
        scale=numbers.scale,
        estimate=part.estimate,
        ci=part.ci,
        ci_level=part.ci_level,
        p=part.p,
        population=part.population,
        hypothesis=numbers.hypothesis,
        margin=part.margin,
        alpha=part.alpha,
        values=tuple(map(_value, part.values)),
        method=part.method,
    )


def _value(part: ArmValuePart) -> ArmValue:
    return ArmValue(part.arm, part.n, part.mean, part.sd, part.median, part.events)


def _numbers(part: AnalysisPart, better: Better) -> Numbers:
    return Numbers(
        estimate=part.estimate,
        ci=part.ci,
        ci_level=part.ci_level,
        p=part.p,
        scale=part.scale or _certain_scale(part),
        better=better,
        hypothesis=_hypothesis(part),
        margin=part.margin,
        alpha=part.alpha,
    )


def _certain_scale(part: AnalysisPart | Analysis) -> Scale:
    """Take the scale from the measure's name, unless the figures belie it (a logged ratio)."""
    scale = scale_of(part.measure)
    figures = (part.estimate, *(part.ci or ()))
    if scale is Scale.RATIO and any(figure is not None and figure < 0 for figure in figures):
        return Scale.UNKNOWN
    return scale


def _is_ratio(part: AnalysisPart | Analysis) -> bool:
    return (part.scale or _certain_scale(part)) is Scale.RATIO


def _hypothesis(part: AnalysisPart) -> Hypothesis:
    """Take the hypothesis as stated; what is not inferior was not tested for superiority alone."""
    stated = part.hypothesis or Hypothesis.SUPERIORITY
    if part.finding is FindingKind.NON_INFERIOR and stated is Hypothesis.SUPERIORITY:
        return Hypothesis.NON_INFERIORITY
    return stated


def faults_beside(data: Mapping[str, object]) -> list[tuple[Place, str]]:
    """Answer what is impossible in the sound outcomes of a record that is malformed elsewhere."""
    outcomes = data.get("outcomes")
    parts = [parse_outcome(one) for one in outcomes] if isinstance(outcomes, list) else []
    return list(_outcome_faults(parts, []))


def _faults(record: Record) -> Iterator[tuple[Place, str]]:
    arms = [arm.id for arm in record.arms]
    for index, arm in enumerate(arms):
        if arm in arms[:index]:
            yield ("arms", index, "id"), f"two arms are called {arm!r}"
    yield from _outcome_faults(record.outcomes, arms)


def _outcome_faults(
    outcomes: Sequence[OutcomePart | None], arms: list[str]
) -> Iterator[tuple[Place, str]]:
    for i, outcome in enumerate(outcomes):
        for j, analysis in enumerate(outcome.analyses if outcome else ()):
            stated = analysis.finding, analysis.basis
            for key, message in _analysis_faults(analysis, arms, *stated):
                yield ("outcomes", i, "analyses", j, key), message


def faults_of(analysis: Analysis, arms: Collection[str]) -> Iterator[tuple[str, str]]:
    """Answer what is impossible in an analysis, and under which key its record would tell it."""
    return _analysis_faults(analysis, arms, analysis.finding.kind, analysis.finding.basis)


def _analysis_faults(
    part: AnalysisPart | Analysis,
    arms: Collection[str],
    finding: FindingKind | None,
    basis: Basis | None,
) -> Iterator[tuple[str, str]]:
    yield from _figure_faults(part)
    for key, named in (("groups", part.groups), ("values", [one.arm for one in part.values])):
        for arm in named:
            if arms and arm not in arms:
                yield key, f"no arm is called {arm!r}; the arms are {', '.join(arms)}"
    if problem := _finding_fault(part, finding, basis):
        yield "finding", problem


def _figure_faults(part: AnalysisPart | Analysis) -> Iterator[tuple[str, str]]:
    low, high = part.ci or (None, None)
    estimate = part.estimate
    if estimate is not None and (
        (low is not None and estimate < low) or (high is not None and estimate > high)
    ):
        shown = interval_text(Numbers(ci=part.ci, ci_level=part.ci_level))
        yield "ci", f"the interval does not hold its estimate: {estimate:g} lies outside {shown}"
    if part.scale is Scale.RATIO:
        for key, figure in (("estimate", estimate), ("ci", low), ("ci", high)):
            if figure is not None and figure < 0:
                yield key, f"a ratio cannot be negative, got {figure:g}"
    if _is_ratio(part) and part.margin is not None and part.margin <= 0:
        yield "margin", f"a ratio's margin must be above 0, got {part.margin:g}"
    for value in part.values:
        if value.events is not None and value.n is not None and value.events > value.n:
            yield "values", f"arm {value.arm!r} has more events ({value.events:g}) than people"


def _finding_fault(
    part: AnalysisPart | Analysis, finding: FindingKind | None, basis: Basis | None
) -> str | None:
    """Say how a stated finding contradicts its p-value; `basis: stated` may outweigh the p-value.

    A p-value that equals the threshold contradicts nothing.
    """
    if part.p is None or finding is None or basis is Basis.STATED:
        return None
    significant = is_significant(part.p, part.alpha)
    told = f"{finding.value}, but p {part.p} lies"
    if finding in EFFECTS and significant is False and not _tied(part):
        return f"{told} above {part.alpha:g}; if the report says so, add basis: stated"
    if (
        finding is FindingKind.NO_DIFFERENCE
        and part.hypothesis in {None, Hypothesis.SUPERIORITY}
        and significant
    ):
        return f"{told} below {part.alpha:g}; if the report says so, add basis: stated"
    return None


def _tied(part: AnalysisPart | Analysis) -> bool:
    return part.p is not None and part.p.value == part.alpha and part.p.sign == "="
