"""What can go wrong, by name, and where it went wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a file a problem lies: a path and, where known, a line counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


class ClaimcheckError(Exception):
    """Anything that claimcheck can explain to its user; the command line ends with exit code 2."""

    def __init__(self, message: str, *, location: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.location = location

    def __str__(self) -> str:
        return self.message if self.location is None else f"{self.location}: {self.message}"


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
