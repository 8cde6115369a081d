"""What a run covered: how many claims it found, judged, and could not judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimcheck.model.counted import counted
from claimcheck.model.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claimcheck.model.report import DocumentReport, Tool
    from claimcheck.model.verdict import Verdict


def is_suppressed(verdict: Verdict) -> bool:
    """Tell whether the claim has issues and every one of them was silenced by the draft."""
    return bool(verdict.issues) and all(issue.suppressed is not None for issue in verdict.issues)


def is_baselined(verdict: Verdict) -> bool:
    """Tell whether that was not the draft's doing alone: a baseline holds one of the issues."""
    return is_suppressed(verdict) and any(issue.baselined for issue in verdict.issues)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of claims by verdict.

    Those that are `suppressed` by the draft or `baselined` are counted by their verdict as well;
    `silenced` tells how many of each verdict are either.
    """

    counts: Mapping[VerdictKind, int]
    suppressed: int = 0
    baselined: int = 0
    silenced: Mapping[VerdictKind, int] = field(default_factory=dict)

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Coverage:
        """Count what the verdicts say."""
        verdicts = tuple(verdicts)
        found = Counter(verdict.kind for verdict in verdicts)
        silent = [verdict for verdict in verdicts if is_suppressed(verdict)]
        known = sum(map(is_baselined, silent))
        silenced = Counter(verdict.kind for verdict in silent)
        counts = {kind: found[kind] for kind in VerdictKind}
        return cls(counts, len(silent) - known, known, silenced)

    @classmethod
    def of_documents(cls, documents: Iterable[DocumentReport]) -> Coverage:
        """Count what the verdicts on several documents say."""
        return cls.of(verdict for one in documents for verdict in one.verdicts)

    @classmethod
    def total(cls, parts: Iterable[Coverage]) -> Coverage:
        """Add up what was counted in several documents."""
        parts = tuple(parts)
        return cls(
            {kind: sum(one.counts[kind] for one in parts) for kind in VerdictKind},
            sum(one.suppressed for one in parts),
            sum(one.baselined for one in parts),
            {kind: sum(one.silenced.get(kind, 0) for one in parts) for kind in VerdictKind},
        )

    def standing(self, *kinds: VerdictKind) -> int:
        """How many claims got one of these verdicts, and nobody silenced it."""
        return sum(self.counts[kind] - self.silenced.get(kind, 0) for kind in kinds)

    @property
    def claims(self) -> int:
        """How many claims were found."""
        return sum(self.counts.values())

    @property
    def judged(self) -> int:
        """How many of them the evidence could answer."""
        return self.claims - self.counts[VerdictKind.NO_EVIDENCE]

    @property
    def percent(self) -> float | None:
        """Judged claims per hundred claims, to one decimal; None where no claim was found."""
        return round(100 * self.judged / self.claims, 1) if self.claims else None

    def summary(self, tool: Tool) -> str:
        """Say in one line what was covered, and by which evidence."""
        if not self.claims:
            return f"No efficacy claim found, so nothing was judged {_evidence(tool)}"
        parts = [
            counted(self.claims, "claim"),
            f"{self.counts[VerdictKind.OVERSTATED]} overstated",
            *self._optional(VerdictKind.CONTRADICTED, "contradicted"),
            f"{self.counts[VerdictKind.NO_EVIDENCE]} not in your evidence",
            *([f"{self.suppressed} of these suppressed"] if self.suppressed else []),
            *([f"{self.baselined} of these in the baseline"] if self.baselined else []),
        ]
        return f"{', '.join(parts)} {_evidence(tool)}"

    def _optional(self, kind: VerdictKind, word: str) -> list[str]:
        return [f"{self.counts[kind]} {word}"] if self.counts[kind] else []


def _evidence(tool: Tool) -> str:
    dated = f", as of {tool.as_of}" if tool.as_of else ""
    return f"({counted(tool.trials, 'trial')}{dated})"
