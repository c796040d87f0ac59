"""A reply whose stream had closed before it: the page fetches it by itself."""

from __future__ import annotations

from scripted import Scripted

CLOSED = 'data: {"msg": "close_stream"}\n\n'


def test_replies_that_no_stream_brings_arrive_by_themselves(serve, chromium):
    """Gradio's stream closes once nothing is pending; what was joined meanwhile waits until something else is asked."""
    url = serve(Scripted({"a.txt": "One. Two."}))
    context = chromium.new_context()
    page = context.new_page()
    held, joined = [], []

    def hold(route):
        route.continue_() if held and held[0] is None else held.append(route)

    page.route("**/queue/data*", hold)
    page.on(
        "response", lambda r: joined.append(r) if r.url.endswith("/queue/join") or "/queue/join?" in r.url else None
    )
    page.goto(url)
    page.locator("#un-question textarea").wait_for()
    for _ in range(600):
        if len(joined) >= 4 and held:
            break
        page.wait_for_timeout(100)
    first, held[:] = held[0], [None]
    first.fulfill(status=200, headers={"content-type": "text/event-stream"}, body=CLOSED)
    page.locator("#un-glance .un-sum").wait_for(timeout=60_000)
    page.locator("#un-listing .un-count").wait_for(timeout=60_000)
    context.close()


def test_a_question_of_which_no_stream_brings_anything_is_answered(serve, chromium):
    """Its stream is closed before the first sign of it: there is no turn yet whose reply could be seen to be missing."""
    url = serve(Scripted({"a.txt": "One. Two."}))
    context = chromium.new_context()
    page = context.new_page()
    streams, closed = set(), []
    page.on("request", lambda r: streams.add(r) if "/queue/data" in r.url else None)
    page.on("requestfinished", lambda r: streams.discard(r))
    page.goto(url)
    page.locator("#un-glance .un-sum").wait_for(timeout=60_000)
    page.locator("#un-listing .un-count").wait_for(timeout=60_000)
    for _ in range(300):  # until what loading asked for has come
        if not streams:
            break
        page.wait_for_timeout(100)

    def close(route):
        if closed:
            route.continue_()
        else:
            closed.append(route)
            route.fulfill(status=200, headers={"content-type": "text/event-stream"}, body=CLOSED)

    page.route("**/queue/data*", close)
    page.locator("#un-question textarea").fill("One?")
    page.locator("#un-ask").click()
    page.locator('#un-current .un-turn[data-stage="settled"]').wait_for(timeout=30_000)
    assert closed
    context.close()
