"""Whatever stands in a title, a text, a file name, a question or a model's words is shown, never obeyed."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hostile_strings import STRINGS
from lxml import html as parser
from markdown_it import MarkdownIt
from scripted import Rebuild, Scripted, absent, quoted

from rag import Assistant
from rag.answering.compose import escaped, marked
from rag.corpus.values import (
    ArticleMentions,
    Cell,
    Coverage,
    Ledger,
    Mention,
    Mentions,
    Overview,
    Row,
    Unsaid,
)
from rag.types import (
    Answered,
    Citation,
    Claim,
    Document,
    Draft,
    Evidence,
    Listed,
    Near,
    Note,
    Progress,
    Retrieved,
    Searched,
    Span,
)
from ui import answers, export, render
from ui.beside import beside
from ui.page import articles, coverage_view, left_view, pane, scope, sources_view, talks_view, welcome
from ui.page.conversation import Conversation
from ui.page.keeping import kept
from ui.page.marks import Left
from ui.page.shelf import Talk, name_of
from ui.page.sight import Seen
from ui.page.turn import Turn

OURS = (
    "#un-earlier, #un-current, #un-pane, #un-report, #un-listing, #un-status, #un-peek, #un-live, #un-asking, "
    "#un-coverage, #un-coverage-cell, #un-cover-pane, #un-left-list, #un-left-pane, #un-glance, #un-talks, #un-talks-head"
)
FOUND = f"""() => [...document.querySelectorAll('{OURS}')].flatMap(box => [...box.querySelectorAll('*')]).filter(e =>
    ['SCRIPT','STYLE','IFRAME','IMG','VIDEO','AUDIO','FORM','A','LINK','OBJECT','EMBED','BASE','META','H1'].includes(e.tagName)
    || (e.tagName === 'INPUT' && !e.matches('.un-seek-words, .un-talk-name')) || getComputedStyle(e).position === 'fixed'
    || [...e.attributes].some(a => a.name.startsWith('on'))
).map(e => e.outerHTML.slice(0, 80))"""
TAGS = set(
    "div p span q button ul li h2 strong mark section details summary table thead tbody tr th td pre article".split()
)
TAGS |= {"header", "progress", "h3", "small", "input", "u"}
ATTRIBUTES = set(
    "class data-ref data-refs data-n data-stage data-turn data-act data-active data-order data-source".split()
)
ATTRIBUTES |= set("data-what data-step data-only data-back data-remove dir id hidden role scope tabindex type".split())
ATTRIBUTES |= set("aria-label aria-describedby max value title data-cell".split())
ATTRIBUTES |= set(
    "aria-checked aria-level aria-live aria-pressed autocomplete placeholder colspan data-all data-date".split()
)
ATTRIBUTES |= set("data-talk data-talk-open data-talk-rename data-talk-delete data-history data-page maxlength".split())
ATTRIBUTES |= set("aria-expanded aria-controls aria-current open".split())
ATTRIBUTES |= set(
    "data-doubles data-file data-left data-open data-place data-tick data-title data-topic data-underline".split()
)


def check(tab):
    assert tab.page.evaluate("window.__hit") is None
    assert tab.page.evaluate(FOUND) == []
    assert tab.page.url.rstrip("/") == tab.url


def cites(text: str) -> Citation:
    return Citation(1, text, text, text, 0, len(text), 0.9)


AT = "2025-03-02T10:00:00+00:00"


def kept_of(text: str) -> dict:
    return kept(Conversation.of([Turn(0, text, None, "settled", answer=quoted(text, (cites(text),)))]))


def sided(text: str):
    """Two documents that differ."""
    body, cited = escaped(text), (cites(text), replace(cites(text), n=2))
    claims = [
        Claim(f"{when}: {marked(text)} [{n}]", (n,), "quoted", "stated")
        for n, when in ((1, f"As of {body}"), (2, "Earlier, x"))
    ]
    return replace(quoted(text, cited), claims=tuple(claims))


def rowed(text: str):
    """A row of a table and its head."""
    bare = " ".join(text.replace("|", "/").split())
    row, head = f"| {bare} | 2 |", f"| {bare} | b |"
    spans = (Span(40, 40 + len(row)), Span(0, len(head)))
    cited = (
        Citation(1, text, text, row, 40, 40 + len(row), 0.9, None, spans),
        Citation(2, text, text, head, 0, len(head), 0.9),
    )
    return quoted(text, cited, text=f"{marked(row)} [1] {marked(head)} [2]")


def rendered(text: str) -> dict[str, str]:
    """Every piece of HTML that the server makes out of words that are not its own."""
    cited, near = cites(text), Near(text, text, 0, len(text), 0.5)
    body = text.replace("[", "\\[")  # as rag escapes brackets that are the source's own
    settled = quoted(text, (cited,), text=f"{body} [1]")
    drafted = replace(settled, claims=(Claim(body, (1,), "supported", "denied"),), model=text)
    turn = Turn(0, text, (text, "b.txt"), "settled", citations=(cited,), answer=settled)
    rebuilding = articles.Rebuilding()
    rebuilding.note(Progress("reading", 1, 2, text, 3))
    rebuilding.note(Progress("embedding", 1, 1, text, 3))
    row = Row(text, (text,), (Cell(text, "said", 1), Cell("b.txt", "absent", 0)))
    spoken = ArticleMentions(text, 1, (Mention(text, 0, len(text), "exact"),))
    searched = Searched(2, 4, 1)
    left = Unsaid(text, text, text, 0, len(text), "declined", Span(0, min(3, len(text))), text, text)
    return {
        "coverage": coverage_view.table(Coverage((text, "b.txt"), (row,), True, searched)),
        "the cell's article": coverage_view.opened(
            Mentions(text, (text,), (spoken,), (), (), searched), text, lambda s: Document(s, text, text, text, "0")
        ),
        "the first sight": welcome.html(
            Seen(Overview(1, 2, ((text, 3),), text, text, 0, (text,), (left,)), (text,)), empty=False
        ),
        "a cell": coverage_view.sentences(Mentions(text, (text,), (spoken,), ("b.txt",), (), searched), text),
        "an empty cell": coverage_view.sentences(Mentions(text, (), (), (text,), (near,), searched), text),
        "what is left open": left_view.lines(Ledger((left,), searched), filtered=False),
        "its article": left_view.opened((left,), "o-0", lambda s: Document(s, text, text, text, "0")) or "",
        "a turn": str(turn.html(last=True)),
        "a draft": str(answers.draft(text)) + str(answers.evidence((cited,), 0)),
        "a model's claim": str(answers.answer(drafted, 0)),
        "an absence": str(answers.answer(absent(text, [near], term=text), 0)),
        "an error": str(render.problem(text, text)) + str(render.status(text)) + str(render.notice(text)),
        "an article": pane.pane(list(turn.places()), "t0-c1", lambda s: Document(s, text, text, text, "0")),
        "a changed article": pane.pane(list(turn.places()), "t0-c1", lambda s: Document(s, "", text, text, "0")),
        "conversations": talks_view.listing((Talk("0" * 12, name_of(text) or "x", AT, kept_of(text)),), "0" * 12),
        "how many": talks_view.head((Talk("0" * 12, name_of(text) or "x", AT, kept_of(text)),), "0" * 12),
        "sides": str(beside(sided(text), 0)),
        "a table": str(answers.answer(rowed(text), 0)),
        "a list": sources_view.listing(
            [Listed(text, text, text, 3, text, (Note(text, True),), text), Listed("b/b.txt", None, None, 1)],
            [(text, text)],
            [text],
        ),
        "what is asked": scope.line([text], [Listed(text, text, None, 1)]),
        "a question of names": articles.doubles([text]),
        "an article to read": pane.reading(
            text,
            lambda s: Document(s, f"{text}\n\n| {text} | b |\n|---|---|\n| 1 | 2 |", text, text, "0"),
            lambda _: [Left(0, min(4, len(text)), text)],
        )
        or "",
        "a rebuild": rebuilding.html(),
    }


@pytest.mark.parametrize("number", range(0, 200, 50))
def test_no_piece_of_html_holds_anything_that_is_not_ours(number):
    for text in STRINGS[number : number + 50]:
        for place, markup in rendered(text).items():
            for element in parser.fragment_fromstring(markup, create_parent="div").iter():
                assert element.tag in TAGS or re.fullmatch("un-list-[0-9a-f]{8}", element.tag), (place, text)
                assert set(element.keys()) <= ATTRIBUTES, (place, text, element.keys())
            shown = " ".join(parser.fragment_fromstring(markup, create_parent="div").text_content().split())
            words = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
            if place == "an error":
                assert words in " ".join("".join(c for c in shown if c.isprintable() or c.isspace()).split()), text


@pytest.mark.parametrize("text", STRINGS[::5])
def test_what_is_saved_as_markdown_is_text_and_nothing_else(text):
    saved = export.as_markdown([quoted(text, (cites(text),), text=text.replace("[", "\\[") + " [1]")])
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(saved)
    kinds = {t.type for token in tokens for t in (token, *(token.children or ()))}
    assert kinds <= {
        *(f"{name}_{end}" for name in ("heading", "paragraph", "bullet_list", "list_item", "blockquote", "strong")
          for end in ("open", "close")),
        *("inline", "text", "text_special"),
    }  # fmt: skip
    shown = [
        "".join(t.content for t in token.children if t.type in ("text", "text_special"))
        for token in tokens
        if token.type == "inline"
    ]
    assert shown[0] == " ".join(text.split()), "the question stands there as it was asked"
    assert shown[-1] == " ".join(text.split()), "and so does the quote"
    assert json.loads(export.as_json([quoted(text, ())]))[0]["question"] == text


@pytest.fixture
def library():
    """One article for each string: that string is its name, its title, and what it says."""
    documents = {f"{n:03} {text}": f"{text}\n\nA second sentence. {text}" for n, text in enumerate(STRINGS)}
    return Scripted(documents, titles={name: STRINGS[n] for n, name in enumerate(documents)})


def exchange(tab, library, number: int) -> None:
    """A question, its draft, its quote, its article; then an absence. All of them are one string."""
    text, name = STRINGS[number], list(library.documents)[number]
    cited = Citation(1, name, text, text, 0, len(text), 0.9)
    settled = quoted(text, (cited,), text=text.replace("[", "\\[") + " [1]")
    turns = [
        [Retrieved(()), Evidence((cited,)), Draft(text), Answered(settled)],
        [Evidence(()), Answered(absent(text, [Near(name, text, 0, len(text), 0.5)], term=text))],
    ]
    for events in turns:
        library.script = lambda q, h, s, events=events: iter(events)
        before = tab.page.locator("#un-current .un-turn").get_attribute("data-turn")
        tab.ask(text, stage=None)
        tab.page.wait_for_function(
            "before => { const t = document.querySelector('#un-current .un-turn');"
            "return t && t.dataset.stage === 'settled' && t.dataset.turn !== before; }",
            arg=before,
        )
        check(tab)
    tab.page.locator("#un-current .un-open").click()
    tab.page.locator("#un-pane .un-current-mark").first.wait_for()
    cite = tab.page.locator("#un-earlier .un-turn").last.locator(".un-answer .un-cite")
    assert cite.count() == 1, "a literal [1] is no citation"
    cite.hover()
    tab.page.locator("#un-peek.un-open").wait_for()
    check(tab)
    cite.click()
    tab.page.locator("#un-pane [data-refs].un-current-mark").first.wait_for()
    check(tab)


@pytest.mark.parametrize("numbers", [range(0, 200, 23)])
def test_a_sample_of_strings_in_every_place(serve, visit, library, numbers):
    _walk(visit(serve(library)), library, numbers)


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, 200, 20))
def test_every_string_in_every_place(serve, visit, library, first):
    _walk(visit(serve(library)), library, range(first, first + 20))


def _walk(tab, library, numbers) -> None:
    for count, number in enumerate(numbers):
        exchange(tab, library, number) if count else _first(tab, library, number)


def _first(tab, library, number: int) -> None:
    """The lists of articles, then the first question, which no turn precedes."""
    tab.page.locator("#un-listing [data-tick]").first.click()
    tab.page.locator("#un-asking .un-chip").wait_for()
    check(tab)
    tab.page.get_by_role("button", name="Ask all articles").click()
    tab.page.locator("#un-asking .un-chip").wait_for(state="detached")
    rows, seen = tab.page.locator("#un-listing li[data-place]"), set()
    for _ in range(100):  # all of the list goes by
        seen |= set(rows.evaluate_all("rows => rows.map(row => row.dataset.place)"))
        check(tab)
        if len(seen) == len(STRINGS):
            break
        tab.page.locator("#un-listing").evaluate("e => { e.scrollTop += 900; }")
        tab.page.evaluate("new Promise(requestAnimationFrame)")
    assert len(seen) == len(STRINGS)
    tab.page.get_by_role("tab", name="Ask").click()
    library.script = library.first_sentences
    tab.ask("Hello?", stage=None)
    tab.page.locator("#un-current .un-turn").wait_for()
    exchange(tab, library, number)


def test_file_names_reasons_and_progress(serve, visit):
    name, reasons = "<img src=x onerror=window.__hit=8>${window.__hit=9}.txt", " | ".join(STRINGS[::7])
    rebuild = Rebuild(skipped=((name, reasons),), paused=True)
    tab = visit(serve(Scripted({name: reasons}, titles={name: reasons}, rebuild=rebuild)))
    tab.page.locator("#un-files input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": reasons.encode()}
    )
    assert rebuild.started.wait(10)
    tab.page.locator("#un-report progress").wait_for()
    check(tab)
    rebuild.go.set()
    tab.page.locator("#un-report .un-skipped").wait_for()
    assert STRINGS[0] in tab.page.locator("#un-report").inner_text()
    check(tab)


def test_real_files_of_hostile_names_and_words(serve, visit, tmp_path):
    tab = visit(serve(Assistant(tmp_path / "index")))
    tab.page.locator("#un-status").get_by_text("No articles yet").wait_for(timeout=60_000)
    some = STRINGS[::9]
    tab.page.locator("#un-files input[type=file]").set_input_files(
        [
            {
                "name": f"{n:02}{text.replace('/', '∕')[:60]}.{'html' if n % 3 == 0 else 'md' if n % 3 == 1 else 'txt'}",
                "mimeType": "text/plain",
                "buffer": f"# {text}\n\nStorms came to Oslo, it says. {text}\n\nNobody spoke of sanctions. {text}".encode(),
            }
            for n, text in enumerate(some)
        ]
    )
    tab.page.locator("#un-report .un-notice, #un-report .un-good, #un-report p").get_by_text("added").first.wait_for(
        timeout=60_000
    )
    tab.page.locator("#un-listing li").first.wait_for(timeout=60_000)
    check(tab)
    assert tab.page.locator("#un-listing li[data-place]").count() > len(some) // 2
    tab.page.get_by_role("tab", name="Ask").click()
    for question in ("Where did storms come to?", f"Who is {some[3]}?"):
        tab.ask(question, stage=None)
        tab.wait("settled", timeout=60_000)
        check(tab)
    tab.page.get_by_role("tab", name="Coverage").click()
    tab.page.locator("#un-topics textarea, #un-topics input").first.fill(f"storms, {some[1].replace(',', ' ')}")
    tab.page.locator("#un-cover-show").click()
    tab.page.locator(".un-cover table").wait_for()
    tab.page.locator(".un-cover-key").wait_for()
    tab.page.locator(".un-cover button").first.click()
    tab.page.locator("#un-coverage-cell h3").wait_for()
    check(tab)
    tab.page.get_by_role("tab", name="Left open").click()
    tab.page.locator("#un-left-list [role=status]").wait_for()
    check(tab)


def test_a_ref_of_nowhere_opens_nothing(serve, visit):
    tab = visit(serve(Scripted({"a.txt": "One. Two."})))
    tab.ask("Anything?")
    before = tab.page.locator("#un-pane").inner_text()
    tab.page.evaluate(
        """() => { const b = document.createElement('button'); b.dataset.ref = '../../etc/passwd"]';
        document.querySelector('#un-current .un-turn').append(b); b.click(); }"""
    )
    tab.page.wait_for_timeout(300)
    check(tab)
    assert tab.page.locator("#un-pane").inner_text() == before


def test_offsets_outside_the_article_are_not_marked(serve, visit):
    assistant = Scripted({"a.txt": "Short."})
    wrong = Citation(1, "a.txt", None, "Never said.", 2, 9_000, 0.9)
    assistant.script = lambda q, h, s: iter([Evidence((wrong,)), Answered(quoted(q, (wrong,)))])
    tab = visit(serve(assistant))
    tab.ask("Anything?")
    assert tab.page.locator("#un-pane .un-text").text_content() == "Short."
    assert tab.page.locator("#un-pane mark").count() == 0
    assert "it no longer says: Never said." in tab.page.locator("#un-pane").inner_text()
