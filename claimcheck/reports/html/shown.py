"""What the page files a claim under: its verdict, or who silenced what was found."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from claimcheck.model.counted import counted
from claimcheck.model.coverage import is_baselined, is_suppressed
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.words import VERDICTS

if TYPE_CHECKING:
    from claimcheck.model.coverage import Coverage
    from claimcheck.model.verdict import Verdict


class Shown(StrEnum):
    """The heads that claims are filed under, in the order in which an editor must see them."""

    CONTRADICTED = VerdictKind.CONTRADICTED
    OVERSTATED = VerdictKind.OVERSTATED
    SUPPORTED = VerdictKind.SUPPORTED
    NO_EVIDENCE = VerdictKind.NO_EVIDENCE
    SUPPRESSED = "suppressed"
    BASELINED = "baselined"


SHOWN = {
    **{Shown(kind): told for kind, told in VERDICTS.items()},
    Shown.SUPPRESSED: "suppressed",
    Shown.BASELINED: "in the baseline",
}
_WRONG = (VerdictKind.OVERSTATED, VerdictKind.CONTRADICTED)


def shown_as(verdict: Verdict) -> Shown:
    """Answer what a claim is filed under."""
    if is_baselined(verdict):
        return Shown.BASELINED
    return Shown.SUPPRESSED if is_suppressed(verdict) else Shown(verdict.kind)


def headline(coverage: Coverage) -> str:
    """Answer in a sentence what an editor must know first; never that all is well unjudged."""
    claims, judged = coverage.claims, coverage.judged
    wrong, silenced = coverage.standing(*_WRONG), _silenced(coverage)
    if not claims:
        return "No efficacy claim was found, so nothing was judged."
    if not judged:
        them = "the only claim" if claims == 1 else f"all {claims} claims"
        return f"Nothing could be judged: your evidence is silent on {them}."
    if wrong:
        says = "says" if wrong == 1 else "say"
        contradicted = coverage.standing(VerdictKind.CONTRADICTED)
        goes = "what the results do not carry" if contradicted else "more than the results carry"
        besides = f", besides {silenced}" if silenced else ""
        return f"{wrong} of {counted(claims, 'claim')} {says} {goes}{besides}."
    rest = claims - judged
    apart = f", apart from {silenced}" if silenced else ""
    untold = f"; {rest} could not be judged" if rest else ""
    return f"No claim goes beyond the results{apart}{untold}."


def _silenced(coverage: Coverage) -> str:
    """Answer how many claims go beyond the results and are silenced, or an empty text."""
    count = sum(coverage.silenced.get(kind, 0) for kind in _WRONG)
    if not count:
        return ""
    by = [
        *(["suppressed"] if coverage.suppressed else []),
        *(["in the baseline"] if coverage.baselined else []),
    ]
    return f"{count} that {'is' if count == 1 else 'are'} {' or '.join(by)}"
