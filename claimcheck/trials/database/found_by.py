"""By which words and names is a trial found in the store?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.trials.database.file import plain, sound

if TYPE_CHECKING:
    from claimcheck.model.trial import Trial


def searched(trial: Trial) -> tuple[tuple[str, ...], ...]:
    """Answer the words of its interventions, conditions, outcomes and title."""
    named = [
        " ; ".join(
            text for one in part for text in (*one.names, (one.concept or "").replace("-", " "))
        )
        for part in (trial.interventions, trial.conditions)
    ]
    outcomes = " ; ".join(f"{one.name} {one.concept or ''}" for one in trial.outcomes)
    return tuple(map(plain, (*named, outcomes, trial.title)))


def name_rows(trial: Trial, n: int) -> list[tuple[str, str, str | None, int]]:
    """Answer each name of an intervention: its first word, itself, its concept, the row `n`."""
    rows = {
        (found[0], str(sound(name)), one.concept, n)
        for one in trial.interventions
        for name in one.names
        if (found := plain(name))
    }
    return sorted(rows, key=lambda row: (row[0], row[1], row[2] or ""))
