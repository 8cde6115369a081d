"""`claimcheck rules import-terms`: a user's own lists of names, beside the rules."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import streams
from claimcheck.cli.corpus import settings_of
from claimcheck.errors import ConfigError, InputError, Location
from claimcheck.model.counted import counted
from claimcheck.paths import data_dir, rules_dir
from claimcheck.reports.words import clean, shorten

if TYPE_CHECKING:
    from claimcheck.rulebook.lists.sift import Sifted

EXAMPLES = """\b
Examples:
  claimcheck rules import-terms drugbank_vocabulary.csv
  claimcheck rules import-terms illnesses.txt --kind condition
  claimcheck rules import-terms ours.csv --column Product --column Brands
  claimcheck rules import-terms --remove drugbank_vocabulary.csv

\b
A list is CSV with a row a thing, its columns parted by commas, semicolons
or tabs, or a text with a name a line, in UTF-8. Several names in a cell are
parted by | or ;
"""

_SHOWN = 3  # names that are left out, as examples of a reason
_NAME = 40  # code points of a name that is shown


class ListKind(StrEnum):
    """What the names of a list stand for."""

    INTERVENTION = "intervention"
    CONDITION = "condition"


def import_terms(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A list of names.", show_default=False)
    ] = None,
    *,
    kind: Annotated[
        ListKind, typer.Option(help="What the names stand for.")
    ] = ListKind.INTERVENTION,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A column of names, the things' own first; repeatable."),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the list FILE, or all lists.")
    ] = False,
) -> None:
    """Add the names of a list to the vocabulary, so that drafts that use them are read.

    A list of the same file name is replaced. Names that would be found where they are not meant
    are left out, and told at the end.
    """
    if remove:
        _remove(file)
    elif file is None:
        raise InputError("nothing to import: name a file of names")
    else:
        _import(file, kind, column or [])


def _import(file: Path, kind: ListKind, columns: list[str]) -> None:
    from claimcheck.rulebook.lists import entries, sift, store  # noqa: PLC0415
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415
    from claimcheck.rulebook.types import TermKind  # noqa: PLC0415  (--help needs none of it)

    name = file.as_posix()
    text = entries.decoded(_bytes(file, entries.MAX_BYTES), name=name)
    rulebook = load_rulebook(rules_dir(), *settings_of(None).rules)
    term_kind = TermKind(kind.value)
    listed = entries.entries(text, rulebook, name=name, columns=columns)
    sifted = sift.sift(listed, term_kind, rulebook)
    if not sifted.terms:
        _tell_left(sifted)
        raise InputError("holds no name that can be used", location=Location(name))
    changed = store.keep(data_dir(), file.name, term_kind, sifted.terms)
    _tell(sifted, file.name, changed=changed)


def _bytes(file: Path, most: int) -> bytes:
    place = Location(file.as_posix())
    if not file.exists():
        raise InputError("no such file", location=place)
    if not file.is_file():
        raise InputError("is no file of names", location=place)
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", location=place) from error
    if len(data) > most:
        raise InputError(f"is larger than {most // 1_000_000} MB; split it", location=place)
    return data


def _tell(sifted: Sifted, name: str, *, changed: bool) -> None:
    said = "" if changed else ", as before"
    streams.print_text(
        f"{clean(name)}: {len(sifted.terms):,} terms with {sifted.names:,} names{said}, "
        f"in {clean(str(data_dir()))}\n"
    )
    _tell_left(sifted)


def _tell_left(sifted: Sifted) -> None:
    total = sum(len(names) for names in sifted.left.values())
    if not total:
        return
    streams.print_text(f"{total:,} left out:\n")
    for reason, names in sorted(
        sifted.left.items(), key=lambda item: (-len(item[1]), item[0].name)
    ):
        examples = [shown for name in names[:_SHOWN] if (shown := shorten(clean(name), _NAME))]
        like = f", as {', '.join(examples)}" if examples else ""
        streams.print_text(f"  {len(names):>7,}  {reason.value}{like}\n")


def _remove(file: Path | None) -> None:
    from claimcheck.rulebook.lists.store import remove  # noqa: PLC0415

    count = remove(data_dir(), file.name if file else None)
    if not count:
        wanted = f"no list {clean(file.name)!r} is" if file else "no lists are"
        raise ConfigError(f"{wanted} imported in {data_dir()}")
    streams.print_text(f"removed {counted(count, 'list')} of names\n")
