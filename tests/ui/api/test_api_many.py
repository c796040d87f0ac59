"""Several processes behind one address, by the example in deploy/: whoever asks always meets the same one."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from behind_doors import behind
from test_api_proxy import NAME, PATH, needs_nginx, through_nginx  # noqa: F401 — the last one is a fixture
from test_api_queue import Slow

from ui.web.place import place_of
from ui.web.principals import Principals
from ui.web.tokens import Tokens

PEOPLE = [f"p{n}" for n in range(16)]


@pytest.fixture
def doors():
    """None but those that the test opens."""


@needs_nginx
def test_each_person_has_a_process(tmp_path, through_nginx):  # noqa: F811
    tokens = Tokens(tmp_path / "tokens.json")
    place = place_of("127.0.0.1", public_url=f"https://{NAME}", root_path=PATH)
    with ExitStack() as second, ExitStack() as first:
        both = [Slow(), Slow()]
        addresses = []
        for slow, stack in zip(both, (first, second), strict=True):
            slow.gate.set()
            opened = behind(slow, principals=Principals(None, tokens), place=place)
            addresses.append(stack.enter_context(opened).removeprefix("http://"))
        client = through_nginx("nginx-many.conf", {f"unsaid-{n}:7870": at for n, at in enumerate(addresses, start=1)})
        shown = {who: {"host": NAME, "authorization": f"Bearer {tokens.add(who, 'read')}"} for who in PEOPLE}

        def ask(who: str) -> int:
            return client.post("/api/v1/ask", json={"question": who}, headers=shown[who]).status_code

        assert {ask(who) for who in PEOPLE for _ in range(3)} == {200}
        met = [{who: slow.asked.count(who) for who in PEOPLE if who in slow.asked} for slow in both]
        assert all(met) and not set(met[0]) & set(met[1])
        assert set(met[0].values()) | set(met[1].values()) == {3}
        first.close()  # that process is gone: the other has its people, too
        assert {ask(who) for who in PEOPLE} == {200}
        assert set(both[1].asked) == set(PEOPLE)
