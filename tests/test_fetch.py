"""Fetching studies: what is sent, what is borne, what is kept; on the loopback alone."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.cli.main import main
from claimcheck.errors import FetchError
from claimcheck.trials.fetch import answers, client, services
from claimcheck.trials.fetch.ids import read_id
from tests.fake_services import (
    HTML,
    Reply,
    article,
    full_study,
    full_text,
    no_article,
    refusal,
    search,
    serving,
    study,
)

NCT, OTHER = "NCT00000101", "NCT00000102"
STUDY = f"studies/{NCT}"


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch):
    connect = socket.socket.connect

    def guarded(self, address):
        assert address[0] == "127.0.0.1", f"a test went out to {address}"
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("NCBI_API_KEY", raising=False)


@pytest.fixture
def claimcheck(tmp_path, monkeypatch, capfd, server):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(services, "_EACH_SECOND", 1000)
    monkeypatch.setenv("CLAIMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CLAIMCHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CLAIMCHECK_REGISTRY_URL", server.url)
    monkeypatch.setenv("CLAIMCHECK_EUTILS_URL", server.url)

    def claimcheck(*args):
        code = main(list(args))
        told = capfd.readouterr()
        return code, told.out, told.err

    return claimcheck


@pytest.fixture
def run(claimcheck):
    def run(*args, timeout="5"):
        return claimcheck("trials", "fetch", *args, "--raw", "got", "--timeout", timeout)

    return run


@pytest.fixture
def got(tmp_path):
    return lambda: sorted(path.name for path in (tmp_path / "got").glob("*"))


def test_a_study_of_the_registry_and_an_article_are_fetched(run, server, got, tmp_path):
    server.on(STUDY, study(NCT))
    server.on("pubmed/101", article(101))
    code, out, err = run(NCT, "PMID: 101")
    assert code == 0
    assert got() == [f"{NCT}.json", "PMID-101.xml"]
    assert (tmp_path / "got" / f"{NCT}.json").read_bytes() == study(NCT).body
    assert f"fetched {NCT}: got/{NCT}.json\n" in out
    assert err.count("sends to") == 2


def test_what_is_sent_to_whom_is_said_before_it_is_sent(run, server, tmp_path):
    (tmp_path / "claimcheck.toml").write_text('contact = "desk@example.org"', encoding="utf-8")
    server.on(STUDY, refusal(403))
    host = server.url.removeprefix("http://")
    _, _, err = run(NCT, "101")
    lines = err.splitlines()
    along = "with the program's name and desk@example.org; nothing of your drafts"
    assert lines[0] == f"claimcheck: sends to ClinicalTrials.gov ({host}): {NCT}; {along}"
    assert lines[1] == f"claimcheck: sends to NCBI ({host}): PMID 101; {along}"
    to_ncbi = server.asked[1].params
    assert (to_ncbi["tool"], to_ncbi["email"]) == ("claimcheck", "desk@example.org")
    assert "email" not in server.asked[0].params
    assert {one.agent for one in server.asked} == {"claimcheck (desk@example.org)"}


def test_without_a_contact_none_is_sent_and_that_is_said(run, server):
    server.on("pubmed/101", article(101))
    _, _, err = run("101")
    assert "no contact address" in err
    assert "email" not in server.asked[0].params


def test_the_key_is_sent_to_ncbi_alone_and_never_shown_or_kept(run, server, monkeypatch, tmp_path):
    monkeypatch.setenv("NCBI_API_KEY", "5ecre7key")
    server.on(STUDY, study(NCT))
    server.on("pubmed/101", article(101))
    server.on("pubmed/102", refusal(400, b'{"error":"API key invalid","api-key":"5ecre7key"}'))
    code, out, err = run(NCT, "101", "102")
    assert code == 2
    assert [one.params.get("api_key") for one in server.asked] == [None, "5ecre7key", "5ecre7key"]
    assert "your NCBI key" in err
    assert "API key invalid" in err
    assert "5ecre7key" not in out + err
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    assert not any("5ecre7key" in path.name or b"5ecre7key" in path.read_bytes() for path in kept)


def test_a_dry_run_says_it_and_sends_nothing(run, server, got):
    code, out, err = run(NCT, "--dry-run")
    assert (code, out, server.asked, got()) == (0, "", [], [])
    assert f"would send to ClinicalTrials.gov ({server.url[7:]}): {NCT}" in err


def test_one_bad_number_does_not_stop_the_others(run, server, got):
    server.on(STUDY, study(NCT))
    server.on("pubmed/101", article(101))
    server.on("pubmed/102", no_article())
    code, _, err = run("NCT12", OTHER, "102", "ISRCTN12345678", NCT, "101")
    assert code == 2
    assert got() == [f"{NCT}.json", "PMID-101.xml"]
    assert "'NCT12' names no study: wanted one NCT number" in err
    assert f"{OTHER}: ClinicalTrials.gov (" in err
    assert "has no such study; look the number up" in err
    assert "PMID 102: NCBI (" in err
    assert "ISRCTN12345678: the ISRCTN registry is not fetched from" in err
    assert server.times(f"studies/{OTHER}") == server.times("pubmed/102") == 1


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        pytest.param([refusal(500)], "answered 500 Internal Server Error", id="500"),
        pytest.param([refusal(503), refusal(502)], "answered 503", id="503 and 502"),
        pytest.param([refusal(429, Retry_After="0")], "answered 429 Too Many Requests", id="429"),
        pytest.param([Reply(study(NCT).body, cut=True)], "broke off its answer", id="cut"),
        pytest.param([Reply(HTML)], "sent a web page in place of JSON", id="html"),
        pytest.param([Reply(b"")], "sent nothing", id="empty"),
        pytest.param([Reply(b" \n")], "sent nothing", id="blank"),
        pytest.param([Reply(study(NCT).body[:-3])], "not JSON, or only a part", id="half"),
        pytest.param([Reply(b"[" * 100_000)], "not JSON", id="deep"),
        pytest.param([Reply(b"[]")], "JSON that is no record", id="list"),
        pytest.param([Reply(b'{"error": "x"}')], "JSON that is no study record", id="other JSON"),
        pytest.param([Reply(study(NCT).body, delay=2)], "said nothing for 0.5 s", id="slow"),
        pytest.param(
            [Reply(b"junk", headers={"Content-Encoding": "gzip"})],
            "sent what cannot be unpacked",
            id="bad gzip",
        ),
    ],
)
def test_a_passing_fault_is_told_and_borne(run, server, got, faults, said):
    server.on(STUDY, *faults, study(NCT))
    code, _, err = run(NCT, timeout="0.5")
    assert code == 0
    assert said in err
    assert "next try in" in err
    assert got() == [f"{NCT}.json"]
    assert server.times(STUDY) == len(faults) + 1


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        pytest.param(refusal(500), "answered 500 Internal Server Error (4 tries); try", id="500"),
        pytest.param(Reply(HTML), "sent a web page in place of XML (4 tries)", id="html"),
        pytest.param(Reply(b""), "sent nothing (4 tries)", id="empty"),
        pytest.param(
            Reply(article(101).body[:-30]), "sent only a part of the XML (4 tries)", id="half"
        ),
        pytest.param(
            Reply(article(101).body, cut=True), "broke off its answer (4 tries)", id="cut"
        ),
        pytest.param(Reply(delay=5), "said nothing for 0.3 s (4 tries)", id="slow"),
        pytest.param(article(102), "sent an article that is not PMID 101", id="another article"),
        pytest.param(Reply(b"plain text"), "not the XML of an article", id="text"),
    ],
)
def test_a_lasting_fault_is_an_error_after_some_tries(run, server, got, reply, said):
    server.on("pubmed/101", reply)
    server.on(STUDY, study(NCT))
    started = time.monotonic()
    code, _, err = run("101", NCT, timeout="0.3")
    assert time.monotonic() - started < 5
    assert code == 2
    last = err.splitlines()[-1]
    assert last.startswith("claimcheck: PMID 101: NCBI (127.0.0.1:")
    assert said in last
    assert server.times("pubmed/101") == 4
    assert got() == [f"{NCT}.json"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        pytest.param(refusal(403, HTML), "answered 403 Forbidden; check", id="403"),
        pytest.param(refusal(400, b"bad\x1b[31m id"), "answered 400 Bad Request, “bad", id="400"),
        pytest.param(refusal(404, HTML), "answered 404 Not Found; check", id="404 of a web server"),
        pytest.param(
            refusal(302, Location="http://localhost:1/x"), "http://localhost:1", id="host"
        ),
        pytest.param(refusal(301, Location="//evil.example/"), "redirects to http://evil", id="//"),
        pytest.param(refusal(301, Location="http://127.0.0.1:1/"), "redirects to", id="port"),
        pytest.param(refusal(301, Location="ftp://127.0.0.1/"), "redirects to ftp", id="scheme"),
        pytest.param(refusal(301, Location=f"/{STUDY}"), "leads in circles", id="circle"),
    ],
)
def test_what_no_second_try_can_mend_is_not_tried_again(run, server, got, reply, said):
    server.on(STUDY, reply)
    code, _, err = run(NCT)
    assert code == 2
    assert said in err
    assert "--registry-url" in err
    assert "\x1b" not in err
    assert "next try" not in err
    assert got() == []


def test_a_redirect_on_the_same_host_is_followed(run, server, got):
    # So the registry answers to a number that it has given up.
    server.on(STUDY, refusal(301, Location=f"/studies/{OTHER}"))
    server.on(f"studies/{OTHER}", study(OTHER, aliases=[NCT]))
    assert run(NCT)[0] == 0
    assert got() == [f"{NCT}.json"]


def test_the_record_of_another_study_is_refused(run, server, got):
    server.on(STUDY, study(OTHER))
    code, _, err = run(NCT)
    assert (code, got()) == (2, [])
    assert f"sent the record of '{OTHER}' instead" in err


def in_http(moment):
    return format_datetime(moment, usegmt=True)


@pytest.mark.parametrize(
    ("after", "least", "most"),
    [
        pytest.param(lambda: "1", 1, 2.5, id="seconds"),
        pytest.param(lambda: in_http(datetime.now(UTC) + timedelta(seconds=2)), 0.9, 3, id="date"),
        pytest.param(lambda: in_http(datetime.now(UTC) - timedelta(days=1)), 0, 0.9, id="past"),
        pytest.param(lambda: "soon", 0, 0.9, id="nonsense"),
        pytest.param(lambda: "-5", 0, 0.9, id="negative"),
        pytest.param(lambda: "²", 0, 0.9, id="no digit"),
        pytest.param(lambda: "Mon, 99 Foo 99999 99:99:99 GMT", 0, 0.9, id="no date"),
    ],
)
def test_retry_after_is_respected(run, server, after, least, most):
    server.on(STUDY, refusal(429, Retry_After=after().encode().decode("latin-1")), study(NCT))
    code, _, _ = run(NCT)
    assert code == 0
    first, second = (one.at for one in server.asked)
    assert least <= second - first < most


@pytest.mark.parametrize("after", ["3600", "9" * 5000])
def test_a_service_that_asks_for_a_long_pause_is_left_alone(run, server, got, after):
    server.on(STUDY, refusal(429, Retry_After=after))
    server.on("pubmed/101", article(101))
    code, _, err = run(NCT, OTHER, "--eutils-url", f"{server.url}/entrez", "101")
    assert code == 2
    assert [one.key for one in server.asked] == [STUDY, "pubmed/101"]
    assert err.count("asks to be left alone for") == 2
    assert err.count("try again after that") == 2
    assert got() == ["PMID-101.xml"]


def test_a_dead_service_costs_one_row_of_tries_not_one_a_study(run, server, got):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    server.on("pubmed/101", article(101))
    url = f"http://127.0.0.1:{port}"
    code, _, err = run("--registry-url", url, NCT, OTHER, "101")
    assert code == 2
    assert err.count("next try") == 3
    assert err.count("check the network, or name a mirror with --registry-url") == 2
    assert got() == ["PMID-101.xml"]


def test_an_answer_that_comes_drop_by_drop_is_given_up(run, server, monkeypatch):
    monkeypatch.setattr(client, "TRIES", 1)
    server.on(STUDY, Reply(b" " * 1000, drip=0.05))
    started = time.monotonic()
    code, _, err = run(NCT, timeout="0.2")
    assert code == 2
    assert time.monotonic() - started < 3
    assert "was still sending after 0.8 s; try again later, or allow more with --timeout" in err


def test_an_answer_without_end_is_given_up(run, server, monkeypatch):
    monkeypatch.setattr(client, "MOST_BYTES", 2_000_000)
    packed = gzip.compress(b" " * 50_000_000)
    server.on(STUDY, Reply(packed, headers={"Content-Encoding": "gzip"}))
    code, _, err = run(NCT)
    assert code == 2
    assert "sends more than 2 MB" in err


@pytest.mark.parametrize(("key", "each_second"), [(None, 3), ("5ecre7", 10)])
def test_ncbi_is_asked_no_faster_than_it_allows(server, run, monkeypatch, key, each_second):
    monkeypatch.setattr(services, "_EACH_SECOND", 3)
    if key:
        monkeypatch.setenv("NCBI_API_KEY", key)
    pmids = range(1, each_second + 3)
    for pmid in pmids:
        server.on(f"pubmed/{pmid}", article(pmid))
    assert run(*map(str, pmids))[0] == 0
    at = [one.at for one in server.asked]
    assert len(at) == each_second + 2
    for first, last in zip(at, at[each_second:], strict=False):
        assert last - first >= 0.95  # no window of a second holds more than are allowed


def test_what_was_fetched_lately_is_not_asked_for_again(run, server, got, tmp_path):
    server.on(STUDY, study(NCT))
    run(NCT)
    (tmp_path / "got" / f"{NCT}.json").unlink()
    code, out, err = run(NCT)
    assert (code, err) == (0, "")
    assert f"from the cache {NCT}: got/{NCT}.json" in out
    assert got() == [f"{NCT}.json"]
    assert len(server.asked) == 1
    run(NCT, "--refresh")
    assert len(server.asked) == 2


def test_a_cache_that_is_old_broken_or_of_another_mirror_is_not_believed(
    run, server, tmp_path, monkeypatch
):
    server.on(STUDY, study(NCT))
    server.on(f"mirror/{STUDY}", study(NCT))
    run(NCT)
    (kept,) = (tmp_path / "cache" / "fetch").iterdir()
    kept.write_bytes(kept.read_bytes()[:20])
    _, _, err = run(NCT)
    assert "sends to" in err
    assert len(server.asked) == 2
    monkeypatch.setattr("claimcheck.trials.fetch.cache.FRESH_SECONDS", 0)
    run(NCT)
    assert len(server.asked) == 3
    monkeypatch.undo()


def test_failures_are_not_kept(run, server):
    server.on(STUDY, refusal(404, b"NCT number not found"), study(NCT))
    assert run(NCT)[0] == 2
    assert run(NCT)[0] == 0


def test_a_cache_that_cannot_be_written_costs_only_time(run, server, got, tmp_path):
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    server.on(STUDY, study(NCT))
    assert run(NCT)[0] == 0
    assert got() == [f"{NCT}.json"]


def test_a_doi_is_looked_up(run, server, got):
    server.on("search", search("101"))
    server.on("pubmed/101", article(101, doi="10.1000/a(b)&amp;c"))
    code, _, err = run("doi:10.1000/A(b)&c")
    assert code == 0, err
    assert server.asked[0].params["term"] == '"10.1000/a(b)&c"[aid]'
    assert got() == ["PMID-101.xml"]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(search(), "has no such study", id="none"),
        pytest.param(search("101", "102"), "has no such study", id="several"),
        pytest.param(search("101"), "leads to PMID 101, which has another DOI", id="another"),
        pytest.param(search("../1"), "a search result that is no PMID", id="odd"),
        pytest.param(Reply(b'{"error": "API rate limit exceeded"}'), "API rate limit", id="error"),
        pytest.param(Reply(b"{}"), "JSON that is no search", id="no search"),
    ],
)
def test_a_doi_that_leads_nowhere_sure_is_an_error(run, server, got, found, said):
    server.on("search", found)
    server.on("pubmed/101", article(101, doi="10.1000/other", cites="10.1000/mine"))
    code, _, err = run("10.1000/mine")
    assert (code, got()) == (2, [])
    assert "DOI 10.1000/mine: NCBI" in err
    assert said in err


def test_a_full_text_of_pubmed_central_is_fetched(run, server, got):
    server.on("pmc/7654321", full_text("7654321"))
    server.on(
        "pmc/7654322", Reply(b'<pmc-articleset><Reply error="not available"/></pmc-articleset>')
    )
    code, _, err = run("PMC7654321", "PMC7654322")
    assert code == 2
    assert "PMC7654322: NCBI" in err
    assert got() == ["PMC7654321.xml"]


def test_what_comes_is_evidence(claimcheck, server, tmp_path):
    server.on(STUDY, full_study(NCT))
    server.on(f"studies/{OTHER}", study(OTHER))
    code, out, err = claimcheck("trials", "fetch", NCT, OTHER, "--into", "mine")
    assert code == 2
    assert f"{OTHER}: came, but cannot be used: names no outcome" in err
    assert "1 added, in mine" in out
    _, shown, _ = claimcheck("trials", "show", NCT, "--corpus", "mine")
    assert "\nprimary\n  Change in fatigue score" in shown
    assert "p 0.61" in shown
    assert "no significant difference" in shown
    draft = "Florbex relieves fatigue.\n"
    (tmp_path / "draft.md").write_text(draft, encoding="utf-8")
    code, out, _ = claimcheck("check", "draft.md", "--corpus", "mine", "--format", "line")
    assert code == 1
    assert "CC101" in out
    again = claimcheck("trials", "fetch", NCT, "--into", "mine")
    assert again == (0, f"from the cache {NCT}\n1 unchanged, in mine\n", "")
    (tmp_path / "draft.md").write_text(f"It failed ({NCT}).\n", encoding="utf-8")
    _, _, err = claimcheck("trials", "fetch", "--cited", "draft.md", "--into", "mine")
    assert "cites only studies that you have" in err


def test_without_into_it_is_kept_with_the_users_data(claimcheck, server):
    server.on(STUDY, full_study(NCT))
    assert claimcheck("trials", "fetch", NCT)[0] == 0
    assert NCT in claimcheck("trials", "list")[1]


def test_nothing_is_kept_where_nothing_comes(claimcheck, server):
    server.on(STUDY, refusal(403))
    code, out, _ = claimcheck("trials", "fetch", NCT, "--into", "mine")
    assert (code, out) == (2, "")


DRAFT = """# A new drug

It worked (NCT00000101, [the paper](https://pubmed.ncbi.nlm.nih.gov/101/), PMID 101, and
ISRCTN12345678). Ketamine did not (https://doi.org/10.1177/1352458520936226).
"""


def test_what_a_draft_cites_and_the_records_lack_is_fetched(run, server, got, tmp_path):
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    server.on(STUDY, study(NCT))
    server.on("pubmed/101", article(101))
    code, _, err = run("--cited", "draft.md")
    assert code == 0
    assert got() == [f"{NCT}.json", "PMID-101.xml"]
    assert len(server.asked) == 2
    assert "draft.md: cites ISRCTN12345678, a registry that is not fetched from" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nothing is cited.", "cites no study by its number; nothing to fetch"),
        ("See doi:10.1177/1352458520936226.", "cites only studies that you have; nothing to fetch"),
    ],
)
def test_a_draft_with_nothing_to_fetch_is_no_failure(run, server, tmp_path, text, said):
    (tmp_path / "draft.md").write_text(text, encoding="utf-8")
    code, _, err = run("--cited", "draft.md")
    assert (code, server.asked) == (0, [])
    assert said in err


def test_a_draft_that_cannot_be_read_does_not_stop_the_others(run, server, got, tmp_path):
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    server.on(STUDY, study(NCT))
    server.on("pubmed/101", article(101))
    code, _, err = run("--cited", "none.md", "--cited", "broken.docx", "--cited", "draft.md")
    assert code == 2
    assert "none.md: no such file or folder" in err
    assert "broken.docx" in err
    assert got() == [f"{NCT}.json", "PMID-101.xml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "nothing to fetch: name NCT numbers or PMIDs, or --cited DRAFT"),
        ([NCT, "--registry-url", "ftp://x"], "--registry-url: wanted an address"),
        ([NCT, "--eutils-url", "http://[x"], "--eutils-url: wanted an address"),
        ([NCT, "--registry-url", "http://h:99999"], "--registry-url: wanted an address"),
        ([NCT, "--into", "x"], "--into imports and --raw does not"),
        ([NCT, "--timeout", "nan"], "--timeout"),
        ([NCT, "--timeout", "-1"], "--timeout"),
    ],
)
def test_wrong_use_is_told_and_sends_nothing(run, server, arguments, said):
    timeout = "5" if "--timeout" not in arguments else arguments[-1]
    code, _, err = run(*arguments, timeout=timeout)
    assert (code, server.asked) == (2, [])
    assert said in err


def test_a_broken_key_or_proxy_is_told(run, server, monkeypatch):
    monkeypatch.setenv("NCBI_API_KEY", "a\r\nX: y")
    assert "NCBI_API_KEY: wanted letters and digits" in run("101")[2]
    monkeypatch.delenv("NCBI_API_KEY")
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://x")
    code, _, err = run("101")
    assert code == 2
    assert "proxy" in err
    assert server.asked == []


def test_without_httpx_it_says_what_to_install(tmp_path):
    (tmp_path / "httpx.py").write_text("raise ModuleNotFoundError('no', name='httpx')")
    code = "import sys; from claimcheck.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "trials", "fetch", NCT, "--into", "got"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 2
    assert "needs httpx, which is not installed: pip install 'claimcheck[fetch]'" in done.stderr
    assert "sends to" not in done.stderr


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nct 00000101", "NCT00000101"),
        (" 0012 ", "PMID 12"),
        ("PMID12", "PMID 12"),
        ("https://pubmed.ncbi.nlm.nih.gov/12/", "PMID 12"),
        ("https://clinicaltrials.gov/study/NCT00000101?tab=results", "NCT00000101"),
        ("pmc1234567", "PMC1234567"),
        ("doi:10.1000/XYZ", "DOI 10.1000/xyz"),
        ("https://doi.org/10.1000/a%28b%29", "DOI 10.1000/a(b)"),
    ],
)
def test_a_study_may_be_named_in_many_ways(text, name):
    assert read_id(text).name == name


@pytest.mark.parametrize("text", ["", "0", "000", "123456789", "NCT1", "NCT00000101 NCT00000102"])
def test_what_names_no_study_or_several_is_refused(text):
    with pytest.raises(FetchError, match="names no study"):
        read_id(text)


@given(st.text(max_size=500))
def test_any_text_is_a_study_with_a_safe_file_name_or_an_error(text):
    try:
        wanted = read_id(text)
    except FetchError:
        return
    assert not set(wanted.file_stem) & set('/\\:*?"<>| \0')
    assert not wanted.file_stem.startswith(".")


@given(st.binary(max_size=300) | st.from_type(dict).map(lambda one: json.dumps(str(one)).encode()))
def test_no_answer_of_a_service_is_a_bug(data):
    for check in (
        lambda: answers.check_study(data, NCT),
        lambda: answers.check_article(data, "101"),
        lambda: answers.check_full_text(data, "PMC1234"),
        lambda: answers.found_pmid(data),
    ):
        with pytest.raises((answers.Unusable, answers.Unknown)):
            check()
    answers.excerpt(data)
