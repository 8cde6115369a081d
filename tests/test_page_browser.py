"""The page in a real browser: clicks, keys, filters, printing, accessibility, and no way in."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from claimcheck import documents
from claimcheck.config import OutputFormat
from claimcheck.model.document import Format, Span
from claimcheck.model.report import DocumentReport, Report
from claimcheck.reports import View, render
from tests.report_factory import (
    KNEE,
    TOOL,
    claim,
    document,
    empty,
    knee,
    overstated,
    report,
    supported,
    suppressed,
    tea,
)

pytestmark = pytest.mark.browser
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 400, "height": 800}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOSTILE = """# <script>window.hacked = 1</script>

Turmeric <img src=x onerror="window.hacked = 1"> eases pain.

</div></main><script>window.hacked = 1</script><a href="javascript:window.hacked=1">x</a>

<svg onload="window.hacked = 1"></svg> {{ 7 * 7 }} <style>body { display: none }</style>
"""


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (this test's alone)

    assert CHROMIUM, "these tests need chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        # In a container everyone is root, for whom Chromium knows no sandbox.
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Open a report's page; what it says on the console or asks of the network fails the test."""

    @contextmanager
    def visit(of, *, size=WIDE, fragment="", **options):
        file = tmp_path / "report.html"
        file.write_bytes(render(of, OutputFormat.HTML, View()).encode())
        context = browser.new_context(viewport=size, **options)
        page = context.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri() + fragment)
        yield page
        assert said == []
        assert [url for url in asked if not url.startswith(file.as_uri())] == []
        context.close()

    return visit


def opened(page):
    return page.locator(".card > details[open]").evaluate_all(
        "all => all.map(one => one.parentElement.dataset.number)"
    )


def shown(page):
    return page.locator(".card:visible").evaluate_all("all => all.map(one => one.dataset.number)")


def marked(page):
    return page.locator("mark:not(.off)").evaluate_all("all => all.map(one => one.dataset.claims)")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_a_click_on_a_claim_opens_its_evidence(visit):
    with visit(report(knee())) as page:
        page.locator("mark.contradicted").click()
        assert opened(page) == ["2"]
        card = page.locator(".card[data-number='2']")
        assert card.get_by_text("Orlova 2019", exact=True).is_visible()
        assert page.locator("mark.on").inner_text() == "Turmeric sharpened walking"
        page.locator("mark.supported").click()
        assert opened(page) == ["3"]


def test_a_click_on_a_claim_in_the_list_shows_its_place_in_the_draft(visit):
    source = document("Nothing here. " * 900 + "Turmeric eases pain.")
    one = overstated(claim(source, "Turmeric eases pain"))
    with visit(Report(TOOL, (DocumentReport(source, (one,)),))) as page:
        page.locator(".card summary").first.click()
        box = page.locator("mark").bounding_box()
        assert 0 <= box["y"] <= 800
        page.locator(".card summary").first.click()
        assert opened(page) == []


def test_two_claims_on_the_same_words_open_in_turn(visit):
    source = document("Turmeric eases pain and sleep.")
    both = [claim(source, "Turmeric eases pain and sleep")] * 2
    with visit(
        Report(TOOL, (DocumentReport(source, (overstated(both[0]), supported(both[1]))),))
    ) as page:
        page.locator("mark").click()
        assert opened(page) == ["1"]
        page.locator("mark").click()
        assert opened(page) == ["2"]


def test_the_findings_are_read_by_keyboard_alone(visit):
    with visit(report(knee())) as page:
        press(page, "j")
        assert opened(page) == ["1"]
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        press(page, "n", "j")
        assert opened(page) == ["3"]
        press(page, "k", "p", "p")
        assert opened(page) == ["1"]
        assert page.locator("#position").inner_text() == "1 / 7"
        press(page, "o")
        assert page.evaluate("document.activeElement.id") == "at-1"
        press(page, "Enter")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        press(page, "Tab", "Tab")
        assert page.evaluate("document.activeElement.href").startswith("https://pubmed.ncbi")
        press(page, "Escape")
        assert opened(page) == []


def test_every_control_is_reached_by_tab(visit):
    with visit(report(knee())) as page:
        reached = set()
        for _ in range(60):
            press(page, "Tab")
            reached.add(page.evaluate("document.activeElement.id"))
        assert {"previous", "next", "hide", "find", "sort"} <= reached


def test_keys_do_nothing_while_one_types_or_when_switched_off(visit):
    with visit(report(knee())) as page:
        press(page, "/")
        page.keyboard.type("jskin")
        assert page.locator("#find").input_value() == "jskin"
        assert opened(page) == []
        press(page, "Escape")
        assert page.locator("#find").input_value() == ""
        assert len(shown(page)) == 7
        page.locator(".keys summary").click()
        page.locator("#keys").uncheck()
        press(page, "j", "s")
        assert opened(page) == []
        assert len(shown(page)) == 7


def test_filters_hide_claims_and_their_marks(visit):
    with visit(report(knee())) as page:
        page.locator("label.overstated").click()
        assert shown(page) == ["1", "5"]
        assert marked(page) == ["1", "5"]
        press(page, "j", "j")
        assert opened(page) == ["5"]
        page.locator("label:has(input[name=kind][value=''])").click()
        page.locator("#hide").check()
        assert shown(page) == ["1", "2", "4", "5", "6", "7"]
        page.locator("#find").fill("SKIN")
        assert shown(page) == ["7"]
        page.locator("#find").fill("no such words")
        assert shown(page) == []
        page.locator("#all").click()
        assert len(shown(page)) == 7
        press(page, "s")
        assert page.locator("#hide").is_checked()
        page.locator(".tallies a").filter(has_text="1 supported").click()
        assert shown(page) == ["3"]
        assert not page.locator("#hide").is_checked()


def test_one_goes_on_from_the_place_of_a_claim_that_is_hidden(visit):
    with visit(report(knee())) as page:
        press(page, "j", "j", "j")
        assert opened(page) == ["3"]
        press(page, "s")
        assert "3" not in shown(page)
        press(page, "j")
        assert opened(page)[-1] == "4"
        press(page, "s", "k", "s", "k")
        assert opened(page)[-1] == "2"


def test_the_list_is_sorted_as_wished(visit):
    with visit(report(knee())) as page:
        page.locator("#sort").select_option("worst")
        assert shown(page)[:3] == ["2", "1", "5"]
        press(page, "Tab", "j")
        assert opened(page) == ["2"]
        page.locator("#sort").select_option("study")
        assert shown(page)[:3] == ["1", "2", "3"]
        page.locator("#sort").select_option("draft")
        assert shown(page) == list("1234567")


def test_the_words_of_a_claim_its_rule_and_reason_are_searched_and_no_evidence(visit):
    with visit(report(knee())) as page:
        for words, numbers in {
            "energy": ["6"],
            "turmeric → walking": ["2"],
            "CC201": ["2"],
            "primary outcome showed": ["1", "5"],
            "Walking Comfort Index": [],
        }.items():
            page.locator("#find").fill(words)
            assert (words, shown(page)) == (words, numbers)


def test_the_first_step_gives_the_list_the_whole_height(visit):
    with visit(report(knee()), size={"width": 1280, "height": 900}) as page:
        press(page, "j")
        assert page.evaluate("scrollY") == page.locator("main").evaluate("one => one.offsetTop")
        for one in (".card.current .verdict", ".card.current .result", "mark.on"):
            box = page.locator(one).first.bounding_box()
            assert box["y"] >= 0, one
            assert box["y"] + box["height"] <= 900, one


def test_the_number_of_a_claim_stays_on_the_line_of_its_last_word(visit):
    words = "Turmeric eases pain " * 40
    source = document(words)
    spans = [Span(at, at + 19) for at in range(0, len(words), 20)]
    base = claim(source, "Turmeric eases pain")
    verdicts = tuple(overstated(replace(base, span=span, sentence=span)) for span in spans)
    for width in (390, 1280):
        size = {"width": width, "height": 800}
        with visit(Report(TOOL, (DocumentReport(source, verdicts),)), size=size) as page:
            torn = page.locator("sup").evaluate_all(
                "all => all.filter(one => {"
                " const before = [...one.previousSibling.getClientRects()].pop();"
                " return one.getBoundingClientRect().left < before.right - 4; }).length"
            )
            assert torn == 0


def test_a_link_to_a_claim_opens_it(visit):
    with visit(report(knee()), fragment="#claim-4") as page:
        assert opened(page) == ["4"]
        page.locator(".covered a[data-claim='6']").click()
        assert opened(page) == ["6"]
        page.locator(".body:visible a[data-back]").click()
        assert page.evaluate("document.activeElement.id") == "at-6"


def test_suppressed_claims_are_filtered_as_such_and_keep_their_reason(visit):
    with visit(suppressed()) as page:
        assert page.locator("label.overstated").count() == 0
        page.locator("label.suppressed").click()
        assert shown(page) == ["1"]
        press(page, "j")
        assert page.locator("mark.on").evaluate("one => one.className") == "suppressed on"
        assert page.get_by_text("Suppressed in the draft: a quote, told as such").is_visible()


def test_it_works_without_scripts(visit):
    with visit(report(knee()), java_script_enabled=False) as page:
        assert page.locator("#tools").is_hidden()
        page.locator(".card summary").first.click()
        assert page.locator("#claim-1").is_visible()
        page.locator("#at-3").click()
        assert page.locator("#claim-3").is_visible()


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML, Format.TEXT])
def test_a_hostile_draft_does_nothing(visit, form):
    source = documents.read_text(HOSTILE, name="<script>window.hacked=1</script>", format=form)
    base = claim(document("Turmeric eases pain."), "Turmeric eases pain")
    verdicts = tuple(
        overstated(replace(base, span=block.span, sentence=block.span)) for block in source.blocks
    )
    with visit(Report(TOOL, (DocumentReport(source, verdicts),))) as page:
        press(page, "j", "j", "o", "s", "Escape")
        assert page.evaluate("window.hacked") is None
        assert page.locator("script").count() == 1
        assert page.locator("style").count() == 1
        assert page.locator("img, iframe, a[href^=javascript]").count() == 0
        assert page.locator("h1").is_visible()


def test_the_policy_stops_what_would_get_in_all_the_same(browser, tmp_path):
    text = render(report(), OutputFormat.HTML, View())
    added = '<script>window.hacked = 1</script><img src="https://evil.example/x.png">'
    (tmp_path / "tampered.html").write_text(text.replace("<main>", f"{added}<main>"), "utf-8")
    page = browser.new_page()
    blocked = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto((tmp_path / "tampered.html").as_uri())
    assert page.evaluate("window.hacked") is None
    assert len([one for one in blocked if "Content Security Policy" in one]) == 2
    page.close()


REPORTS = {
    "findings": report(knee()),
    "several": report(knee(), tea()),
    "none": empty(),
    "suppressed": suppressed(),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("of", REPORTS.values(), ids=REPORTS)
def test_no_accessibility_rule_is_broken(visit, of, size, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  (this test's alone)

    with visit(of, size=size, color_scheme=scheme) as page:
        for key in ("", "j", "o"):
            if key:
                press(page, key)
            # A page whose policy lets in no foreign script is tested from outside it.
            found = Axe().run(page).response
            wrong = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
            assert wrong == []
            assert "color-contrast" in {one["id"] for one in found["passes"]}


@pytest.mark.parametrize("width", [320, 400, 640, 1024, 1280, 1920])
def test_nothing_is_cut_off_at_any_width_or_zoom(visit, width):
    source = document(f"{'endless' * 60} turmeric eases pain{'!' * 300}", name="name" * 60)
    endless = DocumentReport(source, (overstated(claim(source, source.text)),))
    with visit(report(knee(), tea(), endless), size={"width": width, "height": 800}) as page:
        press(page, "k", "Home", "j")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".card.current .figures").first.is_visible()


def test_a_screen_reader_meets_things_in_their_order(visit):
    with visit(report(knee())) as page:
        heard = page.locator("body").aria_snapshot()
    order = [
        'heading "draft.md" [level=1]',
        "4 claims",
        'heading "Draft" [level=2]',
        "Turmeric: relief at last?",
        'link "Claim 1, overstated"',
        'heading "Claims" [level=2]',
        'heading "What was covered" [level=2]',
    ]
    places = [heard.find(words) for words in order if words != "4 claims"]
    assert -1 not in places, heard
    assert places == sorted(places)


def test_everything_is_printed_and_no_controls(visit):
    with visit(report(knee())) as page:
        page.emulate_media(media="print")
        assert page.locator("#tools").is_hidden()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.get_by_text("Say that the trial missed its primary outcome").first.is_visible()
        assert page.get_by_text("Evidence: as for claim 1.").is_visible()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert opened(page) == []
        assert page.pdf().startswith(b"%PDF")


def test_light_and_dark_are_those_of_the_reader(visit):
    seen = {}
    for scheme in ("light", "dark"):
        with visit(report(knee()), color_scheme=scheme) as page:
            seen[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert seen == {"light": "rgb(253, 252, 250)", "dark": "rgb(22, 24, 27)"}


def test_the_draft_reads_as_it_was_written(visit):
    with visit(report(knee())) as page:
        words = page.locator("article").evaluate(
            "one => { for (const no of one.querySelectorAll('sup, .vh')) no.remove();"
            " return one.textContent; }"
        )
    assert "".join(words.split()) == "".join(KNEE.split())


FIGURES = """all => all.flatMap(cell => {
  const found = [];
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    for (const match of node.data.matchAll(/[−<.\\d]+/g)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      if (range.getClientRects().length > 1) found.push(match[0]);
    }
  return found;
})"""


@pytest.mark.parametrize("width", [320, 640, 1024, 1280, 1366])
def test_no_number_is_broken_at_the_end_of_a_line(visit, width):
    with visit(report(knee()), size={"width": width, "height": 900}, fragment="#claim-1") as page:
        cells = page.locator(".card.current .figures")
        assert "(95% CI −0.32 to 0.12), p 0.40" in cells.first.inner_text().replace("\n", " ")
        assert cells.evaluate_all(FIGURES) == []


def test_a_long_name_of_a_draft_leaves_room_for_what_a_claim_is_about(visit):
    named = tea(name="newsletter-november-2026-second-draft-after-comments-of-the-board.txt")
    with visit(report(knee(), named)) as page:
        card = page.locator(".card").last
        assert card.get_by_text(named.document.name).is_visible()
        about = card.locator(".about")
        assert about.inner_text() == "Turmeric → pain"
        assert about.evaluate("one => one.scrollWidth <= one.clientWidth")
