"""How are a record's figures put into words?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.trial import Comparison, FindingKind, Role
from claimcheck.verdict.suggest import describe_build, describe_study, name_treatment, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Analysis, Outcome, Trial
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.weigh import Weighed

PRIMARIES_AT_MOST = 3
MEASURED_AT_MOST = 5  # names listed where nothing answers

SLOTS = frozenset(
    (
        "intervention",
        "outcome",
        "condition",
        "trial",
        "primary",
        "result",
        "role",
        "studied",
        "people",
        "measured",
        "study",
        "comparators",
        "suggestion",
        "said",
        "recorded",
        "built",
        "tested",
        "floor",
    )
)
_SLOT = re.compile(r"\{(\w+)\}")
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


def slots_of(template: str) -> frozenset[str]:
    """Answer the slots that a template names."""
    return frozenset(_SLOT.findall(template))


def fill(template: str, words: Mapping[str, str]) -> str:
    """Answer a rule's template with its slots filled; one that has no such slot stays as it is."""
    return _SLOT.sub(lambda found: words.get(found.group(1), found.group()), template).strip()


def slots(claim: Claim, weighed: Weighed) -> dict[str, str]:
    """Answer what the templates of the rules may name."""
    readings, deciding = weighed.readings, weighed.deciding
    filled = dict.fromkeys(SLOTS, "") | {
        "intervention": name_treatment(claim),
        "outcome": claim.outcome.text if claim.outcome else "what it was given for",
        "condition": claim.condition.text if claim.condition else "the condition",
        "trial": "the evidence",
        "said": weighed.compared.said,
        "recorded": weighed.compared.recorded,
    }
    if deciding is None:
        return filled
    trial, best = deciding.trial, deciding.best
    filled |= {
        "trial": trial.title,
        "primary": "; ".join(describe_outcome(one) for one in _primaries(readings)),
        "result": describe_outcome(best.outcome) if best else "",
        "role": best.role.value if best else "",
        "studied": ", ".join(named.name for named in trial.conditions),
        "people": "; ".join(filter(None, (trial.title, trial.population.description))),
        "measured": measured(trial),
        "study": describe_study(trial),
        "built": describe_build(trial),
        "tested": ", ".join(named.name for named in trial.interventions),
        "floor": best.match.floor if best else "",
        "comparators": ", ".join(named.name for named in trial.comparators),
        "suggestion": _suggestion(claim, deciding),
    }
    return filled


def _suggestion(claim: Claim, deciding: Reading) -> str:
    sentence = suggest(claim, deciding)
    return f"For example: {sentence}" if sentence else ""


def _primaries(readings: tuple[Reading, ...]) -> list[Outcome]:
    """Answer the primary outcomes that bear on the claim: its own, the trial's, another trial's."""
    own = [row.outcome for row in readings[0].rows if row.outcome.role is Role.PRIMARY]
    whole = [one for one in readings[0].trial.outcomes if one.role is Role.PRIMARY]
    others = [
        row.outcome
        for reading in readings[1:]
        for row in reading.rows
        if row.outcome.role is Role.PRIMARY
    ]
    return (own or whole or others)[:PRIMARIES_AT_MOST]


def measured(trial: Trial) -> str:
    """Answer the outcomes of a trial by name, the first few of them."""
    names = list(dict.fromkeys(outcome.name for outcome in trial.outcomes))
    more = len(names) - MEASURED_AT_MOST
    listed = ", ".join(names[:MEASURED_AT_MOST])
    return f"{listed} and {more} more" if more > 0 else listed
