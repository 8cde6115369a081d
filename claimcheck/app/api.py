"""The public functions of claimcheck, over everything below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck import paths
from claimcheck.app.ask import ask as ask_report
from claimcheck.app.check import Checker, tool_of
from claimcheck.app.importing import Importing
from claimcheck.app.self_check import SelfChecker
from claimcheck.claims.strength import strength_of
from claimcheck.collecting import collecting_seldom
from claimcheck.documents import read_text
from claimcheck.model.document import Format, Span
from claimcheck.model.report import Report
from claimcheck.reading.nlp import Reader
from claimcheck.reading.roles import primary_outcomes as find_primary_outcomes
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms, outcomes
from claimcheck.trials.index import TrialIndex
from claimcheck.trials.store import load_index, trial_from_dict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from claimcheck.model.imported import Answer
    from claimcheck.model.trial import Trial
    from claimcheck.rulebook.types import Rulebook

__all__ = [
    "ask",
    "check",
    "primary_outcomes",
    "read_trials",
    "same_outcome",
    "self_check",
    "strength",
    "trial_from_dict",
]


def check(
    text: str,
    *,
    title: str | None = None,
    trials: Iterable[Trial] | None = None,
    rules: Rulebook | None = None,
    format: str = "text",  # noqa: A002  (the word that the command line uses)
) -> Report:
    """Judge every claim of a text.

    `trials` None means the bundled corpus, `rules` None the bundled rules; `format` is text,
    markdown or html. Given a title that does not open the text already, the text is title, blank
    line, text: offsets count in that. Raises InputError where the text cannot be read.
    """
    with collecting_seldom():
        rulebook = rules if rules is not None else _rules()
        index = _corpus() if trials is None else TrialIndex(trials)
        document = read_text(text, format=Format(format), title=title)
        checker = _checker() if trials is None and rules is None else Checker.of(index, rulebook)
        return Report(tool_of(index, rulebook), (checker.check(document),))


def read_trials(path: Path | str) -> list[Trial]:
    """Answer the trials in a file or folder of any form that the importers know.

    Registry records, PubMed XML, MEDLINE, JATS, library records, abstracts, and records of our own
    form. Raises InputError where there is no trial in it.
    """
    trials, _ = Importing(_rules).evidence([str(path)])
    return list(trials)


def self_check(text: str, *, title: str | None = None) -> Report:
    """Judge a trial report's title and conclusion against its own results.

    The text is an abstract or a full report. Raises InputError where it cannot be read.
    """
    with collecting_seldom():
        document = read_text(text, format=Format.TEXT, title=title)
        return _self_checker().check(document)


def ask(text: str, *, intervention: str, comparator: str, outcome: str) -> Answer:
    """Answer what a trial report says an intervention did to an outcome, against a comparator.

    `direction` is increased, decreased, no-difference or unknown; `span` is where the text says so,
    in code points of the text.
    """
    return ask_report(
        text,
        intervention=intervention,
        comparator=comparator,
        outcome=outcome,
        reader=_reader(),
        rulebook=_rules(),
        terms=_terms(),
    )


def primary_outcomes(text: str) -> list[Span]:
    """Answer which words of a report name its primary outcome, in order, in code points."""
    return find_primary_outcomes(text, reader=_reader(), rulebook=_rules())


def strength(sentence: str) -> int:
    """Answer how strong a relation a sentence asserts.

    0 none, 1 correlational, 2 conditional causal, 3 causal: the scale of Sumner 2014, folded.
    """
    return int(strength_of(_reader().read(sentence, Span(0, len(sentence)))))


def same_outcome(a: str, b: str) -> bool:
    """Tell whether two phrases name the same outcome."""
    return outcomes.same_outcome(a, b, _terms())


@lru_cache(maxsize=1)
def _rules() -> Rulebook:
    return load_rulebook(paths.rules_dir())


@lru_cache(maxsize=1)
def _corpus() -> TrialIndex:
    return load_index(paths.corpus_dir())


@lru_cache(maxsize=1)
def _checker() -> Checker:
    return Checker.of(_corpus(), _rules())


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader(_rules())


@lru_cache(maxsize=1)
def _terms() -> Terms:
    return Terms(_rules())


@lru_cache(maxsize=1)
def _self_checker() -> SelfChecker:
    return SelfChecker.of(_rules())
