"""The trials at hand: bundled ones, your own records, and what you imported."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.config import Resolver, Settings, command_line
from claimcheck.errors import ConfigError
from claimcheck.paths import corpus_dir, data_dir

if TYPE_CHECKING:
    from claimcheck.model.trial import Trial
    from claimcheck.trials.combined import Evidence

_REGISTERED = re.compile(r"NCT\d{8}|\d{5,8}", re.IGNORECASE)  # the registry's numbers, PubMed's

CorpusOption = Annotated[
    list[str] | None,
    typer.Option("--corpus", metavar="DIR", help="Records of your own; repeatable."),
]


def settings_of(corpus: list[str] | None) -> Settings:
    """Answer the settings that hold here, with these folders of records."""
    options = command_line({"corpus": tuple(corpus or ())}, cwd=Path.cwd())
    return Resolver(options).settings_for(Path())


def load_trials(corpus: list[str] | None) -> Evidence:
    """Answer every trial at hand. Raises CorpusError."""
    from claimcheck.trials.evidence import load_evidence  # noqa: PLC0415  (--help needs it not)

    return load_evidence(corpus_dir(), *settings_of(corpus).corpus, imported=(data_dir(),))


def find_trial(trials: Evidence, trial_id: str) -> Trial:
    """Answer the trial of an id. Raises ConfigError that names the nearest id."""
    if (found := trials.get(trial_id)) is not None:
        return found
    near = difflib.get_close_matches(trial_id, sorted(trials.ids()), n=1, cutoff=0.3)
    hint = f"did you mean {near[0]}?" if near else "see: claimcheck trials list"
    if _REGISTERED.fullmatch(trial_id):  # a number that is a digit off is another study
        hint = f"get it: claimcheck trials fetch {trial_id}"
    raise ConfigError(f"there is no trial {trial_id!r} in your corpus; {hint}")
