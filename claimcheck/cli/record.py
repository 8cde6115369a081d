"""The head of a trial record as lines for people."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from claimcheck.model.as_dict import trial_url
from claimcheck.reports.words import clean, trial_design, trial_methods

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.trial import Named, Trial


_INDENT = 15


def trial_lines(trial: Trial, *, width: int) -> Iterator[str]:
    """Answer what was done in a trial, and in whom, line by line."""
    yield from wrap(clean(trial.title), width)
    design = (trial_design(trial), *trial_methods(trial), str(trial.year or ""))
    known = (
        ("id", clean(trial.id)),
        ("design", ", ".join(filter(None, design))),
        ("conditions", _named(trial.conditions)),
        ("interventions", _named(trial.interventions)),
        ("comparators", _named(trial.comparators)),
        *(("source", clean(link)) for link in _links(trial)),
    )
    for name, told in known:
        lines = wrap(told, max(20, width - _INDENT), break_long_words=False, break_on_hyphens=False)
        for at, line in enumerate(lines):
            yield f"{'' if at else name:<{_INDENT}}{line}"


def _links(trial: Trial) -> Iterable[str]:
    """Answer a trial's addresses, each once however it is written."""
    found: dict[str, str] = {}
    for link in filter(None, (trial_url(trial), *trial.source)):
        found.setdefault(link.removesuffix("/").casefold(), link)
    return found.values()


def _named(all_named: Iterable[Named]) -> str:
    return ", ".join(
        clean(one.name) + (f" ({', '.join(map(clean, one.aliases))})" if one.aliases else "")
        for one in all_named
    )
