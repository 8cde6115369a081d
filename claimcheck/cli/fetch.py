"""`claimcheck trials fetch`: studies from ClinicalTrials.gov and PubMed, by their numbers."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import engine, streams
from claimcheck.cli.drafts import collect
from claimcheck.config import Resolver, command_line
from claimcheck.errors import ClaimcheckError, ConfigError, FetchError, InputError, Location
from claimcheck.paths import cache_dir
from claimcheck.reports.words import clean
from claimcheck.trials.fetch.cache import Cache
from claimcheck.trials.fetch.ids import missing, read_id
from claimcheck.trials.fetch.services import EUTILS_URL, REGISTRY_URL, Services
from claimcheck.trials.fetch.studies import Fetched, fetch, find_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.trials.fetch.client import Client
    from claimcheck.trials.fetch.ids import Wanted
    from claimcheck.trials.index import TrialIndex

EXAMPLES = """\b
Examples:
  claimcheck trials fetch NCT00067236 32633662 --into evidence/
  claimcheck trials fetch --cited draft.md --into evidence/
  claimcheck trials fetch --cited draft.md --dry-run
"""


def fetch_trials(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="NCT numbers, PMIDs, PMCIDs or DOIs."),
    ] = None,
    *,
    cited: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DRAFT", help="What this draft cites and your records lack; repeatable."
        ),
    ] = None,
    into: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write what comes.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent to whom, and send nothing.")
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask again for what was fetched within a week.")
    ] = False,
    corpus: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="Records of your own; repeatable."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file of settings to use first.")
    ] = None,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Use no file of settings but --config.")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0.1, max=3600, help="The longest silence to bear."),
    ] = 30.0,
    registry_url: Annotated[
        str,
        typer.Option(
            metavar="URL", envvar="CLAIMCHECK_REGISTRY_URL", help="A mirror of the registry's API."
        ),
    ] = REGISTRY_URL,
    eutils_url: Annotated[
        str,
        typer.Option(
            metavar="URL", envvar="CLAIMCHECK_EUTILS_URL", help="A mirror of NCBI's E-utilities."
        ),
    ] = EUTILS_URL,
) -> None:
    """Fetch studies from ClinicalTrials.gov and PubMed; only their numbers are sent.

    What is sent to whom is said before it is sent. The setting 'contact' names the e-mail address
    that the services are told; NCBI_API_KEY in the environment is sent to NCBI.
    """
    if not ids and not cited:
        raise ConfigError("nothing to fetch: name NCT numbers or PMIDs, or --cited DRAFT")
    options = command_line({"corpus": tuple(corpus or ())}, cwd=Path.cwd())
    resolver = Resolver(options, config=config, isolated=isolated)
    services = Services.of(
        registry_url=registry_url,
        eutils_url=eutils_url,
        contact=resolver.settings_for(Path()).contact,
        api_key=os.environ.get("NCBI_API_KEY") or None,
    )
    problems: list[ClaimcheckError] = []
    wanted = [*_named(ids or [], problems), *_cited(cited or [], resolver, problems)]
    cache = Cache(cache_dir() / "fetch", refresh=refresh)
    kept = {one: find_kept(one, services, cache) for one in dict.fromkeys(wanted)}
    asked = [one for one, found in kept.items() if found is None]
    if dry_run:
        _announce(services, asked, "would send")
        if not asked:
            streams.warn("would send nothing")
    elif wanted:
        folder = _folder(into)
        client = _client(services, cache, timeout) if asked else None
        _announce(services, asked, "sends")
        for got in _all(kept, services, client):
            if isinstance(got, FetchError):
                problems.append(got)
            else:
                _write(got, folder)
    streams.print_error(problems)
    raise typer.Exit(2 if problems else 0)


def _named(ids: list[str], problems: list[ClaimcheckError]) -> Iterator[Wanted]:
    for text in ids:
        try:
            yield read_id(text)
        except FetchError as problem:
            problems.append(problem)


def _cited(
    paths: list[str], resolver: Resolver, problems: list[ClaimcheckError]
) -> Iterator[Wanted]:
    from claimcheck.trials.store import load_index  # noqa: PLC0415  (only this needs it)

    collected = collect(paths, resolver, stdin_filename=None)
    problems += collected.problems
    indexes: dict[tuple[Path, ...], TrialIndex] = {}
    for draft in collected.drafts:
        try:
            document = engine.read(draft)
            _, folders = engine.sources_of(draft.settings)
            if folders not in indexes:
                indexes[folders] = load_index(*folders)
            wanted, cannot = missing(document.citations, indexes[folders])
        except ClaimcheckError as problem:
            problems.append(problem)
            continue
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems.append(InputError(f"cannot be read: {reason}", location=Location(draft.name)))
            continue
        for number in cannot:
            streams.warn(f"{draft.name}: cites {number}, a registry that is not fetched from")
        if not wanted:
            about = "only studies that you have" if document.citations else "no study by its number"
            streams.warn(f"{draft.name}: cites {about}; nothing to fetch")
        yield from wanted


def _announce(services: Services, wanted: list[Wanted], verb: str) -> None:
    for line in services.announce(wanted):
        streams.warn(clean(f"{verb} {line}"))


def _client(services: Services, cache: Cache, timeout: float) -> Client:
    try:
        from claimcheck.trials.fetch.client import Client  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0].startswith("claimcheck"):
            raise
        raise ConfigError(
            f"fetching needs {error.name}, which is not installed: pip install 'claimcheck[fetch]'"
        ) from error
    return Client(user_agent=services.user_agent, cache=cache, timeout=timeout, tell=streams.warn)


def _all(
    kept: dict[Wanted, Fetched | None], services: Services, client: Client | None
) -> Iterator[Fetched | FetchError]:
    yield from (found for found in kept.values() if found is not None)
    if client is not None:
        try:
            yield from fetch((one for one in kept if kept[one] is None), services, client.ask)
        finally:
            client.close()


def _folder(into: Path | None) -> Path:
    if into is None:
        raise ConfigError("nowhere to write what comes: name a folder with --into DIR")
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot be made: {error.strerror}"
        raise InputError(message, location=Location(str(into))) from error
    return into


def _write(got: Fetched, folder: Path) -> None:
    path = folder / got.name
    try:
        handle, name = tempfile.mkstemp(prefix=f".{got.name}.", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(got.data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise InputError(message, location=Location(str(path))) from error
    source = "had it from the cache" if got.kept else "fetched"
    streams.print_text(f"{source} {clean(got.wanted.name)}: {clean(path.as_posix())}\n")
