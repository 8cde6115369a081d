"""Asking a service: patiently, not too often, never elsewhere, and never without end."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx

from claimcheck.errors import ConfigError, FetchError
from claimcheck.trials.fetch.answers import Unknown, Unusable, excerpt, says_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claimcheck.trials.fetch.cache import Cache
    from claimcheck.trials.fetch.services import Request, Service

TRIES = 4
FIRST_PAUSE = 0.5  # seconds; twice as long after each further failure
LONGEST_PAUSE = 60.0  # seconds; a service that asks for more is left alone
MOST_BYTES = 100_000_000
_MOST_REDIRECTS = 3
_PASSING = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


@dataclass
class _Trouble(Exception):  # noqa: N818  (becomes a FetchError where the study is known)
    """What went wrong with one try, what the user can do, whether another try may help."""

    what: str
    advice: str = "try again later"
    passing: bool = True
    pause: float = 0.0  # seconds that the service asks for
    unreachable: bool = False


class Client:
    """Asks services, one question after the other; `tell` hears of every pause.

    `timeout` is the longest silence in seconds; a whole answer may take four times as long.
    """

    def __init__(
        self, *, user_agent: str, cache: Cache, timeout: float, tell: Callable[[str], None]
    ) -> None:
        self._cache = cache
        self._timeout = timeout
        self._tell = tell
        self._asked: dict[str, float] = {}
        self._closed: dict[str, float] = {}
        self._unreachable: set[str] = set()
        try:
            self._http = httpx.Client(headers={"User-Agent": user_agent}, timeout=timeout)
        except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
            raise ConfigError(
                f"the proxy or certificates that the environment names cannot be used: {error}"
            ) from error

    def close(self) -> None:
        """Close what connections are open."""
        self._http.close()

    def ask(self, request: Request, check: Callable[[bytes], object]) -> bytes:
        """Answer what the service sends, once `check` has found nothing wrong with it.

        Raises FetchError, which names the study, the service and what to do.
        """
        service = request.service
        self._refuse_closed(request)
        tries = 1 if service.url in self._unreachable else TRIES
        for number in range(1, tries + 1):
            try:
                data = self._try(request, check)
            except Unknown:
                raise _error(request, "has no such study", "look the number up") from None
            except _Trouble as trouble:
                failed = trouble
            else:
                self._cache.keep(request, data)
                return data
            if failed.unreachable:
                self._unreachable.add(service.url)
            pause = max(failed.pause, FIRST_PAUSE * 2 ** (number - 1))
            if failed.pause > LONGEST_PAUSE:
                self._closed[service.url] = time.monotonic() + failed.pause
                self._refuse_closed(request)
            if not failed.passing:
                break
            if number < tries:
                self._tell(
                    f"{request.about}: {service.name} {failed.what}; next try in {pause:g} s"
                )
                time.sleep(pause)
        often = f" ({number} tries)" if number > 1 else ""
        raise _error(request, failed.what + often, failed.advice)

    def _refuse_closed(self, request: Request) -> None:
        rest = self._closed.get(request.service.url, 0.0) - time.monotonic()
        if rest > 0:
            what = f"asks to be left alone for {rest:.0f} s"
            raise _error(request, what, "try again after that")

    def _try(self, request: Request, check: Callable[[bytes], object]) -> bytes:
        self._keep_pace(request.service)
        try:
            data = self._get(request)
            check(data)
        except Unusable as error:
            raise _Trouble(str(error)) from error
        return data

    def _keep_pace(self, service: Service) -> None:
        apart = 1.05 / service.each_second
        early = self._asked.get(service.url, -apart) + apart - time.monotonic()
        if early > 0:
            time.sleep(early)
        self._asked[service.url] = time.monotonic()

    def _get(self, request: Request) -> bytes:
        service = request.service
        with _told(service, self._timeout):
            following: httpx.Request | None = self._http.build_request(
                "GET",
                f"{service.url}/{request.path}",
                params=[*request.params, *service.carried],
            )
            for _ in range(_MOST_REDIRECTS + 1):
                assert following is not None  # noqa: S101  (a redirect has somewhere to lead)
                response = self._http.send(following, stream=True)
                try:
                    if not response.has_redirect_location:
                        return self._body(response, service)
                    following = response.next_request
                finally:
                    response.close()
                _refuse_elsewhere(response.url, following, service)
        raise _Trouble("leads in circles", f"check {service.option}", passing=False)

    def _body(self, response: httpx.Response, service: Service) -> bytes:
        data = bytearray()
        deadline = time.monotonic() + 4 * self._timeout
        for part in response.iter_bytes():
            data += part
            if len(data) > MOST_BYTES:
                what = f"sends more than {MOST_BYTES // 1_000_000} MB"
                raise _Trouble(what, "fetch it by hand and import the file", passing=False)
            if time.monotonic() > deadline:
                raise _Trouble(f"was still sending after {4 * self._timeout:g} s", _SLOW)
        body = bytes(data)
        status = response.status_code
        if status == HTTPStatus.OK:
            return body
        if says_unknown(status, body):
            raise Unknown
        if status in _PASSING:
            pause = _retry_after(response.headers.get("Retry-After"))
            raise _Trouble(f"answered {_status(status)}", pause=pause)
        told = excerpt(body)
        for name, value in service.carried:
            told = told.replace(value, name) if name == "api_key" else told
        what = f"answered {_status(status)}" + (f", “{told}”" if told else "")
        raise _Trouble(what, f"check the number and {service.option}", passing=False)


_SLOW = "try again later, or allow more with --timeout"


@contextmanager
def _told(service: Service, timeout: float) -> Iterator[None]:
    """Say in a user's words what httpx says in its own."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
        reason = str(error) or type(error).__name__
        advice = (
            f"check the network, or name a mirror with {service.option}; "
            "a record that was downloaded goes in by: claimcheck trials import FILE"
        )
        what = f"cannot be reached ({reason})"
        raise _Trouble(what, advice, unreachable=True) from error
    except httpx.TimeoutException as error:
        raise _Trouble(f"said nothing for {timeout:g} s", _SLOW) from error
    except httpx.DecodingError as error:
        raise _Trouble("sent what cannot be unpacked") from error
    except httpx.TransportError as error:
        raise _Trouble("broke off its answer") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _Trouble(f"cannot be asked ({error})", passing=False) from error


def _refuse_elsewhere(here: httpx.URL, following: httpx.Request | None, service: Service) -> None:
    there = following.url if following is not None else here
    upgraded = (here.scheme, there.scheme) == ("http", "https") and there.port is None
    same = (here.scheme, here.port) == (there.scheme, there.port)
    if here.host != there.host or not (same or upgraded):
        target = f"{there.scheme}://{there.netloc.decode('ascii', 'replace')}"
        raise _Trouble(
            f"redirects to {target}, which nobody was told of",
            f"if you trust it, name it with {service.option}",
            passing=False,
        )


def _retry_after(value: str | None) -> float:
    """Answer for how many seconds a service asks to be left alone: a number or a date."""
    text = (value or "").strip()
    if re.fullmatch(r"\d+", text, re.ASCII):
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (aware - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _error(request: Request, what: str, advice: str) -> FetchError:
    service = request.service
    return FetchError(f"{request.about}: {service.name} ({service.host}) {what}; {advice}")
