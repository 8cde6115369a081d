"""What can go wrong, by name, and where it went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Error = TypeVar("Error", bound="ClaimcheckError")


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a file a problem lies: a path and, where known, a line counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


class ClaimcheckError(Exception):
    """Anything that claimcheck can explain to its user; the command line ends with exit code 2."""

    def __init__(
        self,
        message: str,
        *,
        location: Location | None = None,
        faults: tuple[ClaimcheckError, ...] = (),
    ) -> None:
        """Take what went wrong and where; `faults` are those of which `message` has a line each."""
        super().__init__(message)
        self.message = message
        self.location = location
        self.faults = faults

    def __str__(self) -> str:
        return self.message if self.location is None else f"{self.location}: {self.message}"


def combined(errors: Sequence[Error]) -> Error:
    """Answer one error that tells of all; there must be one at least."""
    first, *others = errors
    if not others:
        return first
    faults = tuple(fault for error in errors for fault in error.faults or (error,))
    return type(first)("\n".join(map(str, errors)), faults=faults)


class InputError(ClaimcheckError):
    """A draft or report that cannot be read."""


class RuleError(ClaimcheckError):
    """A rule, cue or term that is malformed; the message holds every fault found, a line each."""


class CorpusError(ClaimcheckError):
    """A trial record that is malformed or impossible; the message holds every fault found."""


class ConfigError(ClaimcheckError):
    """A setting that is unknown or has an impossible value."""


class FetchError(ClaimcheckError):
    """A study that a service did not give; the message names the study, the service, what to do."""
