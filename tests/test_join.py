"""A trial as its registry has it and as its report tells it, made one."""

from __future__ import annotations

from functools import partial

import pytest

from claimcheck.model.trial import FindingKind, Role
from claimcheck.terms.outcomes import similarity
from claimcheck.trials.database.reader import open_database
from claimcheck.trials.database.writer import writing
from claimcheck.trials.join import belongs, is_switched, join, join_all
from claimcheck.trials.store import trial_from_dict
from tests.judgement_factory import terms

NCT = "NCT09000001"


def registered(*outcomes, **more):
    return trial_from_dict(
        {
            "id": NCT,
            "title": "Zelomab in osteoarthritis",
            "identifiers": {"nct": NCT},
            "design": {"type": "randomized", "enrolled": 120},
            "conditions": ["osteoarthritis"],
            "interventions": ["zelomab"],
            "arms": [{"id": "OG000", "name": "Zelomab"}, {"id": "OG001", "name": "Placebo"}],
            "outcomes": list(outcomes),
            "publications": [{"pmid": "900000001", "results": True}],
            **more,
        }
    )


def report(*outcomes, **more):
    return trial_from_dict(
        {
            "id": "pmid-900000001",
            "title": "Zelomab for the knee",
            "identifiers": {"pmid": "900000001", "doi": "10.9999/z"},
            "year": 2020,
            "design": {"blinding": "double", "enrolled": 118},
            "interventions": ["zelomab", "drug"],
            "arms": [{"id": "a", "name": "zelomab"}, {"id": "b", "name": "control"}],
            "outcomes": list(outcomes),
            **more,
        }
    )


def outcome(name, role="primary", **more):
    return {"name": name, "role": role, **more}


def joined(ours, theirs):
    return join(ours, theirs, partial(similarity, terms=terms()))


def test_the_registry_tells_the_plan_and_the_report_the_rest():
    one = joined(registered(status="terminated"), report(status="retracted"))
    assert one.id == NCT
    assert (one.identifiers.pmid, one.identifiers.nct) == ("900000001", NCT)
    assert (one.year, one.status) == (2020, "retracted")
    assert (one.design.enrolled, one.design.blinding) == (120, "double")
    assert [named.name for named in one.interventions] == ["zelomab"]


def test_a_result_that_the_registry_lacks_comes_from_the_report():
    found = {"p": 0.46, "finding": "no-difference", "groups": ["a", "b"]}
    one = joined(registered(outcome("Knee pain")), report(outcome("change in knee pain", **found)))
    (pain,) = one.outcomes
    assert pain.name == "Knee pain"
    assert pain.finding.kind is FindingKind.NO_DIFFERENCE
    assert pain.analysis.groups == ("OG000", "b")
    assert {arm.id for arm in one.arms} == {"OG000", "OG001", "b"}
    assert pain.registered_role is None


def test_the_registrys_own_figures_stand():
    one = joined(
        registered(outcome("Knee pain", p=0.3)),
        report(outcome("knee pain", p=0.04, finding="differs")),
    )
    assert one.outcomes[0].analysis.p.value == 0.3


def test_a_secondary_outcome_told_as_the_primary_one_is_switched():
    one = joined(
        registered(
            outcome("Knee pain", p=0.46), outcome("Stiffness of the knee", "secondary", p=0.01)
        ),
        report(outcome("stiffness of the knee", p=0.01)),
    )
    pain, stiffness = one.outcomes
    assert (stiffness.role, stiffness.registered_role) == (Role.PRIMARY, Role.SECONDARY)
    assert is_switched(stiffness)
    # What was registered stays primary: a report cannot talk a failure away.
    assert (pain.role, pain.registered_role) == (Role.PRIMARY, Role.PRIMARY)
    assert not is_switched(pain)


def test_a_primary_outcome_that_no_registry_knows_is_switched():
    one = joined(
        registered(outcome("Knee pain", p=0.46)), report(outcome("overall survival", p=0.01))
    )
    assert [is_switched(two) for two in one.outcomes] == [False, True]
    assert one.outcomes[1].registered_role is Role.UNKNOWN


@pytest.mark.parametrize(
    "told",
    [
        outcome("knee pain at rest"),
        outcome("pain", "secondary"),
        outcome("walking distance", "secondary"),
        outcome("walking distance", subgroup={"name": "women"}),
    ],
)
def test_what_may_well_be_as_planned_is_not_accused(told):
    one = joined(registered(outcome("Knee pain", p=0.46)), report(told))
    assert not any(map(is_switched, one.outcomes))
    assert all(two.registered_role is None for two in one.outcomes)


def test_no_plan_nothing_switched():
    one = joined(registered(outcome("Knee pain", "secondary")), report(outcome("survival")))
    assert not any(map(is_switched, one.outcomes))


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ({}, True),
        ({"identifiers": {"doi": "10.9999/other", "pmid": "900000002"}}, False),
        ({"identifiers": {"nct": NCT, "pmid": "900000002"}}, True),
        ({"identifiers": {"nct": "NCT09000002"}}, False),
        ({"identifiers": {}}, False),
    ],
)
def test_a_report_belongs_where_a_number_says_so(theirs, expected):
    assert belongs(report(**theirs), registered()) is expected
    assert not belongs(registered(), report(**theirs))


def test_a_mere_reference_is_no_report_of_the_trial():
    references = [{"pmid": "900000001", "results": False}]
    assert not belongs(report(), registered(publications=references))


def test_one_report_is_joined_and_the_registry_says_which():
    later = report(id="x", identifiers={"nct": NCT, "pmid": "900000003"}, year=2011)
    trials = join_all([later, report(), registered()], joined)
    assert {one.id for one in trials} == {"x", NCT}
    assert next(one for one in trials if one.id == NCT).identifiers.pmid == "900000001"


PARTS = (
    registered(outcome("Knee pain", p=0.46), outcome("Stiffness", "secondary", p=0.01)),
    report(outcome("stiffness", p=0.01)),
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("runs", [1, 2])
def test_the_store_joins_them_in_whatever_order_they_come(tmp_path, order, runs):
    batches = [[PARTS[at]] for at in order] if runs == 2 else [[PARTS[at] for at in order]]
    for batch in batches:
        with writing(tmp_path, today="2030-01-02", join=joined) as store:
            for one in batch:
                store.put(one)
    database = open_database(tmp_path)
    assert database.ids() == {NCT}
    assert database.get("PMID-900000001") == database.get(NCT) == joined(*PARTS)
    before = database.fingerprint
    with writing(tmp_path, today="2030-01-03", join=joined) as store:
        for one in PARTS:
            store.put(one)
    again = open_database(tmp_path)
    assert (again.fingerprint, again.as_of) == (before, "2030-01-02")
    assert list(again.trials()) == [joined(*PARTS)]


def test_a_report_that_changes_is_joined_anew(tmp_path):
    for one in (*PARTS, report(outcome("stiffness", "secondary", p=0.01))):
        with writing(tmp_path, today="2030-01-02", join=joined) as store:
            store.put(one)
    (trial,) = open_database(tmp_path).trials()
    assert not any(map(is_switched, trial.outcomes))
    with writing(tmp_path, today="2030-01-02", join=joined) as store:
        store.put(report(identifiers={"pmid": "900000009"}))
    assert {one.id for one in open_database(tmp_path).trials()} == {NCT, "pmid-900000001"}
