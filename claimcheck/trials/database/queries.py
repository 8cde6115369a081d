"""What the store's full-text search is asked, in its own language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.trials.database.file import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.trials.index import Wanted

_SHORT = 3  # letters from which the beginning of a word stands for it


def tested(wanted: Wanted, words: Iterable[str]) -> str:
    """Ask for the trials that share a word, or a whole name, with an intervention; "" for none."""
    tried = _any((*words, *_phrases(wanted.interventions)))
    return f"interventions : ({tried})" if tried else ""


def nearest(wanted: Wanted, words: Iterable[str]) -> str:
    """Ask for the same trials, so that those come first which share more besides."""
    first = tested(wanted, words)
    columns = ("conditions", wanted.conditions), ("outcomes", wanted.outcomes)
    more = [f"{column} : ({names})" for column, of in columns if (names := _any(_phrases(of)))]
    # The second half matches whatever the first does: it is there for the order alone.
    return f"({first}) AND ({' OR '.join(f'({one})' for one in (first, *more))})"


def naming_all(words: Iterable[str]) -> str:
    """Ask for the trials that name all these words, or begin with them, anywhere; "" for none."""
    plainly = (one for text in words for one in plain(text))
    return " AND ".join(f'"{one}"' if len(one) < _SHORT else f'"{one}" *' for one in plainly)


def _any(phrases: Iterable[str]) -> str:
    return " OR ".join(f'"{one}"' for one in dict.fromkeys(phrases))


def _phrases(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(found) for name in names if (found := plain(name)))
