"""claimcheck: lays the efficacy claims of a draft beside the results of the trials they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.app.api import (
        ask,
        check,
        primary_outcomes,
        read_trials,
        same_outcome,
        self_check,
        strength,
        trial_from_dict,
    )

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "ask",
    "check",
    "primary_outcomes",
    "read_trials",
    "same_outcome",
    "self_check",
    "strength",
    "trial_from_dict",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (PEP 562)
    if name in __all__:
        from claimcheck.app import api  # noqa: PLC0415  (loaded on first use: importing is cheap)

        return getattr(api, name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
