"""A record that is written and read again says the same."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimcheck.errors import CorpusError
from claimcheck.trials.as_record import trial_to_record
from claimcheck.trials.store import dump_trial, load_trial, trial_from_dict

AWKWARD = ["no", "off", "null", "~", "1e5", "1.5e5", ".5", "012", "2021-05-01", "1:30", "- a", "#x"]
TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], codec="utf-8"), min_size=1, max_size=20
).filter(str.strip) | st.sampled_from([*AWKWARD, "a: b", "é\u2028x", "'", '"', "%", "*a", "&b"])
NUMBER = st.floats(-1e6, 1e6) | st.integers(-1000, 1000)
COUNT = st.integers(0, 10**6)


def maybe(strategy):
    return st.none() | strategy


def mapping(**keys):
    return st.fixed_dictionaries(keys)


def words(*values):
    return maybe(st.sampled_from(values))


NAMES = st.lists(
    TEXT | mapping(name=TEXT, aliases=maybe(st.lists(TEXT, max_size=2)), concept=maybe(TEXT)),
    max_size=2,
)
ANALYSIS = {
    "comparison": words("between-group", "within-group"),
    "measure": maybe(TEXT | st.sampled_from(["hazard ratio", "mean difference", "odds ratio"])),
    "scale": words("difference", "ratio", "percent-reduction", "unknown"),
    "estimate": maybe(NUMBER),
    "ci": maybe(
        st.tuples(NUMBER, NUMBER).map(lambda pair: [*sorted(pair)])
        | NUMBER.map(lambda end: [end, None])
    ),
    "ci_level": maybe(st.sampled_from([90, 95, 97.5])),
    "p": maybe(st.floats(0, 1) | st.sampled_from(["<0.001", "=.04", "< .0001", ">0.05", "<0.1"])),
    "population": maybe(TEXT),
    "hypothesis": words("superiority", "non-inferiority", "equivalence"),
    "margin": maybe(st.floats(-10, 10)),
    "alpha": maybe(st.sampled_from([0.05, 0.025])),
    "values": maybe(st.lists(mapping(arm=TEXT, n=maybe(COUNT), mean=maybe(NUMBER)), max_size=2)),
    "method": maybe(TEXT),
    "finding": words(
        "improved", "worsened", "differs", "no-difference", "non-inferior", "not-reported"
    ),
    "basis": words("reported", "computed", "stated"),
}
OUTCOME = {
    "name": TEXT,
    "concept": maybe(TEXT),
    "kind": words("efficacy", "safety", "biomarker", "process"),
    "role": words("primary", "secondary", "subgroup", "exploratory", "unknown"),
    "timepoint": maybe(TEXT),
    "better": words("lower", "higher", "unknown"),
    "components": maybe(st.lists(TEXT, max_size=2)),
    "registered_role": words("primary", "secondary"),
    "subgroup": maybe(TEXT | mapping(name=TEXT, prespecified=maybe(st.booleans()))),
    "note": maybe(TEXT),
}
RECORD = mapping(
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    title=maybe(TEXT),
    identifiers=maybe(mapping(pmid=maybe(st.from_regex(r"[0-9]{1,8}", fullmatch=True)))),
    source=maybe(st.lists(TEXT, max_size=2)),
    year=maybe(st.integers(1700, 2200)),
    status=words("retracted", "corrected", "terminated"),
    design=maybe(
        mapping(
            type=words("randomized", "crossover", "cohort", "case-report", "unknown"),
            blinding=words("none", "single", "double", "unknown"),
            phase=maybe(TEXT),
            enrolled=maybe(COUNT),
        )
    ),
    population=maybe(TEXT | mapping(age=maybe(TEXT), sex=maybe(TEXT))),
    conditions=NAMES,
    interventions=NAMES,
    comparators=NAMES,
    outcomes=st.lists(
        mapping(**OUTCOME, **ANALYSIS)
        | mapping(**OUTCOME, analyses=st.lists(mapping(**ANALYSIS), max_size=2)),
        max_size=2,
    ),
)


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=150)
@given(RECORD)
@example({"id": "0", "outcomes": [{"name": "0", "ci": [-0.0, None]}]})
def test_a_record_survives_its_dump(tmp_path_factory, record):
    try:
        trial = trial_from_dict(record)
    except CorpusError:  # an impossible mix of figures is another test's business
        return
    path = tmp_path_factory.mktemp("record") / "t.yaml"
    path.write_text(dump_trial(trial), encoding="utf-8", newline="\n")
    assert load_trial(path) == trial
    assert trial_from_dict(trial_to_record(trial)) == trial
    assert dump_trial(load_trial(path)) == dump_trial(trial)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*OUTCOME, *ANALYSIS, "analyses"]), JSON), JSON)
def test_any_data_is_a_trial_or_an_error(outcome, other):
    for data in (
        {"id": "t", "outcomes": [{"name": "a", **outcome}]},
        {"id": "t", "design": other, "arms": other, "conditions": other, "identifiers": other},
    ):
        try:
            assert trial_from_dict(data).id == "t"
        except CorpusError:
            continue


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore"))
)
def test_any_bytes_are_a_trial_or_an_error(tmp_path_factory, data):
    for name in ("t.yaml", "t.json"):
        path = tmp_path_factory.mktemp("bytes") / name
        path.write_bytes(data)
        try:
            assert load_trial(path)
        except CorpusError:
            continue
