"""The page shows the whole draft and every claim, and nothing in a draft can act in it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import documents
from claimcheck.config import OutputFormat
from claimcheck.errors import InputError
from claimcheck.model.coverage import Coverage
from claimcheck.model.document import Format
from claimcheck.model.report import DocumentReport, Report
from claimcheck.model.trial import Identifiers, Publication
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports import View, render
from claimcheck.reports.html.links import links
from claimcheck.reports.html.shown import headline
from tests.report_factory import (
    PRIMARY,
    TOOL,
    TRIAL,
    baselined,
    claim,
    document,
    empty,
    evidence,
    knee,
    no_evidence,
    overstated,
    report,
    supported,
    suppressed,
    tea,
)

VOID = {"meta", "input"}
TAGS = frozenset(
    re.findall(
        r"\w+",
        """html head meta title style body svg symbol path p a header h1 h2 h3 h4 h5 h6 ul ol li b i
    span main div article mark sup small section form fieldset legend label input select option
    output button details summary dl dt dd kbd table caption thead tbody tr th td rect line use
    text code footer script blockquote""",
    )
)
HOSTILE = (
    "</title><script>hack()</script>",
    '"><img src=x onerror=hack()>',
    "</mark></p></article><iframe src=//evil.example></iframe>",
    "<svg onload=hack()><style>*{display:none}</style>",
    "{{ 7 * 7 }} {% for a in b %} ${7*7} <!-- ]]> -->",
    "</script><base href=//evil.example><meta http-equiv=refresh content=0>",
    "javascript:hack() data:text/html,<script>hack()</script> &lt;b&gt;",
    "\u202egnihton\u202c \x00\x1b[31m \ud800 \ufffe",
)


class Read(HTMLParser):
    """What a page consists of, as far as its markup tells."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = [], [], {}, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag, f"{self.open[-1]} closed by {tag}"
        self.open.pop()

    def handle_data(self, data):
        for tag, attrs in self.open:
            key = "draft" if attrs.get("id") == "draft" else tag
            self.words[key] = self.words.get(key, "") + data


def page(of, **view):
    return render(of, OutputFormat.HTML, View(**view))


def read(of):
    return Read(page(of))


def of_text(text, form, verdict=overstated):
    """A report in which every block of a draft is claimed to be a claim."""
    source = documents.read_text(text, name=f"draft {text[:30]}", format=form)
    base = claim(document("Turmeric eases pain."), "Turmeric eases pain")
    verdicts = tuple(
        verdict(replace(base, span=block.span, sentence=block.span)) for block in source.blocks
    )
    return Report(TOOL, (DocumentReport(source, verdicts),))


def safe(text):
    found = Read(text)
    assert not found.open
    assert set(found.tags) <= TAGS, set(found.tags) - TAGS
    assert (found.tags.count("script"), found.tags.count("style")) == (1, 1)
    for tag, name, value in found.attributes:
        assert not name.startswith("on"), (tag, name)
        assert name not in {"style", "src", "srcdoc", "action"}, (tag, name)
        if name in {"href", "xlink:href"}:
            assert value.startswith(("#", "https://", "http://")), value
    return found


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.HTML])
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_draft_injects_nothing(attack, form):
    drafts = (
        f"# {attack}\n\n{attack} turmeric\n\n- {attack}\n\n> {attack}\n\n| {attack} |\n|---|\n| a |"
    )
    if form is Format.HTML:
        drafts = f"<title>{attack}</title><h1>Turmeric</h1><p>{attack}</p><li>&lt;script&gt;</li>"
    try:
        safe(page(of_text(drafts, form)))
    except InputError:
        assert "\x00" in attack


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_record_injects_nothing(attack):
    trial = replace(
        TRIAL,
        id=attack,
        title=attack,
        status=attack,
        source=(f"javascript:{attack}", f"https://evil.example/{attack}", attack),
        identifiers=Identifiers(doi=f"10.1/{attack}", pmid=attack, nct=attack, isrctn=attack),
        outcomes=(replace(PRIMARY, name=attack, note=attack, timepoint=attack),),
    )
    one = overstated(claim(document("Turmeric eases pain."), "Turmeric eases pain"))
    rows = (evidence(trial.outcomes[0], VerdictKind.OVERSTATED, trial=trial, because=attack),)
    told = replace(one, evidence=rows, because=attack, advice=attack, trace=(attack,))
    safe(page(Report(TOOL, (DocumentReport(document("Turmeric eases pain."), (told,)),))))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_text_is_shown_as_it_is_read(text):
    try:
        of = of_text(text, Format.TEXT)
    except InputError:
        return
    found = safe(page(of, problems=(InputError(text),)))
    shown = "".join(found.words["draft"].split())
    for char in "".join(of.documents[0].document.text.split()):
        if char.isalnum():
            assert char in shown


def test_the_policy_lets_in_its_own_style_and_script_alone():
    text = page(report())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 2
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_nothing_is_fetched():
    text = page(report())
    for tag, name, value in Read(text).attributes:
        assert tag == "a" or not re.match(r"\w+:", value) or name == "content", (tag, name, value)
    assert "url(" not in text
    assert "@import" not in text
    assert "fetch(" not in text


def test_the_same_report_gives_the_same_bytes():
    assert page(report()) == page(report())


def test_the_whole_draft_is_there_with_its_layout():
    text = (
        "# Turmeric for knees\n\nIt eased *pain*.\n\n## Results\n\n- less pain\n- more sleep\n\n"
        "3. first\n4. then\n\n"
        "> “It works,” she says.\n\n| dose | pain |\n|---|---|\n| 1 g | less |\n\n"
        "#### Deep\n\nEnd.\n"
    )
    found = page(of_text(text, Format.MARKDOWN, supported))
    draft = found[found.index('<div class="draft"') : found.index('<section class="claims"')]
    assert re.findall(r"<(h\d|ul|ol|li|blockquote|tr|td)\b", draft) == (
        [
            "h2",
            "h3",
            "h4",
            "ul",
            "li",
            "li",
            "ol",
            "li",
            "li",
            "blockquote",
            "tr",
            "td",
            "td",
            "tr",
            "td",
            "td",
            "h5",
        ]
    )
    assert '<ol start="3">' in draft
    for words in ("It eased pain.", "“It works,” she says.", "1 g", "End."):
        assert words in re.sub(r"<[^>]+>", "", draft)


def word_table():
    draft = docx.Document()
    table = draft.add_table(2, 2)
    for at, words in enumerate(("dose", "pain", "1 g", "less")):
        table.cell(*divmod(at, 2)).text = words
    draft.save(held := io.BytesIO())
    return documents.read_bytes(held.getvalue(), name="draft.docx")


@pytest.mark.parametrize(
    "read",
    [
        lambda: documents.read_text(
            "| dose | pain |\n|---|---|\n| 1 g | less |\n", name="a", format=Format.MARKDOWN
        ),
        lambda: documents.read_text(
            "<table><tr><th>dose<th>pain<tr><td>1 g<td>less</table>", name="a", format=Format.HTML
        ),
        word_table,
    ],
    ids=["markdown", "html", "word"],
)
def test_a_table_keeps_its_rows(read):
    found = page(Report(TOOL, (DocumentReport(read(), ()),)))
    rows = re.findall(r"<tr>(.*?)</tr>", found)
    assert [re.findall(r"<td[^>]*>([^<]*)", row) for row in rows] == [
        ["dose", "pain"],
        ["1 g", "less"],
    ]


def test_every_claim_is_marked_where_it_stands_and_listed_once():
    found = page(report(knee()))
    for number, verdict in enumerate(sorted(knee().verdicts, key=lambda one: one.claim.span), 1):
        words = verdict.claim.text
        marked = rf'<mark class="{verdict.kind}" data-claims="{number}">([^<]+)</mark>'
        assert re.search(marked, found)[1] == words
        assert found.count(f'id="claim-{number}"') == 1
        assert found.count(f'id="at-{number}"') == 1


def test_overlapping_claims_are_both_marked_and_the_worse_one_shows():
    source = document("Turmeric eases pain and sleep.")
    whole, part = claim(source, "Turmeric eases pain and sleep"), claim(source, "pain")
    found = page(Report(TOOL, (DocumentReport(source, (supported(whole), overstated(part))),)))
    assert '<mark class="supported" data-claims="1">Turmeric eases </mark>' in found
    assert '<mark class="overstated" data-claims="1 2">pain</mark>' in found
    assert '<mark class="supported" data-claims="1"> and sleep</mark>' in found


def test_verdicts_are_told_by_words_and_signs_besides_colour():
    found = page(report(knee()))
    for kind in ("overstated", "contradicted", "supported", "no-evidence"):
        assert f'<use href="#sign-{kind}"/>' in found
        assert f'id="sign-{kind}"' in found
    for word in ("Overstated", "Contradicted", "Supported", "Not in your evidence"):
        assert word in found


def test_the_evidence_tells_study_numbers_advice_and_links():
    found = page(report(knee()))
    for words in (
        "Orlova 2019",
        "randomized, 64 people",
        "cited in the draft",
        "https://doi.org/10.1000/example.1",
        "https://pubmed.ncbi.nlm.nih.gov/11111111",
        "Say that the trial missed its primary outcome, or drop the claim.",
        "CC101",
    ):
        assert words in found
    figures = ("−0.10", "(95% CI −0.32 to 0.12),", "p 0.40")
    assert " ".join(f"<span>{one}</span>" for one in figures) in found


def test_papers_and_registry_are_linked_once_and_no_other_scheme():
    trial = replace(
        TRIAL,
        identifiers=Identifiers(doi="10.1/a<b>", nct="NCT00000001"),
        publications=(Publication(pmid="123", results=True), Publication(pmid="456")),
        source=("https://doi.org/10.1/a%3Cb%3E/", "ftp://old.example", "a news story"),
    )
    assert [(link.label, link.url) for link in links(trial)] == [
        ("Paper", "https://doi.org/10.1/a%3Cb%3E"),
        ("Registry", "https://clinicaltrials.gov/study/NCT00000001"),
        ("PubMed 123", "https://pubmed.ncbi.nlm.nih.gov/123"),
    ]


def test_the_outcome_that_the_claim_is_about_is_lit():
    found = page(report(tea()))
    lit = re.findall(r'class="lit">\s*<th[^>]*><span[^>]*>([^<]+)', found)
    assert lit == ["Knee Pain Scale, 12 weeks"]


def test_each_result_says_what_it_alone_means_for_the_claim():
    found = re.sub(r"<svg.*?</svg>", "", page(report(tea())), flags=re.DOTALL)
    assert re.findall(r'class="says ([a-z]+)">([^<]+)', found) == [
        ("overstated", "alone does not carry it"),
        ("supported", "points the way of the claim"),
    ]


def test_what_was_not_covered_is_told():
    found = Read(page(report())).words["footer"]
    assert "Not covered" in found
    assert "No study in your evidence answers for this" in found
    assert "31 trials as of 2026-11-20" in found
    assert "PMID 22222222 is cited" in found


def test_what_could_not_be_read_is_told_on_top():
    found = page(report(tea()), problems=(InputError("is empty"),))
    assert "Not checked:" in found
    assert "is empty" in found


def test_a_draft_without_claims_says_that_nothing_was_judged():
    found = Read(page(empty()))
    assert "nothing was judged" in found.words["header"]
    assert "Nothing is claimed here." in found.words["draft"]


def test_a_suppressed_claim_gives_its_reason():
    assert "Suppressed in the draft: a quote, told as such" in page(suppressed())


@pytest.mark.parametrize(
    ("of", "head", "words"),
    [(suppressed(), "suppressed", "Suppressed"), (baselined(), "baselined", "In the baseline")],
)
def test_a_silenced_claim_is_told_apart_in_the_draft_the_list_and_the_counts(of, head, words):
    found = page(of)
    assert f'<mark class="{head}"' in found
    assert f'<li class="card {head}"' in found
    assert f"{words} <span" in found
    assert '<mark class="overstated"' not in found
    counts = dict(re.findall(r'<li class="([a-z-]+)">.*?<b>(\d+)</b>', found))
    assert (counts["overstated"], counts[head]) == ("0", "1")


def test_only_what_was_asked_for_is_listed():
    found = page(report(knee()), only=(VerdictKind.SUPPORTED,))
    assert found.count('<li class="card') == 1
    assert "7 claims" in found


def counted(**counts):
    return Coverage({kind: counts.get(kind.name.lower(), 0) for kind in VerdictKind})


@pytest.mark.parametrize(
    ("coverage", "told"),
    [
        (counted(), "No efficacy claim was found, so nothing was judged."),
        (
            counted(no_evidence=1),
            "Nothing could be judged: your evidence is silent on the only claim.",
        ),
        (
            counted(no_evidence=3),
            "Nothing could be judged: your evidence is silent on all 3 claims.",
        ),
        (counted(overstated=1, supported=1), "1 of 2 claims says more than the results carry."),
        (
            counted(overstated=1, contradicted=1, no_evidence=4),
            "2 of 6 claims say what the results do not carry.",
        ),
        (counted(supported=2), "No claim goes beyond the results."),
        (
            replace(counted(overstated=7), suppressed=5, silenced={VerdictKind.OVERSTATED: 5}),
            "2 of 7 claims say more than the results carry, besides 5 that are suppressed.",
        ),
        (
            replace(
                counted(contradicted=2, supported=1),
                baselined=1,
                silenced={VerdictKind.CONTRADICTED: 1},
            ),
            "1 of 3 claims says what the results do not carry, besides 1 that is in the baseline.",
        ),
        (
            replace(
                counted(supported=1, no_evidence=1),
                baselined=1,
                silenced={VerdictKind.NO_EVIDENCE: 1},
            ),
            "No claim goes beyond the results; 1 could not be judged.",
        ),
        (
            counted(supported=2, no_evidence=1),
            "No claim goes beyond the results; 1 could not be judged.",
        ),
    ],
)
def test_the_headline_never_calls_well_what_was_not_judged(coverage, told):
    assert headline(coverage) == told


def test_several_drafts_stand_in_one_page_and_are_told_apart():
    found = page(report(knee(), tea(), DocumentReport(document("Turmeric."), ())))
    assert "3 drafts" in found
    assert "tea, and: more.txt" in found
    assert len(set(re.findall(r' id="([^"]+)"', found))) == len(re.findall(r' id="', found))


def test_an_unanswered_claim_is_no_less_visible():
    source = document("Turmeric helps sleep.")
    found = page(
        Report(
            TOOL, (DocumentReport(source, (no_evidence(claim(source, "Turmeric helps sleep")),)),)
        )
    )
    assert "No trial in your corpus bears on sleep." in found


def test_the_worst_come_first_when_sorted_so():
    found = page(report(knee()))
    weights = dict(re.findall(r'data-kind="([^"]+)" data-weight="(\d+)"', found))
    assert int(weights["overstated"]) < int(weights["no-evidence"]) < int(weights["supported"])
