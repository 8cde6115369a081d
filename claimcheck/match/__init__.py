"""A claim laid beside the trials that bear on it."""

from __future__ import annotations

from claimcheck.match.lay import match
from claimcheck.match.studies import tells_of_a_case

__all__ = ["match", "tells_of_a_case"]
