"""Our own records, in YAML, JSON or JSON Lines, as streams."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from claimcheck.errors import CorpusError, InputError, Location
from claimcheck.model.imported import Skipped
from claimcheck.trials.marked import Marked, to_trial
from claimcheck.trials.source import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.imported import Source
    from claimcheck.model.trial import Trial

MAX_BYTES = 5 * 1024**2  # of one record, or of one file that is no JSON Lines


def import_record(source: Source) -> Iterator[Trial | Skipped]:
    """Answer the trials of a record, of a list of records, or of one record a line."""
    stream = source.open()
    first = stream.readline(MAX_BYTES + 1)
    if _is_whole(first):
        for number, line in enumerate(_lines(first, stream), start=1):
            if line.strip():
                yield _from_line(line, f"{source.name}:{number}")
        return
    data = first + stream.read(MAX_BYTES + 1 - len(first))
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024**2} MB, too large for a trial record"
        raise InputError(message, location=Location(source.name))
    for marked in _marked(decode(data, source.name), source.name).records():
        try:
            yield to_trial(marked)
        except CorpusError as error:
            yield Skipped(source.name, _reason(error, source.name))


def _lines(first: bytes, stream: Any) -> Iterator[bytes]:  # noqa: ANN401  (BinaryIO and its kin)
    line = first
    while line:
        yield line
        line = stream.readline(MAX_BYTES + 1)


def _is_whole(line: bytes) -> bool:
    """Tell whether a first line is a record by itself, as in JSON Lines."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _from_line(line: bytes, name: str) -> Trial | Skipped:
    if len(line) > MAX_BYTES:
        return Skipped(name, f"is longer than {MAX_BYTES // 1024**2} MB")
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
        return to_trial(Marked(value))
    except CorpusError as error:
        return Skipped(name, _reason(error, name))
    except UnicodeDecodeError:
        return Skipped(name, "is not UTF-8 text")
    except RecursionError:
        return Skipped(name, "is nested too deeply")
    except ValueError as error:
        return Skipped(name, f"is not JSON: {error}")


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a finite number")


def _marked(text: str, name: str) -> Marked:
    # yaml stays unloaded where records come as lines of JSON
    from claimcheck.trials.store import parse_marked  # noqa: PLC0415

    return parse_marked(text, Path(name), as_json=text.lstrip()[:1] in {"{", "["})


def _reason(error: CorpusError, name: str) -> str:
    return " ".join(str(error).replace(f"{name}: ", "").split())
