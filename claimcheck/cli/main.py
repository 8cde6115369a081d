"""The way in, and the one place where errors become exit codes."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING

from claimcheck import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.config import OutputFormat

PASSED, FOUND, WRONG, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and answer its exit code; it never raises.

    0: nothing at or above the gate's level; 1: findings; 2: usage, settings, or a file that cannot
    be read; 3: a bug; 130: interrupted.
    """
    args = list(sys.argv[1:] if argv is None else argv)
    # Before anything is imported: scripts ask for it, and wait.
    if args in (["--version"], ["-V"]):
        sys.stdout.write(f"claimcheck {__version__}\n")
        return PASSED
    try:
        return _answer(args)
    except KeyboardInterrupt:
        sys.stderr.write("claimcheck: interrupted; no file was left half written\n")
        return INTERRUPTED


def _answer(args: list[str]) -> int:
    """Give the answer that is kept where nothing has changed, else work it out."""
    if args[:1] != ["check"]:
        return _run(args)
    from claimcheck.cli import answered, out  # noqa: PLC0415  (other commands need it not)

    request = answered.request_of(args)
    if request is None:
        return _run(args)
    code = answered.fetch(request)
    if code is None:
        before = answered.digest_of(request)
        with out.recorded() as tape:
            code = _run(args)
        answered.store(request, tape, code, before)
    return code


def _run(args: list[str]) -> int:
    import gc  # noqa: PLC0415  (a kept answer needs neither)

    from claimcheck.collecting import collecting_seldom  # noqa: PLC0415

    with collecting_seldom():
        code = _command(args)
        gc.freeze()  # the process ends: what is left need not be looked through for rubbish
        return code


def _command(args: list[str]) -> int:
    import typer  # noqa: PLC0415  (see above)

    from claimcheck.cli import app, streams  # noqa: PLC0415
    from claimcheck.errors import ClaimcheckError  # noqa: PLC0415

    # typer brings a click of its own, whose errors have no public name.
    usage_error = typer.BadParameter.__mro__[2]
    debug, args = _take_debug(args)
    try:
        wanted = args[0] if args and args[0] in app.NAMES else None
        answer = app.command(wanted).main(args, prog_name="claimcheck", standalone_mode=False)
    except ClaimcheckError as error:
        streams.print_error([error], form=_form(args))
    except typer.Abort:
        raise KeyboardInterrupt from None
    except BrokenPipeError:
        return PASSED
    except Exception as error:
        if isinstance(error, usage_error):
            return _misused(error, args)
        if debug:
            raise
        streams.warn(f"a bug in claimcheck: {type(error).__name__}: {error}")
        streams.warn("please report it, with what --debug in the same command shows")
        return BUG
    else:
        if answer == INTERRUPTED:  # so newer releases of typer say it
            raise KeyboardInterrupt
        return answer if isinstance(answer, int) else PASSED
    return WRONG


def _misused(error: Exception, args: list[str]) -> int:
    from claimcheck.cli import streams  # noqa: PLC0415
    from claimcheck.errors import ConfigError  # noqa: PLC0415

    message = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "claimcheck"
    message = message.replace(": Value error, ", ": ")  # pydantic's, on an enum
    meant = _meant(args) if where == "claimcheck" else ""
    told = ConfigError(f"{message or 'a command is missing'}\n{meant}Try '{where} --help'.")
    streams.print_error([told], form=_form(args))
    return WRONG


def _meant(args: list[str]) -> str:
    """Answer the command that somebody may have meant who named none that exists."""
    import os  # noqa: PLC0415
    import shlex  # noqa: PLC0415

    if not args:
        return "To check a draft: claimcheck check draft.md\n"
    if os.path.lexists(args[0]):
        return f"To check it: claimcheck check {shlex.quote(args[0])}\n"
    return ""


def _take_debug(args: list[str]) -> tuple[bool, list[str]]:
    end = args.index("--") if "--" in args else len(args)
    kept = [arg for arg in args[:end] if arg != "--debug"]
    return len(kept) < end, [*kept, *args[end:]]


def _form(args: list[str]) -> OutputFormat:
    """Answer in which form to tell of what went wrong before any setting was read."""
    from claimcheck.config import OutputFormat  # noqa: PLC0415

    wanted = {
        *(value for arg, value in pairwise(args) if arg in {"--format", "-f"}),
        *(arg.partition("=")[2] for arg in args if arg.startswith("--format=")),
        *(arg[2:] for arg in args if arg.startswith("-f")),
    }
    forms = (form for form in (OutputFormat.JSON, OutputFormat.JSONL) if form in wanted)
    return next(forms, OutputFormat.TABLE)


if __name__ == "__main__":
    sys.exit(main())
