"""Which results does a stretch of text give in numbers: p-values, intervals, estimates?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.document import Span
from claimcheck.model.trial import PValue, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

_DASHES = "-−–‐‑﹣－"
_DASH = rf"\{_DASHES}"
_NUM = rf"[{_DASH}+]?\s?(?:\d{{1,3}}(?:,\d{{3}})+(?:[.·]\d+)?|\d*[.·]?\d+)"
_UNSIGNED = r"(?:\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d*[.·]?\d+)"
_SEP = rf"(?:\s*(?:,|;|to|through|and)\s*|\s?[{_DASH}]\s?)"
_TIMES = (
    rf"(?:\s?[x×*]\s?10\s?(?:\^|\*\*)?\s?(?P<power>[{_DASH}]\s?\d+)|[eE](?P<exp>[{_DASH}]\d+))?"
)
_P = re.compile(
    r"(?<![A-Za-z])(?:(?:two|one|2|1)-?(?:sided|tailed)\s+)?[pP]\s?[-_]?\s?(?:[vV]alues?)?\s*"
    r"(?:\((?:[^()]{0,30})\)|for\s[\w -]{1,30}?|adj(?:usted)?|trend|int(?:eraction)?)?\s*"
    r"(?P<sign>[=<>≤≥]\s?=?|&[lg]t;|(?:was|of|is)\s+(?:less than|greater than)?"
    r"|less than|greater than|:)"
    rf"\s*(?P<value>0[/,]\d{{1,4}}|{_UNSIGNED}){_TIMES}"
    r"|(?:(?<=[(\[,;])|(?<=;\s)|(?<=,\s)|(?<=[;,]\s\s))\s*(?P<lost>[=<>≤])"
    r"\s?(?P<bare>0?[.·]\d+)(?=\s*[)\],;])"
)
_NS = re.compile(
    r"(?<![A-Za-z])[pP]\s?(?:[-_]?\s?[vV]alue)?\s?[=:]?\s?"
    r"(?:N\.?S\.?|n\.?s\.?|not significant|non-?significant)(?![a-z])"
    r"|[(\[,;]\s?(?:NS|n\.s\.|ns|not significant|non-?significant)\s?[)\],;]"
)
_CI = re.compile(
    r"(?:(?P<level>\d{2}(?:\.\d+)?)\s?%?\s*(?:two-sided\s|one-sided\s)?)?"
    r"(?:\bC\.?I\.?s?\b|\bCrI\b|(?:confidence|credib(?:le|ility)) (?:intervals?|limits?))"
    rf"(?:\s?[\[(](?:95\s?%?\s?)?CI[\])])?[^\d{_DASH}+.]{{0,14}}?"
    rf"(?P<low>{_NUM})\s?(?:%|(?!to\b|and\b|through\b)[a-zA-Z/]{{1,8}})?{_SEP}(?P<high>{_NUM})",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:(?P<hazard>hazards? ratios?|a?HR)|(?P<odds>odds ratios?|a?OR)"
    r"|(?P<risk>relative risks?|risk ratios?|(?:incidence |adjusted )?rate ratios?|a?RR|IRR)"
    r"|(?P<reduction>(?:relative risk reduction|vaccine efficacy|RRR))"
    r"|(?P<difference>(?:weighted |standardi[sz]ed |adjusted |estimated )*"
    r"(?:mean |median |risk |between[- ]group |treatment |absolute |group )*differences?"
    r"|MD|WMD|SMD|treatment effect))"
    r"(?![A-Za-z])"
)
_NAMES = {
    "hazard": ("hazard ratio", Scale.RATIO),
    "odds": ("odds ratio", Scale.RATIO),
    "risk": ("risk ratio", Scale.RATIO),
    "reduction": ("relative risk reduction", Scale.UNKNOWN),
    "difference": ("mean difference", Scale.DIFFERENCE),
}
_SHORT = re.compile(r"^a?(?:HR|OR|RR)$|^(?:IRR|MD|WMD|SMD|RRR)$")
_VALUE = re.compile(
    rf"^(?:(?![pP]\s?[<>=])[^\d{_DASH}+;.%]|(?<=\D)[.](?=\D)|95\s?%\s?C\.?I\.?"
    rf"|95\s?%\s?confidence interval|[{_DASH}](?=[A-Za-z])){{0,45}}?(?<![A-Za-z])(?P<value>{_NUM})"
    r"(?![\d.]*\s?%?\s?(?:CI|confidence)|[\d.]*[\s-]?(?:min|hour|day|week|month|year))"
)
_RANGE = re.compile(
    rf"^\s?[^\d\w{_DASH}]{{0,4}}\s?[(\[,;]\s?(?P<low>{_NUM}){_SEP}(?P<high>{_NUM})(?!\s?%?\s?CI)"
)
_ANY = re.compile(rf"(?<![\w.]){_NUM}(?![\d]|\s?%?\s?(?:CI\b|confidence))")
LOOK_BACK = 70  # code points before an interval in which its estimate stands


@dataclass(frozen=True, slots=True)
class PFigure:
    """A p-value in the text; `value` is None for "not significant"."""

    value: PValue | None
    span: Span


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate and its interval as far as the text gives them."""

    span: Span
    value: float | None = None
    ci: tuple[float, float] | None = None
    ci_level: float = 95.0
    measure: str | None = None
    scale: Scale = Scale.UNKNOWN


def number(text: str) -> float:
    """Answer the value of a number as papers print it: "−0·10", "1,234.5"."""
    plain = text.replace("·", ".").replace(" ", "").replace("\u2009", "").replace("\xa0", "")
    for dash in _DASHES:
        plain = plain.replace(dash, "-")
    return float(plain.replace(",", "").replace("\n", ""))


def p_values(text: str, span: Span) -> tuple[PFigure, ...]:
    """Answer the p-values in text[span], in order; "P = NS" among them."""
    found = [
        PFigure(value, Span(m.start(), m.end()))
        for m in _P.finditer(text, span.start, span.end)
        if (value := _p_value(m)) is not None
    ]
    found += [
        PFigure(None, Span(m.start(), m.end())) for m in _NS.finditer(text, span.start, span.end)
    ]
    return tuple(sorted(found, key=lambda figure: figure.span))


def _p_value(match: re.Match[str]) -> PValue | None:
    shown = match["value"] or match["bare"]
    value = number(f"0.{shown[2:]}" if shown[1:2] in ("/", ",") else shown)
    power = match["power"] or match["exp"]
    if power:
        value *= 10.0 ** number(power)
    if not 0 <= value <= 1:
        return None
    sign = (match["sign"] or match["lost"]).strip()
    if sign[0] in "<≤" or sign == "&lt;" or "less" in sign:
        return PValue(value, "<")
    if sign[0] in ">≥" or sign == "&gt;" or "greater" in sign:
        return PValue(value, ">")
    return PValue(value)


def estimates(text: str, span: Span) -> tuple[Estimate, ...]:
    """Answer the estimates and intervals in text[span], in order."""
    out = list(_intervals(text, span))
    taken = [one.span for one in out]
    for match in _MEASURE.finditer(text, span.start, span.end):
        here = Span(match.start(), match.end())
        if any(here.overlaps(other) for other in taken):
            continue
        if (one := _measured(text, match, span)) and not any(map(one.span.overlaps, taken)):
            out.append(one)
            taken.append(one.span)
    return tuple(sorted(out, key=lambda one: one.span))


def _intervals(text: str, span: Span) -> Iterator[Estimate]:
    begin = span.start
    for match in _CI.finditer(text, span.start, span.end):
        low, high = sorted((number(match["low"]), number(match["high"])))
        level = float(match["level"]) if match["level"] else 95.0
        start = max(begin, match.start() - LOOK_BACK)
        before = text[start : match.start()]
        measures = list(_MEASURE.finditer(before))
        named = measures[-1] if measures else None
        value, at = _nearest(before, named)
        if value is not None and not _plausible(value, low, high):
            value = None
        measure, scale = _named(named, value, low)
        yield Estimate(
            Span(start + at if value is not None else match.start(), match.end()),
            value,
            (low, high),
            level if level > 50 else 95.0,  # noqa: PLR2004  (no interval is so narrow)
            measure,
            scale,
        )
        begin = match.end()


def _nearest(before: str, named: re.Match[str] | None) -> tuple[float | None, int]:
    if named and (match := _VALUE.match(before[named.end() :])):
        return number(match["value"]), named.start()
    found = list(_ANY.finditer(before))
    return (number(found[-1].group()), found[-1].start()) if found else (None, 0)


def _plausible(value: float, low: float, high: float) -> bool:
    """Tell whether a number may be the estimate of the interval: it lies within, sign aside."""
    return low <= value <= high


def _named(
    named: re.Match[str] | None, value: float | None, low: float
) -> tuple[str | None, Scale]:
    if named:
        return next(_NAMES[key] for key, words in named.groupdict().items() if words)
    if low < 0 or (value is not None and value < 0):
        return None, Scale.DIFFERENCE
    return None, Scale.UNKNOWN


def _measured(text: str, match: re.Match[str], span: Span) -> Estimate | None:
    """Read "odds ratio 0.83 (0.56-1.24" and "mean difference was 4.2"."""
    value = _VALUE.match(text[match.end() : span.end])
    if value is None:
        return None
    key = next(key for key, words in match.groupdict().items() if words)
    measure, scale = _NAMES[key]
    end = match.end() + value.end()
    ranged = _RANGE.match(text[end : span.end])
    shown = number(value["value"])
    if ranged:
        low, high = sorted((number(ranged["low"]), number(ranged["high"])))
        if low <= shown <= high:
            whole = Span(match.start(), end + ranged.end())
            return Estimate(whole, shown, (low, high), 95.0, measure, scale)
    if key == "difference" and not _SHORT.match(match.group()) and value.end() > 30:  # noqa: PLR2004
        return None
    return Estimate(Span(match.start(), end), shown, None, 95.0, measure, scale)
