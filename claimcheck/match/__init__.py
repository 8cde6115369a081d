"""A claim laid beside the trials that bear on it."""

from __future__ import annotations

from claimcheck.match.lay import match

__all__ = ["match"]
