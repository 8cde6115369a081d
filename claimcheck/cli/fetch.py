"""`claimcheck trials fetch`: studies from ClinicalTrials.gov and PubMed, by their numbers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import engine, fetched, reading, streams
from claimcheck.cli.drafts import collect
from claimcheck.cli.extras import how_to_install
from claimcheck.cli.options import (  # noqa: TC001  (typer reads them)
    ConfigOption,
    IntoOption,
    IsolatedOption,
)
from claimcheck.config import Resolver, command_line
from claimcheck.errors import ClaimcheckError, ConfigError, FetchError, InputError, Location
from claimcheck.paths import cache_dir, data_dir
from claimcheck.reports.words import clean
from claimcheck.trials.fetch.cache import Cache
from claimcheck.trials.fetch.ids import missing, read_id
from claimcheck.trials.fetch.services import EUTILS_URL, REGISTRY_URL, Services
from claimcheck.trials.fetch.studies import Fetched, fetch, find_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.trials.combined import Evidence
    from claimcheck.trials.fetch.client import Client
    from claimcheck.trials.fetch.ids import Wanted

EXAMPLES = """\b
Examples:
  claimcheck trials fetch NCT00067236 "PMID 32633662"
  claimcheck trials fetch --cited draft.md --dry-run
  claimcheck trials fetch --cited draft.md --into evidence/
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
    into: IntoOption = None,
    raw: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write what comes there as files, and import nothing."),
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
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
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
    """Fetch studies from ClinicalTrials.gov and PubMed into your evidence.

    Only their numbers are sent, nothing of a draft; what is sent to whom is said before. The
    setting 'contact' names the e-mail address that the services are told; NCBI_API_KEY in the
    environment is sent to NCBI.
    """
    if not ids and not cited:
        raise ConfigError("nothing to fetch: name NCT numbers or PMIDs, or --cited DRAFT")
    if into is not None and raw is not None:
        raise ConfigError("--into imports and --raw does not: name one of them")
    options = command_line({"corpus": tuple(corpus or ())}, cwd=Path.cwd())
    resolver = Resolver(options, config=config, isolated=isolated)
    settings = resolver.settings_for(Path())
    services = Services.of(
        registry_url=registry_url,
        eutils_url=eutils_url,
        contact=settings.contact,
        api_key=os.environ.get("NCBI_API_KEY") or None,
    )
    problems: list[ClaimcheckError] = []
    folder = into if into is not None else data_dir()
    wanted = [*_named(ids or [], problems), *_cited(cited or [], resolver, folder, problems)]
    cache = Cache(cache_dir() / "fetch", refresh=refresh)
    kept = {one: find_kept(one, services, cache) for one in dict.fromkeys(wanted)}
    asked = [one for one, found in kept.items() if found is None]
    if dry_run:
        _announce(services, asked, "would send")
        if not asked:
            streams.warn("would send nothing")
    elif wanted:
        place = fetched.make_folder(raw if raw is not None else folder)
        client = _client(services, cache, timeout) if asked else None
        _announce(services, asked, "sends")
        coming = _coming(kept, services, client, problems)
        if raw is not None:
            fetched.write_all(coming, place)
        else:
            problems += fetched.import_all(coming, place, settings)
    streams.print_error(problems)
    raise typer.Exit(2 if problems else 0)


def _named(ids: list[str], problems: list[ClaimcheckError]) -> Iterator[Wanted]:
    for text in ids:
        try:
            yield read_id(text)
        except FetchError as problem:
            problems.append(problem)


def _cited(
    paths: list[str], resolver: Resolver, into: Path, problems: list[ClaimcheckError]
) -> Iterator[Wanted]:
    from claimcheck.trials.evidence import load_evidence  # noqa: PLC0415  (only this needs it)

    collected = collect(paths, resolver, stdin_filename=None)
    problems += collected.problems
    indexes: dict[tuple[Path, ...], Evidence] = {}
    for draft in collected.drafts:
        try:
            document = reading.read(draft)
            _, folders = engine.sources_of(draft.settings)
            if folders not in indexes:
                indexes[folders] = load_evidence(*folders, imported=(data_dir(), into))
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
            f"fetching needs {error.name}, which is not installed: "
            + how_to_install("fetch", "httpx")
        ) from error
    return Client(user_agent=services.user_agent, cache=cache, timeout=timeout, tell=streams.warn)


def _coming(
    kept: dict[Wanted, Fetched | None],
    services: Services,
    client: Client | None,
    problems: list[ClaimcheckError],
) -> Iterator[Fetched]:
    """Yield what the cache holds, then what comes; what does not come is one of `problems`."""
    yield from (found for found in kept.values() if found is not None)
    if client is None:
        return
    try:
        for got in fetch((one for one in kept if kept[one] is None), services, client.ask):
            if isinstance(got, FetchError):
                problems.append(got)
            else:
                yield got
    finally:
        client.close()
