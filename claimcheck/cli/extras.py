"""What is installed only where it is asked for, and how to get it."""

from __future__ import annotations

# The extra, the package that it brings, and what needs it.
EXTRAS = (
    ("fetch", "httpx", "claimcheck trials fetch"),
    ("stats", "scipy", "computing comparisons from the values of arms"),
    ("watch", "watchfiles", "claimcheck watch"),
)


def how_to_install(extra: str, package: str) -> str:
    """Answer what a person types to get an extra, however claimcheck itself was installed."""
    return f"pip install 'claimcheck[{extra}]', or with pipx: pipx inject claimcheck {package}"
