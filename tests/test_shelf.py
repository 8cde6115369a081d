from __future__ import annotations

from dataclasses import replace

from claimcheck.match import Shelf, match
from claimcheck.match.study import Study, once
from claimcheck.model.document import Citation, CitationKind, Span
from claimcheck.trials.index import TrialIndex
from tests.judgement_factory import a_claim, a_trial, an_outcome, terms

CLAIM = a_claim("Ketamine eases fatigue.", outcome="fatigue")


def lay(shelf, index, citations=()):
    return match(CLAIM, index, shelf, citations, of_a_case=lambda: False)


def test_what_is_read_of_a_study_is_read_once():
    asked = []

    @once
    def title_of(study):
        asked.append(study)
        return study.trial.title

    one, other = (Study.of(a_trial(name, outcomes=[an_outcome()]), terms()) for name in "ab")
    assert [title_of(one), title_of(other), title_of(one)] == ["Trial a", "Trial b", "Trial a"]
    assert asked == [one, other]


def test_two_trials_of_one_id_are_two_studies():
    shelf = Shelf(terms())
    null, good = (a_trial(outcomes=[an_outcome(finding=f)]) for f in ("no-difference", "improved"))
    for trial in (null, good, null):
        (found,) = lay(shelf, TrialIndex([trial]))
        assert found.trial is trial
    sleep = replace(null, outcomes=(replace(null.outcomes[0], name="Sleep", concept="sleep"),))
    assert [row.outcome for row in lay(shelf, TrialIndex([sleep]))] == [None]


def test_trials_that_come_and_go_are_forgotten():
    shelf = Shelf(terms())
    for number in range(1200):
        lay(shelf, TrialIndex([a_trial(f"t{number}", outcomes=[])]))
    assert len(shelf) < 600


def test_a_cited_trial_is_laid_out_though_the_search_did_not_find_it():
    cited = a_trial("cited", outcomes=[an_outcome()], identifiers={"nct": "NCT00000001"})

    class Narrow:
        def candidates_for(self, *_):
            return ()

        def cited(self, citations):
            return (cited,) if citations else ()

    citations = (Citation(CitationKind.NCT, "NCT00000001", Span(0, 0)),)
    shelf = Shelf(terms())
    assert [row.cited for row in lay(shelf, Narrow(), citations)] == [True]
    assert lay(shelf, Narrow()) == ()


def test_records_in_memory_are_not_searched_for():
    index = TrialIndex([a_trial(outcomes=[an_outcome()])])
    assert index.candidates_for(lambda: 1 / 0) == index.trials
