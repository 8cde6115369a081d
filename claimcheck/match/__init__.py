"""A claim laid beside the trials that bear on it."""

from __future__ import annotations

from claimcheck.match.lay import match
from claimcheck.match.shelf import Shelf
from claimcheck.match.studies import tells_of_a_case

__all__ = ["Shelf", "match", "tells_of_a_case"]
