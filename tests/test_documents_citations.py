"""Which studies a text cites, in whatever way people write them down."""

from __future__ import annotations

import pytest

from claimcheck.documents import read_text


def cited(text):
    document = read_text(f"Title\n\n{text}")
    return [
        (one.kind.value, one.value, document.text[one.span.start : one.span.end])
        for one in document.citations
    ]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("doi:10.1177/1352458520936226.", "10.1177/1352458520936226", None),
        ("(DOI 10.1016/S0140-6736(20)30183-5)", "10.1016/s0140-6736(20)30183-5", None),
        ("https://doi.org/10.1001/jama.2010.651, and", "10.1001/jama.2010.651", None),
        ("https://x.org/doi/full/10.1056/NEJMoa1234567?query=a#b", "10.1056/nejmoa1234567", None),
        ("https://x.org/10.1186/s12874-015-0079-x/full", "10.1186/s12874-015-0079-x", None),
        ("[10.1371/journal.pone.0140889]", "10.1371/journal.pone.0140889", None),
        ("\u201c10.1234/abc\u201d", "10.1234/abc", None),
        (
            "10.1002/(SICI)1097-0258(19980815)17:15<1>",
            "10.1002/(sici)1097-0258(19980815)17:15",
            None,
        ),
    ],
)
def test_dois(text, value, words):
    ((kind, got, span),) = cited(text)
    assert (kind, got) == ("doi", value)
    assert span.lower() == (words or value)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("PMID: 32633662.", "pmid", "32633662"),
        ("pmid 32633662", "pmid", "32633662"),
        ("PMID32633662", "pmid", "32633662"),
        ("https://pubmed.ncbi.nlm.nih.gov/32633662/", "pmid", "32633662"),
        ("www.ncbi.nlm.nih.gov/pubmed/32633662$$D", "pmid", "32633662"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/", "pmcid", "PMC7654321"),
        ("NCT03500289", "nct", "NCT03500289"),
        ("(nct03500289)", "nct", "NCT03500289"),
        ("https://clinicaltrials.gov/ct2/show/NCT03500289?term=x", "nct", "NCT03500289"),
        ("ISRCTN12345678", "isrctn", "ISRCTN12345678"),
        ("ISRCTN 12345678", "isrctn", "ISRCTN12345678"),
    ],
)
def test_numbers_of_registers(text, kind, value):
    assert [(one, number) for one, number, _ in cited(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "10.5/3 points",
        "p=10.1234",
        "NCT1234",
        "NCT123456789",
        "PMID",
        "from 10.12 to 10.34/x",
        "110.1234/x",
    ],
)
def test_what_only_looks_like_one(text):
    assert cited(text) == []


def test_each_place_is_told_once_and_in_order():
    text = "NCT03500289 and 10.1234/abc and NCT03500289"
    assert [value for _, value, _ in cited(text)] == ["NCT03500289", "10.1234/abc", "NCT03500289"]
