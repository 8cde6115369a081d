"""`claimcheck watch`: the table of a draft, drawn again whenever it is saved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import known, streams
from claimcheck.cli.drafts import STDIN, SUFFIXES, collect
from claimcheck.cli.engine import Against
from claimcheck.cli.extras import how_to_install
from claimcheck.cli.options import (  # noqa: TC001  (typer reads them)
    BaselineOption,
    ColorOption,
    ConfigOption,
    IsolatedOption,
    QuietOption,
    RulesOption,
    VerboseOption,
    WidthOption,
)
from claimcheck.cli.printing import output_view, print_report
from claimcheck.config import FILE_NAME, OutputFormat, Resolver, command_line
from claimcheck.errors import ClaimcheckError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from claimcheck.cli.drafts import Collected

EXAMPLES = """\b
Examples:
  claimcheck watch draft.md
  claimcheck watch drafts/ --quiet
  claimcheck watch draft.docx --corpus my-trials

Ctrl-C ends it.
"""
_LOOK_EVERY = 100  # milliseconds
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def watch(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATHS", help="Drafts, folders and globs.", show_default=False),
    ] = None,
    *,
    corpus: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="Trial records of your own; repeatable."),
    ] = None,
    rules: RulesOption = None,
    baseline: BaselineOption = None,
    verbose: VerboseOption = None,
    quiet: QuietOption = None,
    color: ColorOption = None,
    width: WidthOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
) -> None:
    """Check drafts, and again whenever one of them is saved. Needs the extra "watch"."""
    if not paths:
        raise ConfigError("nothing to watch: name a draft, as in 'claimcheck watch draft.md'")
    if STDIN in paths:
        raise ConfigError("standard input cannot be watched; name a file")
    options = {
        "format": OutputFormat.TABLE,
        "corpus": tuple(corpus or ()),
        "rules": tuple(rules or ()),
        "baseline": str(baseline) if baseline is not None else None,
        "verbose": verbose,
        "quiet": quiet,
        "color": color,
        "width": width,
    }
    try:
        _watch(paths, options, config=config, isolated=isolated)
    except KeyboardInterrupt:
        # The one way out, so no failure; the next prompt starts on a line of its own.
        streams.print_text("\n")


def _watch(
    paths: list[str], options: Mapping[str, object], *, config: Path | None, isolated: bool
) -> None:
    wait = _waiter()

    def collected() -> tuple[Collected, Resolver]:
        # Settings are read anew each time: they are saved while one watches, too.
        layer = command_line(options, cwd=Path.cwd())
        resolver = Resolver(layer, config=config, isolated=isolated)
        return collect(paths, resolver, stdin_filename=None), resolver

    found, _ = collected()
    if found.problems:
        raise found.problems[0]
    folders = frozenset(Path(path).resolve() for path in paths if Path(path).is_dir())
    files = frozenset(draft.path.resolve() for draft in found.drafts if draft.path is not None)
    drawn = False
    # Many editors save a draft by putting another file in its place: its folder tells of that. The
    # first table waits for the first answer, an empty one, so that no save is missed meanwhile.
    for saved in wait(
        *(folders | {file.parent for file in files}),
        watch_filter=lambda _, name: _matters(Path(name), files, folders),
        recursive=bool(folders),
        raise_interrupt=True,
        yield_on_timeout=True,
        rust_timeout=_LOOK_EVERY,
    ):
        if drawn and not saved:
            continue
        try:
            _draw(*collected(), again=drawn)
        except ClaimcheckError as error:
            if not drawn:
                raise
            streams.print_error([error])
        drawn = True


def _matters(path: Path, files: frozenset[Path], folders: frozenset[Path]) -> bool:
    if path in files or path.name == FILE_NAME:
        return True
    is_draft = path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))
    return is_draft and any(path.is_relative_to(folder) for folder in folders)


def _waiter() -> Callable[..., Iterator[AbstractSet[object]]]:
    try:
        from watchfiles import watch as wait  # noqa: PLC0415  (an extra)
    except ImportError:
        raise ConfigError(
            "watching needs watchfiles, which is not installed: "
            + how_to_install("watch", "watchfiles")
        ) from None
    return wait


def _draw(found: Collected, resolver: Resolver, *, again: bool) -> None:
    from claimcheck.cli import engine  # noqa: PLC0415  (what it loads takes a second)

    fallback = resolver.settings_for(Path())
    settings = found.drafts[0].settings if found.drafts else fallback
    problems = list(found.problems)
    baselines = known.read([fallback, *(draft.settings for draft in found.drafts)])
    checked = engine.run(found.drafts, problems, fallback=fallback, against=Against())
    checked = known.hold(checked, baselines)
    if sys.stdout.isatty():
        streams.print_text(_CLEAR)
    elif again:
        streams.print_text("\n")
    print_report(checked.report, settings, output_view(settings, problems, checked.rules))
    streams.print_error(problems)
