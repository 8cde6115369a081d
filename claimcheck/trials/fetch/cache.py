"""What has been fetched lately, on disk: an answer by the question that it answers."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.trials.fetch.services import Request

# Records change, and articles are retracted: a week is as long as an answer is believed.
FRESH_SECONDS = 7 * 24 * 3600


class Cache:
    """Answers in a folder, which need not exist; `refresh` finds nothing, and keeps what comes."""

    def __init__(self, folder: Path, *, refresh: bool = False) -> None:
        self._folder = folder
        self._refresh = refresh

    def find(self, request: Request) -> bytes | None:
        """Answer what was kept, or None where there is nothing fresh."""
        path = self._path(request)
        with suppress(OSError):
            if not self._refresh and 0 <= time.time() - path.stat().st_mtime < FRESH_SECONDS:
                return path.read_bytes()
        return None

    def keep(self, request: Request, data: bytes) -> None:
        """Keep an answer; a cache that cannot be written costs only time."""
        path = self._path(request)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def _path(self, request: Request) -> Path:
        # Contact and key are left out: they change nothing in the answer, and a key is a secret.
        question = json.dumps([request.service.url, request.path, request.params])
        digest = hashlib.sha256(question.encode()).hexdigest()[:24]
        name = re.sub(r"[^A-Za-z0-9]+", "-", request.about)[:60]
        return self._folder / f"{name}-{digest}{request.suffix}"
