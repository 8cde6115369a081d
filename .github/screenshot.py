"""Draws the README's screenshot from a real run: python .github/screenshot.py."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 88
ARGS = ("check", "tests/cases/sample.md", "--quiet")
OPTIONS = ("--exit-zero", "--no-cache", "--isolated", "--color=always", f"--width={WIDTH}")

run = subprocess.run(  # noqa: S603  (our own program)
    [sys.executable, "-m", "claimcheck", *ARGS, *OPTIONS],
    cwd=ROOT,
    capture_output=True,
    check=True,
    text=True,
    encoding="utf-8",
)
console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
console.print(Text.from_ansi(f"$ claimcheck {' '.join(ARGS)}\n\n{run.stdout}"))
svg = console.export_svg(title="claimcheck", unique_id="claimcheck")
# Rich asks a server for its font; a picture asks nobody for anything.
svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
lines = (line.rstrip() for line in svg.splitlines())
(ROOT / ".github" / "screenshot.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")
