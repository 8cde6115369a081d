"""JATS: front matter, abstract, body, and what an article is tied to."""

from __future__ import annotations

import pytest

from claimcheck.errors import InputError
from claimcheck.model.imported import Skipped
from claimcheck.model.trial import Design, DesignType, Trial
from claimcheck.trials.importers.jats import import_jats
from tests.article_factory import Prose, source

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
ABSTRACT = """<abstract abstract-type="plain-language-summary"><p>Tea is nice.</p></abstract>
<abstract><sec><title>Methods:</title><p>We gave 40 adults tea.</p></sec>
<sec><title>Results</title><p>No change (<italic>P</italic> = 0.40).</p><p>None died.</p></sec>
</abstract>"""
BODY = """<body>
<sec sec-type="intro"><title>Introduction</title><p>Others say that tea works.</p></sec>
<sec><title>Methods</title><p>Tea.</p><sec><title>Outcomes</title><p>Fatigue was primary.</p></sec>
</sec>
<sec><title>Results</title><p>It stayed<xref ref-type="bibr" rid="r1">1</xref>,
<xref ref-type="bibr" rid="r2">2</xref> the same [<xref ref-type="bibr" rid="r3">3</xref>]
(<xref ref-type="table" rid="t1">Table 1</xref>).</p>
<table-wrap><table><tr><td>9.99</td></tr></table></table-wrap></sec></body>"""


def article(*, kind="research-article", front=ABSTRACT, body="", subject="Research", title=None):
    return f"""<article article-type="{kind}" {XLINK}><front><article-meta>
    <article-id pub-id-type="pmid">123</article-id>
    <article-id pub-id-type="pmcid">PMC77</article-id>
    <article-id pub-id-type="doi">10.1000/Sage.1</article-id>
    <article-categories><subj-group subj-group-type="heading"><subject>{subject}</subject>
    </subj-group></article-categories>
    <title-group><article-title>{title or "Sage<xref ref-type='fn'>*</xref> tea"}</article-title>
    </title-group>
    <pub-date pub-type="epub"><year>2020</year></pub-date>
    <pub-date pub-type="ppub"><year>2021</year></pub-date>
    {front}</article-meta></front>{body}</article>"""


def load(text, prose=None):
    return list(import_jats(source(text), prose or Prose()))


def one(**parts):
    (found,) = load(article(**parts))
    return found


def test_the_front_gives_the_bibliography():
    prose = Prose()
    (trial,) = load(article(body=BODY), prose)
    assert (trial.id, trial.title, trial.year) == ("pmid-123", "Sage tea", 2021)
    assert (trial.identifiers.doi, trial.identifiers.pmcid) == ("10.1000/sage.1", "PMC77")
    assert prose.texts[0].split("\n\n") == [
        "Methods: We gave 40 adults tea.",
        "Results: No change (P = 0.40).\nNone died.",
    ]


def test_the_body_is_read_where_the_abstract_gives_no_result():
    prose = Prose(outcomes=(), design=Design(DesignType.RANDOMIZED))
    load(article(body=BODY), prose)
    assert prose.texts[1].split("\n\n")[2:] == [
        "Methods: Tea.",
        "Methods / Outcomes: Fatigue was primary.",
        "Results: It stayed the same (Table 1).",
    ]


def test_the_body_is_read_where_there_is_no_abstract():
    prose = Prose()
    load(article(front="", body=BODY), prose)
    assert prose.texts[0].startswith("Methods: Tea.")


def test_numbers_of_registries_in_the_markup():
    link = '<ext-link ext-link-type="clinicaltrials.gov">NCT01234567</ext-link>'
    front = f"<abstract><p>No effect, unlike NCT07654321.</p><p>See {link}.</p></abstract>"
    assert one(front=front).identifiers.nct == "NCT01234567"


@pytest.mark.parametrize(
    ("tie", "status"),
    [("retraction-forward", "retracted"), ("correction-forward", "corrected"), ("companion", None)],
)
def test_retractions_and_corrections_are_kept(tie, status):
    front = f'{ABSTRACT}<related-article related-article-type="{tie}" xlink:href="PMC9"/>'
    assert one(front=front).status == status


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"kind": "editorial"}, "an editorial"),
        ({"kind": "research-article", "subject": "Comment"}, "a comment"),
        ({"kind": "review-article"}, "a review"),
        ({"kind": "letter", "front": "", "body": BODY}, "a letter"),
        ({"front": ""}, "no abstract"),
        (
            {
                "kind": "retraction",
                "front": '<related-article related-article-type="retracted-article" '
                'xlink:href="PMC9"/>',
            },
            "PMC9",
        ),
    ],
)
def test_what_reports_no_study_is_skipped_with_its_reason(parts, reason):
    skipped = one(**parts)
    assert isinstance(skipped, Skipped)
    assert skipped.name == "PMID 123"
    assert reason in skipped.reason


def test_a_case_report_is_one():
    assert one(kind="case-report").design.type is DesignType.CASE_REPORT


def test_sets_and_namespaces():
    inside = article().replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/1.3/" ')
    text = f"<OAI><record><metadata>{inside}</metadata></record></OAI>"
    assert [trial.id for trial in load(text)] == ["pmid-123"]
    assert len(load(f"<pmc-articleset>{article()}{article()}</pmc-articleset>")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html></html>",
        "<article>",
        "<article>" + "<sec>" * 10_000,
        '<!DOCTYPE article [<!ENTITY a "b">]><article>&a;</article>',
    ],
    ids=range(5),
)
def test_broken_and_hostile_input_gives_a_clear_error(text):
    with pytest.raises(InputError, match="records"):
        load(text)


def test_an_empty_article_is_skipped():
    (skipped,) = load("<article/>")
    assert isinstance(skipped, Skipped)


def test_every_real_file_is_read(root):
    folder = root.parent / "shared" / "evidence" / "jats"
    for path in sorted(folder.glob("*.xml")) if folder.is_dir() else ():
        (found,) = load(path.read_bytes())
        if isinstance(found, Trial):
            assert found.identifiers.pmcid == path.stem
            assert found.year
            assert found.title
