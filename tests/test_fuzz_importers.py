"""Broken, hostile and huge input to every importer: a clear error and exit 2, never a hang."""

from __future__ import annotations

import copy
import faulthandler
import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.app.importing import Importing
from claimcheck.cli.main import main
from claimcheck.model.imported import Skipped
from claimcheck.model.trial import Trial
from claimcheck.rulebook.load import load_rulebook
from claimcheck.trials.as_record import trial_to_record
from claimcheck.trials.store import trial_from_dict
from tests import import_factory as made

MB = 1_000_000
SECONDS = 20  # that the worst input may take; most take none
RECORD_LINE = json.dumps({"id": "a", "interventions": ["zelomab"], "outcomes": [{"name": "pain"}]})
SOUND = {
    "ctgov": made.study_text(),
    "ctgov page": json.dumps({"studies": [made.study()]}),
    "ctgov lines": f"{made.study_text()}\n{made.study_text(nct='NCT09000002')}\n",
    "pubmed": made.PUBMED,
    "jats": made.JATS,
    "nbib": made.NBIB,
    "library": made.LIBRARY,
    "record": made.RECORD,
    "record lines": RECORD_LINE,
    "abstract": f"{made.TITLE}\n\n{made.PROSE}",
}
IMPORTING = Importing(lambda: load_rulebook(paths.rules_dir()))


@pytest.fixture(autouse=True)
def no_hang():
    """A hang ends the whole run with the place where it hung."""
    faulthandler.dump_traceback_later(10 * SECONDS, exit=True)
    start = time.monotonic()
    yield
    spent = time.monotonic() - start
    faulthandler.cancel_dump_traceback_later()
    assert spent < 5 * SECONDS


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("CLAIMCHECK_DATA_DIR", str(tmp_path / "data"))

    def run(data):
        path = tmp_path / "input"
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        start = time.monotonic()
        code = main(["trials", "import", str(path)])
        told = capfd.readouterr()
        assert time.monotonic() - start < SECONDS
        assert "Traceback" not in told.err
        return code, told.err

    return run


def read(folder, data):
    path = folder / "input"
    path.write_bytes(data)
    found = list(IMPORTING.trials([str(path)]))
    assert all(isinstance(one, Trial | Skipped) for one in found)
    for one in found:
        if isinstance(one, Skipped):
            assert one.reason
    return found


@pytest.mark.parametrize("name", SOUND)
def test_the_sound_ones_are_sound(run, name):
    assert run(SOUND[name]) == (0, "")


def noise(seed):
    return random.Random(seed).randbytes(100_000)  # noqa: S311  (the same noise each time)


def laughs(root, inside):
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12)
    )
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{entities}]>{inside}"


PUBMED, JATS = (text.partition("?>")[2] for text in (made.PUBMED, made.JATS))
NCT = '{"protocolSection": {"identificationModule": {"nctId": "NCT09000001"}, "x": '
HOPELESS = {
    "cut JSON": made.study_text()[:-40],
    "cut page": json.dumps({"studies": [made.study()]})[:-400],
    "cut PubMed": made.PUBMED[:400],
    "cut JATS": made.JATS[:250],
    "deep JSON lists": '{"protocolSection": ' + "[" * 200_000,
    "deep JSON objects": '{"protocolSection": ' * 100_000,
    "deep JSON, closed": NCT + "[" * 100_000 + "]" * 100_000 + "}}",
    "deep page": '{"studies": [' * 50_000,
    "deep record": '{"id": "a", "outcomes": ' + "[" * 100_000,
    "deep YAML": "id: a\noutcomes: " + "[" * 50_000,
    "deep YAML blocks": "id: a\noutcomes:\n" + "\n".join(" " * at + "- " for at in range(1, 3000)),
    "YAML anchors": "id: &a b\noutcomes: [*a, *a]\n",
    "YAML tags": "id: !!python/object/apply:os.system ['true']\noutcomes: []\n",
    "deep PubMed": "<PubmedArticleSet>" + "<a>" * 200_000,
    "deep PubMed, closed": f"<PubmedArticle>{'<a>' * 50_000}{'</a>' * 50_000}</PubmedArticle>",
    "deep JATS": "<article>" + "<sec>" * 200_000,
    "laughing PubMed": laughs("PubmedArticleSet", PUBMED.replace("Background", "&a11;")),
    "laughing JATS": laughs("article", JATS.replace("Background", "&a11;")),
    "unknown encoding": "<?xml version='1.0' encoding='klingon'?>" + PUBMED,
    "other encoding": f"<?xml version='1.0' encoding='UTF-16'?>{PUBMED}",
    "not its encoding": made.PUBMED.replace("Zelomab", "Zélomab").encode("latin-1"),
    "no study": '{"studies": []}',
    "study without number": '{"protocolSection": {}, "studies": [{}]}',
    "a study's parts of other kinds": '{"protocolSection": 5}',
    "studies that are none": '{"studies": [1, "a", null, [], {}]}',
    "NaN alone": '{"protocolSection": NaN}',
    "endless number": '{"protocolSection": ' + "9" * 100_000 + "}",
    "null bytes": b"\0" * 5000,
    "noise": noise(1),
    "noise as XML": b"<PubmedArticleSet>" + noise(2),
    "noise as JSON": b'{"protocolSection": "' + noise(3),
    "noise as zip": b"PK\x03\x04" + noise(4),
    "noise as gzip": b"\x1f\x8b\x08" + noise(5),
    "empty": b"",
    "blanks": b" \n" * MB,
    "MEDLINE of nothing": "PMID- \nOWN - NLM\nTI  - \n",
    "10 MB of one tag": "<PubmedArticleSet " + "a" * 10 * MB,
    "10 MB of attributes": "<article " + " ".join(f'a{at}="1"' for at in range(MB)) + "/>",
    "10 MB of a key": '{"protocolSection": {"' + "a" * 10 * MB,
    "10 MB of one letter": "a" * 10 * MB,
    "10 MB of brackets": "(" * 10 * MB,
}


@pytest.mark.parametrize("name", HOPELESS)
def test_what_cannot_be_read_is_told_and_ends_with_two(run, name):
    code, err = run(HOPELESS[name])
    assert code == 2
    assert err.startswith("claimcheck: ")
    assert len(err) < 3000


LONG = "Knee pain did not differ (P = 0.46). " * (10 * MB // 37)
HUGE = {
    "ctgov title": made.study_text(title="a" * 10 * MB),
    "ctgov p": made.study_text(p="0." + "4" * 10 * MB),
    "ctgov words": made.study_text(title=LONG),
    "pubmed text": made.PUBMED.replace("Background", LONG),
    "pubmed word": made.PUBMED.replace("Background", "b" * 10 * MB),
    "jats text": made.JATS.replace("Background", LONG),
    "jats title": made.JATS.replace("Zelomab for", "z" * 10 * MB),
    "nbib line": made.NBIB.replace("Background", "b" * 10 * MB),
    "nbib title": made.NBIB.replace("Zelomab for", "z" * 10 * MB),
    "library text": made.LIBRARY.replace("Background", LONG),
    "record": made.RECORD.replace("zelomab-trial", "z" * 10 * MB),
    "record line": RECORD_LINE.replace("pain", "p" * 10 * MB),
    "abstract": f"{made.PROSE}\n{LONG}",
    "abstract of digits": f"{made.PROSE} {'0.1 ' * (5 * MB // 2)}",
    "many studies": json.dumps({"studies": [made.study(nct=f"NCT1{at:07}") for at in range(1000)]}),
    "many outcomes": json.dumps(
        made.study()
        | {
            "resultsSection": {
                "outcomeMeasuresModule": {
                    "outcomeMeasures": made.study()["resultsSection"]["outcomeMeasuresModule"][
                        "outcomeMeasures"
                    ]
                    * 5000
                }
            }
        }
    ),
    "many lines": "\n".join([RECORD_LINE] * 2000),
}


@pytest.mark.parametrize("name", HUGE)
def test_what_is_huge_is_read_or_refused_in_time(run, name):
    code, err = run(HUGE[name])
    assert code in {0, 2}
    assert err.startswith("claimcheck: ") or not code
    assert len(err) < 3000


def test_no_file_of_the_machine_is_read_through_an_entity(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the zelomab secret")
    for root, text in (("PubmedArticleSet", PUBMED), ("article", JATS)):
        hostile = (
            f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
            + text.replace("Zelomab for", "&x; Zelomab for")
        )
        for one in read(tmp_path, hostile.encode()):
            assert "secret" not in repr(one)


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.just([]),
    st.just({}),
    st.just([None, 1, "a", {}]),
    st.just({"x": [{}]}),
    st.just("<b>&lt; 0.0001</b>"),
    st.just(1e308),
    st.just(10**400),
    st.just("\ud800\0"),
)


def places(value, at=()):
    yield at
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*at, key))


PLACES = [one for one in places(made.study()) if one]


@settings(max_examples=250)
@given(st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=4))
def test_a_study_with_anything_anywhere(tmp_path_factory, changes):
    study = copy.deepcopy(made.study())
    for place, odd in changes:
        inside = study
        for key in place[:-1]:
            inside = inside[key] if isinstance(inside, dict | list) and _has(inside, key) else None
        if isinstance(inside, dict | list) and _has(inside, place[-1]):
            inside[place[-1]] = odd
    text = json.dumps(study)
    for one in read(tmp_path_factory.mktemp("x"), text.encode("utf-8", "surrogatepass")):
        if isinstance(one, Trial):
            # What is imported can be kept: it is a record.
            assert trial_from_dict(trial_to_record(one)).id == one.id


def _has(inside, key):
    return key in inside if isinstance(inside, dict) else isinstance(key, int) and key < len(inside)


@settings(max_examples=150)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_sound_input_cut_and_stirred(tmp_path_factory, name, data):
    sound = bytearray(SOUND[name].encode())
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(sound) - 1))
        sound[at] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, 20))
    end = data.draw(st.integers(len(sound) // 2, len(sound)))
    read(tmp_path_factory.mktemp("x"), bytes(sound[start:end]))


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp037"]
)
@pytest.mark.parametrize("name", SOUND)
def test_every_kind_in_every_encoding_is_read_or_refused(tmp_path, name, encoding):
    text = SOUND[name].replace("knee", "Knie-Überprüfung")
    found = read(tmp_path, text.encode(encoding))
    assert found
