"""A run of `claimcheck check`, once its options are read: from drafts to an exit code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimcheck.cli import known, streams
from claimcheck.cli.gate import coverage_gap, has_findings
from claimcheck.cli.jobs import Judging
from claimcheck.cli.printing import SHOWN_IN, Shown, output_view, print_report
from claimcheck.cli.targets import check_targets
from claimcheck.config import OutputFormat
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.model.coverage import Coverage
from claimcheck.model.report import NoticeKind
from claimcheck.model.verdict import Level
from claimcheck.reports import render_parts
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from pathlib import Path

    from claimcheck.cli.annotate import Copies
    from claimcheck.cli.drafts import Collected, Draft
    from claimcheck.cli.engine import Against, Checked
    from claimcheck.config import Settings
    from claimcheck.model.report import Notice

PASSED, FOUND, WRONG = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is asked for beyond the settings."""

    against: Against
    outputs: tuple[tuple[OutputFormat, Path], ...]
    copies: Copies
    write_baseline: bool = False
    diff: str | None = None
    shown: Shown = Shown.REPORT
    judging: Judging = field(default_factory=Judging)


def run(collected: Collected, wanted: Wanted, fallback: Settings) -> int:
    """Check what was collected, tell what was found, and answer the exit code.

    `fallback` holds where there is no draft. Raises ConfigError for a baseline that cannot be used.
    """
    from claimcheck.cli import engine  # noqa: PLC0415  (what it loads takes a second)

    # Where drafts of one run have different settings, the first one decides on the form.
    settings = collected.drafts[0].settings if collected.drafts else fallback
    for name in collected.excluded:
        streams.warn(f"{clean(name)}: left out by the settings (exclude)")
    problems = list(collected.problems)
    baselines = known.read(
        [fallback, *(draft.settings for draft in collected.drafts)], writing=wanted.write_baseline
    )
    _refuse_what_cannot_be(wanted, settings, baselines)
    copies = [target for _, target in wanted.copies.paths.values()]
    outputs = [path for _, path in wanted.outputs]
    check_targets(outputs, collected.drafts, wanted.against, beside=copies)
    changes = None
    if wanted.diff is not None:
        from claimcheck.cli import diff  # noqa: PLC0415  (asks git)

        changes = diff.since(wanted.diff, collected.drafts)
    drafts = changes.drafts if changes is not None else collected.drafts
    try:
        if _is_plain_table(wanted, settings, baselines):
            return _tell_in_pieces(drafts, problems, wanted, settings, fallback)
        checked = engine.run(
            drafts, problems, fallback=fallback, against=wanted.against, judging=wanted.judging
        )
    except ClaimcheckError as error:
        streams.print_error([error], form=settings.format)
        return WRONG
    nothing = _tell_problems(problems, settings, nothing_read=not checked.report.documents)
    if wanted.write_baseline:
        return _write_baselines(checked, baselines, problems)
    checked = known.hold(checked, baselines)
    if wanted.against.paths and wanted.against.alone:
        checked = _by_other_evidence(checked)
    if changes is not None:
        checked = diff.narrowed(checked, changes)
        for name in wanted.copies.paths.keys() - changes.scopes.keys():
            streams.warn(f"{clean(name)} has not changed: no copy was written")
    if not nothing:
        _report(checked, wanted, settings, problems)
    coverage = Coverage.of_documents(checked.report.documents)
    found = has_findings(checked.report, checked.settings)
    return _answer(coverage, settings, problems, found=found)


def _refuse_what_cannot_be(wanted: Wanted, settings: Settings, baselines: known.Baselines) -> None:
    if wanted.write_baseline and wanted.diff is not None:
        raise ConfigError("--write-baseline: a baseline holds all findings; leave out --diff")
    reports = wanted.outputs or wanted.copies.paths or wanted.shown is not Shown.REPORT
    if wanted.write_baseline and reports:
        raise ConfigError(
            "--write-baseline makes no report; leave out --output, --annotate, --gaps and "
            "--statistics"
        )
    if wanted.write_baseline and not baselines:
        raise ConfigError("--write-baseline: name the file to write, as in --baseline known.json")
    if wanted.shown is not Shown.REPORT and settings.format not in SHOWN_IN:
        raise ConfigError(
            f"--{wanted.shown} comes as {', '.join(SHOWN_IN)}; got --format {settings.format}"
        )


def _tell_problems(
    problems: list[ClaimcheckError], settings: Settings, *, nothing_read: bool
) -> bool:
    """Tell what could not be read; answer whether that is all that there is to tell."""
    nothing = bool(problems) and nothing_read
    streams.print_error(problems, form=settings.format if nothing else OutputFormat.TABLE)
    return nothing


def _is_plain_table(wanted: Wanted, settings: Settings, baselines: known.Baselines) -> bool:
    """Tell whether nothing is wanted but a table of what was found, as by far most often."""
    more = wanted.outputs or wanted.copies.paths or wanted.diff is not None or baselines
    by_other_evidence = wanted.against.paths and wanted.against.alone
    table = settings.format is OutputFormat.TABLE and wanted.shown is Shown.REPORT
    return table and not (more or by_other_evidence)


def _tell_in_pieces(
    drafts: list[Draft],
    problems: list[ClaimcheckError],
    wanted: Wanted,
    settings: Settings,
    fallback: Settings,
) -> int:
    """Check, print the table and answer the exit code. Raises what the judging does."""
    from claimcheck.cli import engine, pieces  # noqa: PLC0415  (see above)

    view = output_view(settings, problems, ())
    done = engine.run_telling(
        drafts,
        problems,
        pieces.in_view(view),
        fallback=fallback,
        against=wanted.against,
        judging=wanted.judging,
    )
    coverage = Coverage.total(one.coverage for one in done.told)
    if not _tell_problems(problems, settings, nothing_read=not done.told):
        streams.print_text(pieces.together(done.told, coverage, view, done.tool))
    found = any(one.fails for one in done.told)
    return _answer(coverage, settings, problems, found=found)


def _by_other_evidence(checked: Checked) -> Checked:
    """Answer the same with idle suppressions as notes: by the usual evidence they may be needed."""
    documents = tuple(
        replace(one, notices=tuple(map(_as_note, one.notices))) for one in checked.report.documents
    )
    return replace(checked, report=replace(checked.report, documents=documents))


def _as_note(notice: Notice) -> Notice:
    idle = notice.kind is NoticeKind.UNUSED_SUPPRESSION
    return replace(notice, level=Level.NOTE) if idle else notice


def _write_baselines(
    checked: Checked, baselines: known.Baselines, problems: list[ClaimcheckError]
) -> int:
    if problems:
        streams.warn("the baseline was not written, for not all drafts could be read")
        return WRONG
    known.write(checked, baselines)
    return PASSED


def _report(
    checked: Checked, wanted: Wanted, settings: Settings, problems: list[ClaimcheckError]
) -> None:
    view = output_view(settings, problems, checked.rules)
    print_report(checked.report, settings, view, wanted.shown)
    for form, path in wanted.outputs:
        plain = replace(view, color=False, width=settings.width or streams.PIPED_WIDTH)
        streams.write_file(path, render_parts(checked.report, form, plain))
    unwritten = list(wanted.copies.write(checked.report, view))
    streams.print_error(unwritten)
    problems += unwritten


def _answer(
    coverage: Coverage, settings: Settings, problems: list[ClaimcheckError], *, found: bool
) -> int:
    if gap := coverage_gap(coverage, settings):
        streams.warn(gap)
    if problems:
        return WRONG
    return FOUND if gap or found else PASSED
