"""Finding trials by what a draft cites and by what it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model.document import Citation, CitationKind, Span
from claimcheck.trials.index import TrialIndex
from claimcheck.trials.store import trial_from_dict

KETAMINE = trial_from_dict(
    {
        "id": "ketamine-trial",
        "identifiers": {"doi": "10.1177/1352458520936226", "pmid": "32633662"},
        "interventions": [{"name": "ketamine", "aliases": ["IV ketamine infusions"]}],
    }
)
ZINC = trial_from_dict(
    {
        "id": "zinc-trial",
        "identifiers": {"pmcid": "PMC5418896", "nct": "NCT00000001", "isrctn": "ISRCTN12345678"},
        "interventions": ["zinc acetate lozenges"],
    }
)
NAMELESS = trial_from_dict({"id": "a-nameless-trial"})
INDEX = TrialIndex([ZINC, KETAMINE, NAMELESS])


def cite(kind, value):
    return [Citation(CitationKind(kind), value, Span(0, 1))]


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("doi", "10.1177/1352458520936226", ["ketamine-trial"]),
        ("doi", "https://doi.org/10.1177/1352458520936226", ["ketamine-trial"]),
        ("doi", "10.1177/1352458520936227", []),
        ("pmid", "32633662", ["ketamine-trial"]),
        ("pmcid", "PMC5418896", ["zinc-trial"]),
        ("pmcid", "5418896", ["zinc-trial"]),
        ("nct", "nct00000001", ["zinc-trial"]),
        ("isrctn", "ISRCTN12345678", ["zinc-trial"]),
        ("pmid", "00000001", []),
    ],
)
def test_cited(kind, value, found):
    assert [trial.id for trial in INDEX.cited(cite(kind, value))] == found


def test_a_trial_cited_twice_is_found_once():
    both = [*cite("doi", "10.1177/1352458520936226"), *cite("pmid", "32633662")]
    assert INDEX.cited(both) == (KETAMINE,)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Ketamine"], ["ketamine-trial"]),
        (["zinc lozenge"], ["zinc-trial"]),
        (["infusion"], ["ketamine-trial"]),
        (["aspirin", "zinc"], ["zinc-trial"]),
        (["aspirin"], []),
        ([], []),
    ],
)
def test_candidates(names, found):
    assert [trial.id for trial in INDEX.candidates(names)] == found


def test_trials_stand_by_id_and_the_later_of_two_stands():
    later = trial_from_dict({"id": "zinc-trial", "title": "later"})
    index = TrialIndex([ZINC, KETAMINE, later])
    assert [trial.title for trial in index.trials] == ["ketamine-trial", "later"]
    assert index.by_id["zinc-trial"] is later
    assert index.cited(cite("pmcid", "PMC5418896")) == ()


@given(st.permutations([KETAMINE, ZINC, NAMELESS]))
def test_the_fingerprint_knows_no_order(trials):
    assert TrialIndex(trials).fingerprint == INDEX.fingerprint


def test_the_fingerprint_knows_every_figure():
    def index(p):
        return TrialIndex([trial_from_dict({"id": "t", "outcomes": [{"name": "a", "p": p}]})])

    assert index(0.4).fingerprint != index(0.41).fingerprint
    assert index(0.4).fingerprint == index("=0.4").fingerprint
