"""Trials as the store keeps them: checked when they are put there, then read as they are."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimcheck.errors import CorpusError
from claimcheck.model.trial import Named, Trial

if TYPE_CHECKING:
    from collections.abc import Callable


def checked(trial: Trial) -> Trial:
    """Answer a trial as a record of it would be read; raises CorpusError with every fault in it."""
    from claimcheck.trials.sound import is_sound  # noqa: PLC0415  (only writing checks)

    # Nearly all of a record is its outcomes, and of a registry's nearly all are as they should be.
    rest = _reread(replace(trial, outcomes=()))
    arms = frozenset(arm.id for arm in rest.arms)
    if all(is_sound(one, arms) for one in trial.outcomes):
        return replace(rest, outcomes=trial.outcomes)
    return _reread(trial)


def _reread(trial: Trial) -> Trial:
    from claimcheck.trials.as_record import trial_to_record  # noqa: PLC0415
    from claimcheck.trials.build import build  # noqa: PLC0415
    from claimcheck.trials.schema import Record, parse  # noqa: PLC0415

    parsed = parse(trial_to_record(trial))
    built = build(parsed) if isinstance(parsed, Record) else parsed
    if isinstance(built, list):
        raise CorpusError("; ".join(message for _, message in built))
    return built


def packed(value: Trial | tuple[Trial, ...] | tuple[Named, ...]) -> bytes:
    """Answer a trial, several, or what one tested, as the store keeps it.

    Raises UnicodeEncodeError for half a character, which no checked trial holds.
    """
    return _encoder()(value)


def unpacked(data: object) -> Trial:
    """Answer the trial that the store keeps; raises CorpusError for what it cannot have written."""
    found: Trial = _decoded(Trial, data)
    return found


def unpacked_all(data: object) -> tuple[Trial, ...]:
    """Answer several trials; raises CorpusError as `unpacked` does."""
    found: tuple[Trial, ...] = _decoded(tuple[Trial, ...], data)
    return found


def unpacked_names(data: object) -> tuple[Named, ...]:
    """Answer what a trial tested; raises CorpusError as `unpacked` does."""
    found: tuple[Named, ...] = _decoded(tuple[Named, ...], data)
    return found


def _decoded(kind: Any, data: object) -> Any:  # noqa: ANN401  (a type, or a form of one)
    import msgspec  # noqa: PLC0415  (lists read no record)

    try:
        return _decoder(kind)(data)
    except (msgspec.DecodeError, TypeError) as error:
        raise CorpusError(f"holds a record that cannot be read: {error}") from error


@lru_cache(maxsize=1)
def _encoder() -> Callable[[Any], bytes]:
    import msgspec  # noqa: PLC0415

    return msgspec.msgpack.Encoder().encode


@lru_cache(maxsize=3)
def _decoder(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    import msgspec  # noqa: PLC0415

    return msgspec.msgpack.Decoder(kind).decode
