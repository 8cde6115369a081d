"""How are a record's figures put into words?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.trial import Comparison, FindingKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.trial import Analysis, Outcome, Trial

MEASURED_AT_MOST = 5  # names listed where nothing answers

_FINDINGS = {
    FindingKind.IMPROVED: "improved",
    FindingKind.WORSENED: "worsened",
    FindingKind.DIFFERS: "significant difference",
    FindingKind.NO_DIFFERENCE: "no significant difference",
    FindingKind.NON_INFERIOR: "non-inferior",
    FindingKind.NOT_REPORTED: "not reported",
}


def describe_outcome(outcome: Outcome) -> str:
    """Answer one line: name, role, estimate, interval, p and what they show."""
    analysis = outcome.analysis
    role = "" if outcome.role is Role.UNKNOWN else f", {outcome.role.value}"
    if analysis.comparison is Comparison.WITHIN_GROUP:
        role += ", before and after"
    figures = ", ".join(_figures(analysis))
    shown = _FINDINGS[analysis.finding.kind]
    parts = (f"{outcome.name}{role}", figures, shown)
    return ": ".join(part for part in parts if part)


def _figures(analysis: Analysis) -> Iterable[str]:
    places = _places(analysis)
    if analysis.estimate is not None:
        text = f"{analysis.estimate:.{places}f}"
        if analysis.ci is not None:
            low, high = (f"{end:.{places}f}" if end is not None else "?" for end in analysis.ci)
            text += f" ({analysis.ci_level:g}% CI {low} to {high})"
        yield text
    elif analysis.measure:
        yield analysis.measure
    if (p := analysis.p) is not None:
        sign = "" if p.sign == "=" else f"{p.sign} "
        yield f"p {sign}{_p(p.value)}"


def _places(analysis: Analysis) -> int:
    numbers = [analysis.estimate, *(analysis.ci or ())]
    texts = [f"{number:.6g}" for number in numbers if number is not None]
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def _p(value: float) -> str:
    text = f"{value:.10f}".rstrip("0")
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(2, '0')}"


def measured(trial: Trial) -> str:
    """Answer the outcomes of a trial by name, the first few of them."""
    names = list(dict.fromkeys(outcome.name for outcome in trial.outcomes))
    more = len(names) - MEASURED_AT_MOST
    listed = ", ".join(names[:MEASURED_AT_MOST])
    return f"{listed} and {more} more" if more > 0 else listed
