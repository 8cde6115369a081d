"""From a record as the store keeps it to a Trial."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.errors import CorpusError

if TYPE_CHECKING:
    from claimcheck.model.trial import Trial


def to_trial(record: dict[str, Any]) -> Trial:
    """Answer the trial that a record tells of; raises CorpusError with every fault in it."""
    from claimcheck.trials.build import build  # noqa: PLC0415  (lists need it not)
    from claimcheck.trials.schema import Record, parse  # noqa: PLC0415

    parsed = parse(record)
    built = build(parsed) if isinstance(parsed, Record) else parsed
    if isinstance(built, list):
        raise CorpusError("; ".join(message for _, message in built))
    return built
