"""Numbers of things, in words."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Answer so many of something, as in "1 draft" or "2 drafts"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
