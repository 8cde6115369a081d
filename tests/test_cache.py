"""What is kept between runs changes nothing but the time they take."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import cache
from claimcheck.cli.main import main
from claimcheck.cli.pool import BATCHES, LAST, PIECES, balanced, batches
from tests.test_cold import HEAVY, RUN, loaded_by

DRAFT = "Ketamine reduced fatigue in people with multiple sclerosis.\n\nIt was safe.\n"
RECORD = """id: zinc-{n}
conditions: [colds]
interventions: [zinc]
outcomes: [{{name: pain, concept: pain, role: primary, p: {p}, finding: {finding}}}]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CLAIMCHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(DRAFT, "utf-8")
    return tmp_path


def check(capfdbinary, *arguments):
    code = main(["check", "--exit-zero", "--format", "json", *arguments])
    assert code == 0
    return capfdbinary.readouterr().out


def kept(folder):
    return sorted((folder / "cache").glob("judged-*"))


def test_a_second_run_says_the_same_bytes(folder, capfdbinary):
    first = check(capfdbinary, "draft.md")
    assert len(kept(folder)) == 1
    assert check(capfdbinary, "draft.md") == first
    assert check(capfdbinary, "draft.md", "--no-cache") == first


def test_nothing_is_kept_where_that_is_not_wanted(folder, capfdbinary):
    check(capfdbinary, "draft.md", "--no-cache")
    assert not kept(folder)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["table", "json", "sarif", "markdown", "html", "junit"])
def test_every_form_comes_of_the_cache_as_without_it(form, capfdbinary):
    first = check(capfdbinary, "draft.md", "--format", form, "--verbose")
    assert check(capfdbinary, "draft.md", "--format", form, "--verbose") == first


def test_a_cached_check_loads_no_language_processing(folder):
    # Both in processes of their own: this one may run another copy of the program.
    loaded_by(RUN, "check", "draft.md", "--exit-zero", "--format", "json", folder=folder)
    told = loaded_by(RUN, "check", "draft.md", "--exit-zero", folder=folder)
    assert "1 claim" in told or "2 claims" in told
    assert not set(told.partition("loaded:")[2].split()) & HEAVY


def test_the_same_question_loads_no_command_line_either(folder):
    arguments = ("check", "draft.md", "--exit-zero", "--format", "json")
    first = loaded_by(RUN, *arguments, folder=folder)
    second = loaded_by(RUN, *arguments, folder=folder)
    assert first.partition("loaded:")[0] == second.partition("loaded:")[0]
    loaded = set(second.partition("loaded:")[2].split())
    assert not loaded & (HEAVY | {"typer", "rich", "pydantic", "yaml", "msgspec"})


def test_a_change_of_settings_is_seen(folder, capfdbinary):
    (folder / "drafts").mkdir()
    draft = (folder / "draft.md").rename(folder / "drafts" / "draft.md")
    assert main(["check", str(draft)]) == 1
    assert main(["check", str(draft)]) == 1
    (folder / "claimcheck.toml").write_text("exit-zero = true\n")
    assert main(["check", str(draft)]) == 0
    (folder / "claimcheck.toml").write_text("exit-zero = maybe\n")
    assert main(["check", str(draft)]) == 2
    (folder / "claimcheck.toml").unlink()
    capfdbinary.readouterr()
    assert main(["check", str(draft)]) == 1


@pytest.mark.usefixtures("folder")
def test_a_change_of_environment_is_seen(capfdbinary, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    assert main(["check", "draft.md"]) == 1
    narrow = capfdbinary.readouterr().out
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["check", "draft.md"]) == 1
    assert capfdbinary.readouterr().out != narrow
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["check", "draft.md"]) == 1
    assert b"\x1b[" in capfdbinary.readouterr().out


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None], ids=["empty", "other", "cut"])
def test_a_broken_file_is_made_anew(damage, folder, capfdbinary):
    first = check(capfdbinary, "draft.md")
    for path in (folder / "cache").iterdir():
        path.write_bytes(path.read_bytes()[:-7] if damage is None else damage)
    assert check(capfdbinary, "draft.md") == first
    assert check(capfdbinary, "draft.md") == first


class Trap:
    def __reduce__(self):
        return os.mkdir, ("trapped",)


def test_what_another_program_put_there_is_not_run(folder, capfdbinary):
    first = check(capfdbinary, "draft.md")
    (place,) = kept(folder)
    content = pickle.dumps(Trap())
    place.write_bytes(hashlib.sha256(content).digest() + content)
    assert check(capfdbinary, "draft.md") == first
    assert not (folder / "trapped").exists()


def test_a_cache_that_cannot_be_written_is_no_fault(folder, capfdbinary, monkeypatch):
    (folder / "file").write_text("no folder")
    monkeypatch.setenv("CLAIMCHECK_CACHE_DIR", str(folder / "file"))
    assert check(capfdbinary, "draft.md") == check(capfdbinary, "draft.md")


def test_a_change_of_draft_or_records_is_seen(folder, capfdbinary):
    records = folder / "records"
    records.mkdir()
    record = records / "zinc.yaml"
    record.write_text(RECORD.format(n=1, p=0.5, finding="no-difference"))
    (folder / "draft.md").write_text("Zinc reduced pain in people with colds.\n")
    null = check(capfdbinary, "draft.md", "--corpus", "records")
    assert b'"overstated": true' in null
    record.write_text(RECORD.format(n=1, p=0.01, finding="improved"))
    assert b'"overstated": false' in check(capfdbinary, "draft.md", "--corpus", "records")
    (folder / "draft.md").write_text("Zinc did not reduce pain in people with colds.\n")
    assert b'"verdict": "contradicted"' in check(capfdbinary, "draft.md", "--corpus", "records")


def test_a_change_of_imported_trials_is_seen(folder, capfdbinary):
    (folder / "draft.md").write_text("Zinc reduced pain in people with colds.\n")
    before = check(capfdbinary, "draft.md")
    record = folder / "zinc.yaml"
    record.write_text(RECORD.format(n=1, p=0.5, finding="no-difference"))
    assert main(["trials", "import", str(record)]) == 0
    capfdbinary.readouterr()
    after = check(capfdbinary, "draft.md")
    assert after != before
    assert check(capfdbinary, "draft.md") == after
    assert check(capfdbinary, "draft.md", "--no-cache") == after


def test_a_draft_keeps_its_name_of_today(folder, capfdbinary):
    check(capfdbinary, "draft.md")
    (folder / "draft.md").rename(folder / "other.md")
    assert b"other.md" in check(capfdbinary, "other.md")
    assert len(kept(folder)) == 1


def test_several_processes_say_the_same_in_the_same_order(folder, capfdbinary):
    for number in range(7):
        text = f"Part {number}\n\n" + DRAFT * (number % 3 + 1)
        (folder / f"{number}.md").write_text(text)
    one = check(capfdbinary, ".", "--no-cache")
    assert check(capfdbinary, ".", "--no-cache", "--jobs", "3") == one
    assert check(capfdbinary, ".", "--jobs", "2") == one
    assert len(kept(folder)) == 8
    assert check(capfdbinary, ".") == one


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_table_is_the_same_whether_told_draft_by_draft_or_as_a_whole(folder, capfdbinary, jobs):
    for number in range(5):
        (folder / f"{number}.md").write_text(f"Part {number}\n\n" + DRAFT * (number % 2))
    record = folder / "more" / "mine" / "zinc.yaml"  # judges the drafts beside it alone
    record.parent.mkdir(parents=True)
    record.write_text(RECORD.format(n=1, p=0.5, finding="no-difference"))
    (folder / "more" / "draft.md").write_text("Zinc reduced pain in people with colds.\n")
    (folder / "more" / "claimcheck.toml").write_text('corpus = ["mine"]\nfail-on = "never"\n')
    said = []
    for more in ([], ["--no-cache"], ["--output", "table=whole.txt"]):
        assert main(["check", ".", "--width", "80", "--jobs", jobs, *more]) == 1
        said.append(capfdbinary.readouterr().out)
    assert said[0] == said[1] == said[2] == (folder / "whole.txt").read_bytes()
    assert said[0].count(b"In all 7 documents") == 1
    assert said[0].count(b"1 overstated") == 4


@pytest.mark.usefixtures("folder")
def test_drafts_are_read_in_several_processes_as_in_one(folder, capfdbinary, monkeypatch):
    for number in range(7):
        (folder / f"{number}.md").write_text(DRAFT * number, "utf-8")  # the first is empty
    (folder / "3.md").write_bytes(b"\x00\x01")
    told = []
    for few in (100, 2):
        monkeypatch.setattr("claimcheck.cli.reading.FEW", few)
        assert main(["check", ".", "--no-cache", "--jobs", "2", "--format", "json"]) == 2
        told.append(capfdbinary.readouterr())
    assert told[0] == told[1]
    assert told[0].err.count(b"0.md") == told[0].err.count(b"3.md") == 1


def test_an_impossible_number_of_jobs_is_refused(capfdbinary):
    assert main(["check", "draft.md", "--jobs", "-1"]) == 2
    assert b"--jobs" in capfdbinary.readouterr().err


def test_an_interruption_leaves_no_process_and_loses_nothing_that_was_done(folder):
    for number in range(240):
        (folder / f"{number}.md").write_text(f"Part {number}\n\n" + DRAFT * 60)
    command = [sys.executable, "-m", "claimcheck", "check", ".", "--jobs", "2"]
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    while not kept(folder) and running.poll() is None:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert b"Traceback" not in said
    assert kept(folder)
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


@pytest.mark.usefixtures("folder")
def test_what_is_kept_can_be_shown_and_dropped(capfdbinary):
    check(capfdbinary, "draft.md")
    assert main(["cache", "show"]) == 0
    assert b"files" in capfdbinary.readouterr().out
    assert main(["cache", "clear"]) == 0
    assert b"dropped" in capfdbinary.readouterr().out
    assert cache.shown() == cache.Size(0, 0)
    assert main(["cache", "clear"]) == 0


def test_what_was_unused_the_longest_goes_first(folder):
    for number in range(10):
        cache.store("test", f"f{number}" * 20, bytes(100))
        place = next((folder / "cache").glob(f"test-f{number}*"))
        os.utime(place, (number, number))
    assert cache.fetch("test", "f0" * 20) == bytes(100)
    cache.prune(files=3)
    assert [n for n in range(10) if cache.fetch("test", f"f{n}" * 20)] == [0, 8, 9]
    cache.prune(size=200)
    assert cache.shown().files == 1


@pytest.mark.usefixtures("folder")
def test_writers_at_once_leave_one_whole_file():
    contents = [bytes([number]) * 50_000 for number in range(8)]
    threads = [threading.Thread(target=cache.store, args=("test", "a" * 40, c)) for c in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.fetch("test", "a" * 40) in contents
    assert cache.shown().files == 1


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60), st.integers(1, 9))
def test_batches_hold_every_draft_once_and_weigh_much_the_same(sizes, parts):
    batches = balanced(sizes, parts)
    assert sorted(place for batch in batches for place in batch) == list(range(len(sizes)))
    assert all(batches)
    sums = [sum(sizes[place] for place in batch) for batch in batches]
    assert max(sums) - min(sums) <= max(sizes)


@given(st.lists(st.integers(0, 10_000), max_size=400), st.integers(1, 8))
def test_every_draft_stands_in_one_batch_and_the_last_batches_are_small(sizes, jobs):
    found = batches(sizes, jobs)
    assert sorted(place for batch in found for place in batch) == list(range(len(sizes)))
    assert all(found)
    if len(found) > jobs * BATCHES:
        largest = max(sizes)
        last = [sum(sizes[place] for place in batch) for batch in found[-jobs * LAST :]]
        first = [sum(sizes[place] for place in batch) for batch in found[: jobs * LAST]]
        assert max(last) <= min(first) / PIECES + 2 * largest
