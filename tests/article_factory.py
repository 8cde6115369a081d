"""Sources in memory, and a stand-in for the reader of prose that remembers what it was given."""

from __future__ import annotations

from io import BytesIO

from claimcheck.model.imported import ReadReport, Source
from claimcheck.model.trial import Analysis, Basis, Finding, FindingKind, Outcome, Trial


def source(text, name="records"):
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: BytesIO(data))


class Prose:
    """Reads one outcome, or what it is told to, out of any prose."""

    def __init__(self, **fields):
        finding = Finding(FindingKind.NO_DIFFERENCE, "p = 0.40", Basis.STATED)
        self.fields = {"outcomes": (Outcome("fatigue", (Analysis(finding),)),), **fields}
        self.texts = []
        self.titles = []

    def __call__(self, text, title):
        self.texts.append(text)
        self.titles.append(title)
        return ReadReport(Trial(id="read", title=title, **self.fields), text)
