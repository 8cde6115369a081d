"""Which design weighs more, where studies are laid beside one claim? 0 weighs most."""

from __future__ import annotations

from types import MappingProxyType

from claimcheck.model.trial import DesignType

DESIGN_TIER = MappingProxyType(
    {
        DesignType.META_ANALYSIS: 0,
        DesignType.RANDOMIZED: 1,
        DesignType.CROSSOVER: 2,
        DesignType.SINGLE_ARM: 3,
        DesignType.COHORT: 4,
        DesignType.OBSERVATIONAL: 4,
        DesignType.CASE_CONTROL: 5,
        DesignType.CASE_REPORT: 6,
        DesignType.UNKNOWN: 7,
    }
)

FEW = 50  # people; a study with fewer is small, by a convention of our own
