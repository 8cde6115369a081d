"""Reports made by hand, as realistic as those of the engine, for the tests of what is shown."""

from __future__ import annotations

from dataclasses import replace

from claimcheck.model.claim import Certainty, Claim, ClaimKind, Direction, Mention, Strength
from claimcheck.model.document import Block, BlockKind, Document, Format, OffsetMap, Span
from claimcheck.model.report import DocumentReport, Notice, NoticeKind, Report, Tool
from claimcheck.model.trial import (
    Analysis,
    Basis,
    Design,
    DesignType,
    Finding,
    FindingKind,
    Identifiers,
    Outcome,
    PValue,
    Role,
    Trial,
)
from claimcheck.model.verdict import (
    Confidence,
    Evidence,
    Issue,
    Level,
    Match,
    Reason,
    Scores,
    Verdict,
    VerdictKind,
)

TOOL = Tool("0.1.0", "rules-fingerprint", 31, "2026-11-20", "corpus-fingerprint")


def outcome(name, role, kind, *, estimate=None, ci=None, p=None, timepoint=None, because="p"):
    finding = Finding(kind, because, Basis.REPORTED)
    analysis = Analysis(finding, measure="mean change", estimate=estimate, ci=ci, p=p)
    return Outcome(name, (analysis,), concept="knee pain", role=role, timepoint=timepoint)


PRIMARY = outcome(
    "Knee Pain Scale",
    Role.PRIMARY,
    FindingKind.NO_DIFFERENCE,
    estimate=-0.1,
    ci=(-0.32, 0.12),
    p=PValue(0.4),
    timepoint="12 weeks",
    because="95% CI -0.32 to 0.12 crosses 0",
)

# A null result, in a record that drafts on turmeric are checked by.
NULL_RECORD = """\
id: orlova-2019-turmeric-knee
title: Turmeric paste for pain in osteoarthritis of the knee
design: {type: randomized, blinding: double, control: placebo, enrolled: 64}
conditions: [osteoarthritis]
interventions: [turmeric]
outcomes:
  - {name: Knee Pain Scale, concept: pain, role: primary, better: lower, p: 0.40,
     finding: no-difference}
"""
SECONDARY = outcome(
    "Walking Comfort Index",
    Role.SECONDARY,
    FindingKind.IMPROVED,
    estimate=-13.5,
    ci=(-25.0, -1.98),
    p=PValue(0.04),
    because="p 0.04 is below 0.05",
)
TRIAL = Trial(
    id="orlova-2019-turmeric-knee",
    title="Turmeric paste for pain in osteoarthritis of the knee",
    identifiers=Identifiers(doi="10.1000/example.1", pmid="11111111"),
    year=2019,
    design=Design(DesignType.RANDOMIZED, enrolled=64),
    outcomes=(PRIMARY, SECONDARY),
)


def document(text, *, name="draft.md", form=Format.MARKDOWN):
    block = Block(BlockKind.PARAGRAPH, Span(0, len(text)))
    return Document(name, form, text, text, (block,), OffsetMap.identity(len(text)))


def claim(source, words, *, start=0, outcome="pain", direction=Direction.BENEFIT, certainty=None):
    at = source.text.index(words, start)
    span = Span(at, at + len(words))
    return Claim(
        id=f"c{at}",
        span=span,
        sentence=span,
        block=0,
        section=0,
        text=words,
        kind=ClaimKind.EFFICACY,
        direction=direction,
        certainty=certainty or Certainty.ASSERTED,
        strength=Strength.CAUSAL,
        intervention=mention(source, "turmeric", span),
        outcome=mention(source, outcome, span),
    )


def mention(source, word, span):
    at = source.text.casefold().find(word.casefold(), span.start, span.end)
    if at < 0:
        return None
    return Mention(source.text[at : at + len(word)], Span(at, at + len(word)), word)


def evidence(result, kind, *, trial=TRIAL, because="the trial measured it", cited=False):
    match = Match(trial, result, Scores(1.0, 0.5, 0.9), cited=cited, condition_fits=True)
    return Evidence(match, kind, because, result.analysis if result else None)


def overstated(one, *, level=Level.ERROR, suppressed=None):
    because = "The primary outcome, Knee Pain Scale, showed no significant difference (p 0.40)."
    advice = "Say that the trial missed its primary outcome, or drop the claim."
    issue = Issue("CC101", Reason.NEGATIVE_PRIMARY, level, because, advice, suppressed)
    return Verdict(
        one,
        VerdictKind.OVERSTATED,
        "CC101",
        Reason.NEGATIVE_PRIMARY,
        because,
        advice,
        Confidence.HIGH,
        issues=(issue,),
        evidence=(
            evidence(PRIMARY, VerdictKind.OVERSTATED, cited=True),
            evidence(SECONDARY, VerdictKind.SUPPORTED),
        ),
        trace=("matched turmeric to Turmeric (1.00)", "CC101 fits: primary is null"),
    )


def contradicted(one):
    because = "Walking got worse under turmeric."
    issue = Issue("CC201", Reason.DIRECTION, Level.ERROR, because, "Drop it.")
    return Verdict(
        one,
        VerdictKind.CONTRADICTED,
        "CC201",
        Reason.DIRECTION,
        because,
        "Drop it.",
        Confidence.MEDIUM,
        issues=(issue,),
        evidence=(evidence(PRIMARY, VerdictKind.CONTRADICTED),),
    )


def supported(one):
    return Verdict(
        one,
        VerdictKind.SUPPORTED,
        "CC001",
        Reason.NONE,
        "The results carry it.",
        "",
        Confidence.HIGH,
        evidence=(evidence(SECONDARY, VerdictKind.SUPPORTED),),
    )


def no_evidence(one, because="No trial in your corpus bears on sleep."):
    issue = Issue("CC301", Reason.NOT_IN_CORPUS, Level.NOTE, because, "")
    return Verdict(
        one,
        VerdictKind.NO_EVIDENCE,
        "CC301",
        Reason.NOT_IN_CORPUS,
        because,
        "",
        Confidence.LOW,
        issues=(issue,),
    )


KNEE = """# Turmeric: relief at last?

Turmeric eased knee pain “dramatically” in a new trial of café-goers.
Turmeric sharpened walking and mood alike, its makers say.

Turmeric made it easier to walk without discomfort for many people. 🦵 Turmeric helps sleep.

Turmeric eased knee pain “dramatically” in a new trial of café-goers.
Turmeric lifts energy. Turmeric clears the skin.
"""


def knee():
    source = document(KNEE)
    pain = "Turmeric eased knee pain “dramatically” in a new trial of café-goers"
    again = KNEE.rindex(pain)
    return DocumentReport(
        source,
        (
            overstated(claim(source, pain)),
            contradicted(claim(source, "Turmeric sharpened walking", outcome="walking")),
            supported(claim(source, "Turmeric made it easier to walk", outcome="walk")),
            no_evidence(claim(source, "Turmeric helps sleep", outcome="sleep")),
            overstated(claim(source, pain, start=again)),
            no_evidence(claim(source, "Turmeric lifts energy", outcome="energy")),
            no_evidence(
                claim(source, "Turmeric clears the skin", outcome="skin"),
                "Orlova 2019 did not measure skin; it measured pain.",
            ),
        ),
        (
            Notice(
                NoticeKind.CITED_NOT_IN_CORPUS,
                "PMID 22222222 is cited, but no trial in your corpus has it.",
                Level.NOTE,
                3,
            ),
        ),
    )


def tea(*, name="tea, and: more.txt"):
    source = document("Turmeric tea may ease pain, 50% at least.\r\nAll is well.", name=name)
    hedged = claim(source, "Turmeric tea may ease pain", certainty=Certainty.HEDGED)
    return DocumentReport(source, (overstated(hedged, level=Level.WARNING),))


def report(*documents):
    return Report(TOOL, documents or (knee(), tea()))


def suppressed():
    source = document("Turmeric eases pain.")
    silenced = overstated(claim(source, "Turmeric eases pain"), suppressed="a quote, told as such")
    return Report(TOOL, (DocumentReport(source, (silenced,)),))


def baselined():
    source = document("Turmeric eases pain.")
    known = overstated(claim(source, "Turmeric eases pain"))
    issue = replace(known.issues[0], suppressed="in the baseline", baselined=True)
    return Report(TOOL, (DocumentReport(source, (replace(known, issues=(issue,)),)),))


def empty():
    return Report(TOOL, (DocumentReport(document("Nothing is claimed here."), ()),))


def with_text(text):
    """A report on one claim that covers the whole text."""
    source = document(text)
    return Report(TOOL, (DocumentReport(source, (overstated(claim(source, text)),)),))


__all__ = ["replace"]
