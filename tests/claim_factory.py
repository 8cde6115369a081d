"""The claims of a short text, for tests: read once with the bundled rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck import paths
from claimcheck.claims.extract import extract
from claimcheck.documents import read_text
from claimcheck.model.document import Format
from claimcheck.reading.nlp import Reader
from claimcheck.rulebook.load import load_rulebook

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim
    from claimcheck.model.document import Document

RULES = load_rulebook(paths.rules_dir())
READER = Reader(RULES)


def claims_of(
    text: str, title: str | None = None, form: Format = Format.TEXT
) -> tuple[Document, tuple[Claim, ...]]:
    """Which claims does the text make? The document goes with them, for its offsets."""
    document = read_text(text, title=title, format=form)
    return document, extract(document, RULES, READER)


def told(text: str, title: str | None = None) -> list[tuple[str, str | None, str | None]]:
    """Each claim as direction, intervention and outcome, as the text words them."""
    _, claims = claims_of(text, title)
    return [
        (
            claim.direction.value,
            claim.intervention.text.lower() if claim.intervention else None,
            claim.outcome.text.lower() if claim.outcome else None,
        )
        for claim in claims
    ]
