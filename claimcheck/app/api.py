"""The public functions of claimcheck, over everything below."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck import paths
from claimcheck.app.check import Checker, tool_of
from claimcheck.claims.strength import strength_of
from claimcheck.documents import read_text
from claimcheck.model.document import Format, Span
from claimcheck.model.report import Report
from claimcheck.reading.nlp import Reader
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms
from claimcheck.trials.index import TrialIndex
from claimcheck.trials.store import load_index, read_trials, trial_from_dict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.trial import Trial
    from claimcheck.rulebook.types import Rulebook

__all__ = ["check", "read_trials", "same_outcome", "strength", "trial_from_dict"]


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
    rulebook = rules if rules is not None else _rules()
    index = _corpus() if trials is None else TrialIndex(trials)
    document = read_text(text, format=Format(format), title=title)
    checker = _checker() if trials is None and rules is None else Checker.of(index, rulebook)
    return Report(tool_of(index, rulebook), (checker.check(document),))


def strength(sentence: str) -> int:
    """Answer how strong a relation a sentence asserts.

    0 none, 1 correlational, 2 conditional causal, 3 causal: the scale of Sumner 2014, folded.
    """
    return int(strength_of(_reader().read(sentence, Span(0, len(sentence)))))


def same_outcome(a: str, b: str) -> bool:
    """Tell whether two phrases name the same outcome."""
    return _terms().same_outcome(a, b)


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
