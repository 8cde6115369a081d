"""PubMed's XML: what its markup says, and what is left out and why."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from claimcheck.errors import InputError
from claimcheck.model.imported import ReadOutcome, ReadReport, Skipped, Source
from claimcheck.model.trial import (
    Analysis,
    Basis,
    Design,
    DesignType,
    Finding,
    FindingKind,
    Named,
    Outcome,
    Role,
    Trial,
)
from claimcheck.model.verdict import Confidence
from claimcheck.trials.importers.pubmed import import_pubmed
from tests.article_factory import Prose, source

ABSTRACT = """<Abstract>
 <AbstractText Label="METHODS" NlmCategory="METHODS">We gave 40 adults sage tea or water.
 </AbstractText>
 <AbstractText Label="RESULTS">Fatigue fell by 10<sup>-3</sup> points
   (<i>p</i>&#x2009;=&#x2009;0.40).</AbstractText>
</Abstract>"""


IDS = '<ArticleId IdType="doi">10.1000/Sage.1</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId>'


def linked(kind, inside=""):
    tie = f'<CommentsCorrections RefType="{kind}">{inside}</CommentsCorrections>'
    return f"<CommentsCorrectionsList>{tie}</CommentsCorrectionsList>"


def plain(text):
    return f"<Abstract><AbstractText>{text}</AbstractText></Abstract>"


def article(
    *,
    abstract=ABSTRACT,
    title="Sage tea for fatigue.",
    kinds=("Journal Article",),
    inside="",
    after="",
    ids=IDS,
):
    types = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in kinds)
    return f"""<PubmedArticle><MedlineCitation><PMID Version="1">123</PMID><Article>
    <Journal><JournalIssue><PubDate><Year>2021</Year></PubDate></JournalIssue></Journal>
    <ArticleTitle>{title}</ArticleTitle>{abstract}{inside}
    <PublicationTypeList>{types}</PublicationTypeList>
    <ArticleDate><Year>2020</Year></ArticleDate></Article>{after}</MedlineCitation>
    <PubmedData><ArticleIdList>{ids}</ArticleIdList>
    <ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId>
    </ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"""


def load(*records, prose=None, tag="PubmedArticleSet"):
    text = f'<?xml version="1.0"?><{tag}>{"".join(records)}</{tag}>'
    return list(import_pubmed(source(text), prose or Prose()))


def one(**parts):
    (found,) = load(article(**parts))
    return found


def heading(descriptor, *qualifiers):
    subs = "".join(f"<QualifierName>{name}</QualifierName>" for name in qualifiers)
    return f"<MeshHeading><DescriptorName>{descriptor}</DescriptorName>{subs}</MeshHeading>"


def mesh(*headings):
    return f"<MeshHeadingList>{''.join(headings)}</MeshHeadingList>"


def test_bibliography_comes_from_the_markup():
    trial = one()
    assert (trial.id, trial.title, trial.year) == ("pmid-123", "Sage tea for fatigue", 2021)
    assert trial.identifiers.doi == "10.1000/sage.1"
    assert trial.identifiers.pmcid == "PMC77"
    assert trial.source[:2] == (
        "https://doi.org/10.1000/sage.1",
        "https://pubmed.ncbi.nlm.nih.gov/123/",
    )
    assert trial.status is None


def test_prose_keeps_labels_and_figures():
    prose = Prose()
    load(article(), prose=prose)
    assert prose.titles == ["Sage tea for fatigue"]
    assert prose.texts[0].split("\n\n") == [
        "METHODS: We gave 40 adults sage tea or water.",
        "RESULTS: Fatigue fell by 10⁻³ points (p = 0.40).",
    ]


def test_an_unlabelled_abstract_is_parted_at_its_capitals():
    prose = Prose()
    text = "AIM: To test it. RESULTS: No effect (95% CI: 1, 2)."
    load(article(abstract=plain(text)), prose=prose)
    assert prose.texts == ["AIM: To test it.\n\nRESULTS: No effect (95% CI: 1, 2)."]


@pytest.mark.parametrize(
    ("bank", "nct", "isrctn"),
    [
        (["NCT01234567"], "NCT01234567", None),
        (["ISRCTN12345678"], None, "ISRCTN12345678"),
        (["NCT01234567", "NCT07654321"], None, None),  # which is the study's own is not told
    ],
)
def test_numbers_of_registries(bank, nct, isrctn):
    numbers = "".join(f"<AccessionNumber>{number}</AccessionNumber>" for number in bank)
    inside = (
        "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>"
        f"<AccessionNumberList>{numbers}</AccessionNumberList></DataBank></DataBankList>"
    )
    known = one(inside=inside).identifiers
    assert (known.nct, known.isrctn) == (nct, isrctn)


def test_a_registration_told_in_the_abstract_counts():
    text = (
        "<Abstract><AbstractText>No effect. (Registered as NCT01234567.)</AbstractText></Abstract>"
    )
    assert one(abstract=text).identifiers.nct == "NCT01234567"


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"kinds": ["Journal Article", "Retracted Publication"]}, "retracted"),
        ({"title": "RETRACTED: Sage tea for fatigue."}, "retracted"),
        ({"after": linked("RetractionIn")}, "retracted"),
        ({"after": linked("ErratumIn")}, "corrected"),
        ({"after": linked("Cites")}, None),
    ],
)  # fmt: skip
def test_retractions_and_corrections_are_kept(parts, status):
    trial = one(**parts)
    assert (trial.status, trial.title) == (status, "Sage tea for fatigue")


def test_a_notice_names_what_it_retracts():
    after = linked("RetractionOf", "<PMID>9</PMID>")
    skipped = one(after=after, kinds=["Retraction of Publication"])
    assert isinstance(skipped, Skipped)
    assert "PMID 9" in skipped.reason


@pytest.mark.parametrize(
    ("kinds", "design", "phase"),
    [
        (["Randomized Controlled Trial", "Clinical Trial, Phase III"], DesignType.RANDOMIZED, "3"),
        (["Meta-Analysis", "Review", "Systematic Review"], DesignType.META_ANALYSIS, None),
        (["Case Reports"], DesignType.CASE_REPORT, None),
        (["Observational Study"], DesignType.OBSERVATIONAL, None),
        (["Journal Article"], DesignType.UNKNOWN, None),
    ],
)
def test_publication_types_tell_of_the_design(kinds, design, phase):
    trial = one(kinds=kinds)
    assert (trial.design.type, trial.design.phase) == (design, phase)


def test_the_finer_design_of_the_prose_stands():
    prose = Prose(design=Design(DesignType.CROSSOVER))
    (trial,) = load(article(kinds=["Randomized Controlled Trial"]), prose=prose)
    assert trial.design.type is DesignType.CROSSOVER


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"abstract": ""}, "no abstract"),
        ({"kinds": ["Editorial"]}, "an editorial"),
        ({"kinds": ["Comment", "Letter"]}, "a comment"),
        ({"kinds": ["Journal Article", "Review"]}, "a review"),
        ({"kinds": ["Published Erratum"]}, "a correction"),
        ({"kinds": ["Clinical Trial Protocol"]}, "a protocol"),
        ({"after": mesh(heading("Animals"), heading("Mice"))}, "animals"),
    ],
)
def test_what_reports_no_study_of_people_is_skipped_with_its_reason(parts, reason):
    skipped = one(**parts)
    assert isinstance(skipped, Skipped)
    assert skipped.name == "PMID 123"
    assert reason in skipped.reason


def test_what_yields_neither_result_nor_design_is_skipped():
    (skipped,) = load(article(), prose=Prose(outcomes=()))
    assert isinstance(skipped, Skipped)
    (kept,) = load(article(kinds=["Randomized Controlled Trial"]), prose=Prose(outcomes=()))
    assert isinstance(kept, Trial)
    assert kept.outcomes == ()


def test_headings_tell_of_people_condition_and_treatment():
    headings = mesh(
        heading("Humans"),
        heading("Female"),
        heading("Adult"),
        heading("Middle Aged"),
        heading("Double-Blind Method"),
        heading("Diabetes Mellitus, Type 2", "complications", "drug therapy"),
        heading("Fatigue", "etiology"),
        heading("Sage", "administration &amp; dosage"),
    )
    trial = one(after=headings)
    assert (trial.population.age, trial.population.sex) == ("adults", "female")
    assert trial.design.blinding == "double"
    assert [named.names for named in trial.conditions] == [
        ("Diabetes Mellitus, Type 2", "Type 2 Diabetes Mellitus")
    ]
    assert [named.name for named in trial.interventions] == ["Sage"]


def test_figures_are_no_names_of_treatments():
    given = mesh(heading("Sage", "therapeutic use"))
    figures = Prose(interventions=(Named("2.6 ± 1.6"),), comparators=(Named("P=0.03)"),))
    (trial,) = load(article(after=given), prose=figures)
    assert [named.name for named in trial.interventions] == ["Sage"]
    assert trial.comparators == ()


def test_other_records_are_skipped_by_name():
    book = (
        "<PubmedBookArticle><BookDocument><PMID>5</PMID>"
        "<ArticleTitle>Sage</ArticleTitle></BookDocument></PubmedBookArticle>"
    )
    deleted = "<DeleteCitation><PMID>7</PMID> <PMID>8</PMID></DeleteCitation>"
    skipped, gone, kept = load(book, deleted, article())
    assert (skipped.name, "book" in skipped.reason) == ("PMID 5", True)
    assert "7 8" in gone.reason
    assert kept.id == "pmid-123"


def test_a_publishers_set_is_skipped():
    (skipped,) = load("<Article><ArticleTitle>Sage.</ArticleTitle></Article>", tag="ArticleSet")
    assert "ArticleSet" in skipped.reason


def test_a_citation_without_its_wrapper_is_read():
    record = article().split("<PubmedData>")[0].removeprefix("<PubmedArticle>")
    (trial,) = load(record, tag="MedlineCitationSet")
    assert trial.id == "pmid-123"


def test_a_document_type_is_neither_loaded_nor_missed():
    text = (
        '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://localhost:1/none.dtd">'
        f"<PubmedArticleSet>{article(title='Sage &uuml;ber alles')}</PubmedArticleSet>"
    )
    (trial,) = import_pubmed(source(text), Prose())
    assert trial.title == "Sage über alles"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"no XML at all",
        b"<PubmedArticleSet></PubmedArticleSet>",
        b"<PubmedArticleSet><PubmedArticle>",
        b"<eFetchResult><ERROR>Cannot reach the server</ERROR></eFetchResult>",
        b"\x00\x01\x02\xff",
        b"<a>" * 100_000,
        b"<PubmedArticleSet><PubmedArticle>" + b"<b>" * 5_000,
        b"<PubmedArticle><x>" + b"y" * 11_000_000 + b"</x></PubmedArticle>",
        article().encode("utf-8").replace(b"Sage tea", b"Sage\xff tea"),
        b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><PubmedArticle>&c;</PubmedArticle>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><PubmedArticle>&a;</PubmedArticle>',
    ],
    ids=range(12),
)  # fmt: skip
def test_broken_and_hostile_input_gives_a_clear_error(text):
    with pytest.raises(InputError, match="records"):
        list(import_pubmed(source(text), Prose()))


def test_what_stands_before_a_fault_is_read():
    found = import_pubmed(source(f"<PubmedArticleSet>{article()}<broken"), Prose())
    assert next(found).id == "pmid-123"
    with pytest.raises(InputError):
        next(found)


def test_a_file_that_breaks_off_while_read_gives_a_clear_error():
    class Cut:
        def read(self, _size=-1):
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    with pytest.raises(InputError, match="read to its end"):
        list(import_pubmed(Source("cut.xml.gz", Cut), Prose()))


def test_large_files_take_little_memory():
    text = f"<PubmedArticleSet>{article() * 4000}</PubmedArticleSet>".encode()
    gc.collect()
    tracemalloc.start()
    assert sum(1 for _ in import_pubmed(source(text), lambda *_: Prose()("", ""))) == 4000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_every_real_file_is_read(root):
    folder = root.parent / "shared" / "evidence" / "pubmed"
    for path in sorted(folder.glob("*.xml")) if folder.is_dir() else ():
        (found,) = import_pubmed(source(path.read_bytes()), Prose())
        if isinstance(found, Trial):
            assert found.identifiers.pmid in path.read_text(encoding="utf-8")
            assert found.year
            assert found.title
        else:
            assert "review" in found.reason


def test_the_prose_alone_makes_no_meta_analysis_of_an_indexed_paper():
    pooled = Design(DesignType.META_ANALYSIS)
    (bare,) = load(article(), prose=Prose(design=pooled))
    (indexed,) = load(article(after=mesh(heading("Humans"))), prose=Prose(design=pooled))
    assert bare.design.type is DesignType.META_ANALYSIS
    assert indexed.design.type is DesignType.UNKNOWN


@pytest.mark.parametrize(
    ("confidence", "parts", "kept"),
    [
        (Confidence.LOW, {}, False),
        (Confidence.LOW, {"concept": "fatigue"}, True),
        (Confidence.LOW, {"role": Role.PRIMARY}, True),
        (Confidence.MEDIUM, {}, True),
    ],
)
def test_what_is_hardly_an_outcome_is_left_out(confidence, parts, kept):
    finding = Finding(FindingKind.DIFFERS, "stated by the report", Basis.STATED)
    doubtful = Outcome("the sites", (Analysis(finding),), **parts)

    def read(text, title):
        sure = Prose()(text, title).trial.outcomes[0]
        trial = Trial(id="x", title=title, outcomes=(doubtful, sure))
        return ReadReport(trial, text, (ReadOutcome(0, None, None, confidence),))

    (trial,) = load(article(), prose=read)
    names = [outcome.name for outcome in trial.outcomes]
    assert names == (["the sites", "fatigue"] if kept else ["fatigue"])
