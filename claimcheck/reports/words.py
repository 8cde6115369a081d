"""How verdicts, findings, numbers and draft text are put to a person."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from claimcheck.model.trial import DesignType, FindingKind, Role
from claimcheck.model.verdict import Reason, VerdictKind
from claimcheck.model.written import MINUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.trial import Outcome, Trial

VERDICTS = {
    VerdictKind.SUPPORTED: "supported",
    VerdictKind.OVERSTATED: "overstated",
    VerdictKind.CONTRADICTED: "contradicted",
    VerdictKind.NO_EVIDENCE: "not in your evidence",
}

SIGNS = {
    VerdictKind.SUPPORTED: "✓",
    VerdictKind.OVERSTATED: "✗",
    VerdictKind.CONTRADICTED: "✗",
    VerdictKind.NO_EVIDENCE: "?",
}

FINDINGS = {
    FindingKind.IMPROVED: "improved",
    FindingKind.WORSENED: "worsened",
    FindingKind.DIFFERS: "differs",
    FindingKind.NO_DIFFERENCE: "no significant difference",
    FindingKind.NON_INFERIOR: "not inferior",
    FindingKind.NOT_REPORTED: "result not reported",
}

REASONS = {
    Reason.NEGATIVE_PRIMARY: "the study's primary outcome showed no significant difference",
    Reason.NULL_RESULT: "what was measured showed no significant difference",
    Reason.SECONDARY_ONLY: "only a lesser result improved, and no primary outcome did",
    Reason.SUBGROUP: "only a part of the people studied improved",
    Reason.TREND: "a trend is no significant difference",
    Reason.WITHIN_GROUP: "people changed over time, compared with nobody",
    Reason.STRENGTH: "the words promise more than such a study can show",
    Reason.CAUSAL_FROM_OBSERVATIONAL: "such a study cannot show what brought the change about",
    Reason.POPULATION: "the claim is on other people than those studied",
    Reason.TIMEFRAME: "the claim reaches past the time studied",
    Reason.NUMBERS: "the numbers are not those of the study",
    Reason.EQUIVALENCE_FROM_NULL: "finding no difference does not show that there is none",
    Reason.MIXED_EVIDENCE: "the best studies disagree",
    Reason.SAFETY: "what is said of safety goes beyond the results",
    Reason.OUTCOME_SWITCHED: "the outcome is not the one that the study had planned",
    Reason.DIRECTION: "the results say the opposite",
    Reason.NOT_IN_CORPUS: "no study in your evidence answers for this",
    Reason.CONDITION_DIFFERS: "the studies are on another condition",
    Reason.NOT_MEASURED: "the study did not measure this",
    Reason.UNSETTLED: "the record cannot settle it",
    Reason.NONE: "the results carry it",
}

NO_ADVICE = "Nothing to change."  # what rules/verdicts.yaml says where all is well

_ASCII = str.maketrans(
    {
        "✗": "x",
        "✓": "+",
        MINUS: "-",
        "“": '"',
        "”": '"',
        "…": "...",
        "·": "-",
        "→": ">",
        "─": "-",
        "│": ":",
        "├": "|",
        "┤": "|",
        "┼": "+",
        "■": "#",
        "□": "o",
        "◄": "<",
        "►": ">",
        "░": ".",
        "\u2019": "'",
    }
)
_AUTHOR_YEAR = re.compile(r"([a-z]+(?:-[a-z]+)*)-((?:19|20)\d\d)(?:-|$)")
_SON = re.compile(r"\bMc([a-z])")
# What says already of which people or when, and needs no "in" before it.
_PLACED = re.compile(
    r"(?:in|on|at|of|by|for|from|to|with|without|after|before|during|under|over|among|within|per)\b",
    re.IGNORECASE,
)
_HYPHENATED = {DesignType.META_ANALYSIS: "meta-analysis"}
_SPACE = re.compile(r"\s+")
# Categories that move the cursor, hide or reorder what a reader sees.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """Answer the text on one line, with nothing in it that a terminal would act on."""
    flat = _SPACE.sub(" ", text).strip()
    if flat.isprintable():
        return flat
    return "".join(
        "" if char == "\u00ad" else REPLACEMENT if _is_unsafe(char) else char for char in flat
    )


def _is_unsafe(char: str) -> bool:
    return unicodedata.category(char) in _UNSAFE and char not in _JOINERS


def in_ascii(text: str) -> str:
    """Answer the text with the signs of our own put in ASCII, for a terminal that has no other."""
    return text.translate(_ASCII)


def sentence(text: str) -> str:
    """Answer the words with a capital and a full stop."""
    return ended(f"{text[:1].upper()}{text[1:]}")


def ended(text: str) -> str:
    """Answer the words with a full stop, where others are to follow them; nothing stays nothing."""
    return text if not text or text.endswith((".", "!", "?", "…", ":")) else f"{text}."


def shorten(text: str, width: int) -> str:
    """Answer the text cut at a word's border, so that it takes at most `width` code points."""
    if len(text) <= width:
        return text
    head = text[: max(1, width - 1)]
    if not text[len(head)].isspace() and " " in head[width // 2 :]:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:.") + "…"


def trial_name(trial: Trial) -> str:
    """Answer what a person calls the study: author and year where its id tells, else its title."""
    named = _AUTHOR_YEAR.match(trial.id)
    treatments = {word for one in trial.interventions for word in one.name.casefold().split()}
    if named and treatments.isdisjoint(named[1].split("-")):
        return f"{_author(named[1].replace('-', ' '), trial.title)} {named[2]}"
    title = shorten(clean(trial.title), 48)
    return f"{title} ({trial.year})" if trial.year else title


def _author(name: str, title: str) -> str:
    """Answer an author as the title spells the name, or with capitals as a name has them."""
    plain = "".join(unicodedata.normalize("NFD", char)[0] for char in title)
    if spelled := re.search(rf"\b{re.escape(name)}\b", plain, re.IGNORECASE):
        return title[spelled.start() : spelled.end()]
    return _SON.sub(lambda found: f"Mc{found[1].upper()}", name.title())


def trial_design(trial: Trial) -> str:
    """Answer how the study was built and how large it was, or an empty text."""
    built = trial.design.type
    parts = [
        *([] if built is DesignType.UNKNOWN else [_HYPHENATED.get(built, built.replace("-", " "))]),
        *([f"{trial.design.enrolled} people"] if (trial.design.enrolled or 0) > 1 else []),
        *([clean(trial.status)] if trial.status else []),
    ]
    return ", ".join(parts)


def trial_methods(trial: Trial) -> Iterator[str]:
    """Answer who knew what was given, and what it was compared with, as far as that is recorded."""
    blinding, control = clean(trial.design.blinding), clean(trial.design.control)
    if blinding != "unknown":
        yield "not blinded" if blinding == "none" else f"{blinding}-blind"
    if control != "unknown":
        against = ", ".join(clean(one.name) for one in trial.comparators)
        yield "no control" if control == "none" else f"against {against or control}"


def outcome_name(outcome: Outcome) -> str:
    """Answer the outcome with its timepoint and, of a subgroup, with its name."""
    name = clean(outcome.name)
    if outcome.timepoint and outcome.timepoint.casefold() not in name.casefold():
        name = f"{name}, {clean(outcome.timepoint)}"
    part = clean(outcome.subgroup.name) if outcome.subgroup else ""
    if not part or re.search(rf"\b{re.escape(part)}(?!\w)", name, re.IGNORECASE):
        return name
    return f"{name}, {part}" if _PLACED.match(part) else f"{name}, in {part}"


def role_name(outcome: Outcome) -> str:
    """Answer the part that an outcome played."""
    return "role unknown" if outcome.role is Role.UNKNOWN else outcome.role.value
