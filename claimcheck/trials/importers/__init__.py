"""What trials does a stream of bytes tell of? The kind is told from the content."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.errors import ClaimcheckError
from claimcheck.model.imported import ReadReport, Skipped
from claimcheck.trials.importers.sniff import Kind, describe, kind_of
from claimcheck.trials.importers.sources import STDIN, check_paths, peek, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from claimcheck.model.imported import Source
    from claimcheck.model.trial import Trial

__all__ = ["Kind", "ReadProse", "import_source", "import_sources", "kind_of", "sources"]

# From a report's text and title to its record.
ReadProse = Callable[[str, str], ReadReport]

# Kind -> module, function, whether it reads prose.
_IMPORTERS = {
    Kind.CTGOV: ("ctgov", "import_ctgov", False),
    Kind.PUBMED: ("pubmed", "import_pubmed", True),
    Kind.JATS: ("jats", "import_jats", True),
    Kind.NBIB: ("nbib", "import_nbib", True),
    Kind.LIBRARY: ("library", "import_library", True),
    Kind.RECORD: ("record", "import_record", False),
    Kind.ABSTRACT: ("abstract", "import_abstract", True),
}


def import_sources(
    paths: Iterable[str], read_prose: ReadProse, *, stdin: BinaryIO | None = None
) -> Iterator[Trial | Skipped]:
    """Answer the trials of these files, folders and `-`, in order, and what is of no use.

    Raises InputError for a path that is missing.
    """
    paths = list(paths)
    check_paths(paths)
    for path in paths:
        folder = path != STDIN and Path(path).is_dir()
        for source in sources([path], stdin=stdin):
            if isinstance(source, Skipped):
                yield source
            else:
                prose = not folder or source.name.endswith(".txt")
                yield from import_source(source, read_prose, prose=prose)


def import_source(
    source: Source, read_prose: ReadProse, *, prose: bool = True
) -> Iterator[Trial | Skipped]:
    """Answer the trials of one stream, whatever its kind; what cannot be read comes as Skipped.

    `prose` False tells that mere prose is no abstract: a folder's README, say.
    """
    try:
        head, whole = peek(source)
        with closing(whole.open()):
            kind = kind_of(head)
            if kind is Kind.ABSTRACT and not prose:
                yield Skipped(source.name, "is mere prose; an abstract is to end in .txt")
            elif kind is None:
                yield Skipped(source.name, describe(head))
            else:
                yield from _run(kind, whole, read_prose)
    except ClaimcheckError as error:
        yield Skipped(source.name, _reason(error, source.name))
    except RecursionError:
        yield Skipped(source.name, "is nested too deeply")
    except MemoryError:
        yield Skipped(source.name, "is too large for this machine's memory")


def _run(kind: Kind, source: Source, read_prose: ReadProse) -> Iterator[Trial | Skipped]:
    module, name, prose = _IMPORTERS[kind]
    try:
        importer = getattr(import_module(f"{__name__}.{module}"), name)
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{module}":
            raise
        yield Skipped(source.name, f"this release cannot import: {kind.value}")
        return
    yield from importer(source, read_prose) if prose else importer(source)


def _reason(error: ClaimcheckError, name: str) -> str:
    """Say what went wrong without the name of the source, which is said beside it."""
    return " ".join(str(error).replace(f"{name}: ", "").replace(f"{name}:", "line ").split())
