"""Serve the doors for programs until it is interrupted: `unsaid serve`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.offline import go_offline
from ui.web.access import Access
from ui.web.origin import LOOPBACK
from ui.web.peer import can_tell
from ui.web.serving import ended_by_signals, hosts_of, listen, run

if TYPE_CHECKING:
    from rag.assistant import Assistant


def serve(
    assistant: Assistant, *, host: str, port: int, allowed_hosts: Sequence[str] = (), say: Callable[[str], None]
) -> None:
    """Serve `/api/v1` and `/v1`.

    Args:
        assistant: what answers and keeps the articles.
        host: the address to bind; another than loopback is warned of, as with the page.
        port: the first port to try; a busy one is said and the next is taken.
        allowed_hosts: further names and addresses that it answers to.
        say: told what the person should know, one line each.

    Raises:
        RagError: the host cannot be served safely, or no port is free.
    """
    go_offline()
    hosts = hosts_of(host, allowed_hosts, say)
    access = Access()
    from ui.api.app import create_api

    with ended_by_signals(), listen(host, port, say) as listening:
        url = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
        say(f"Unsaid answers programs at {url}/api/v1 and, in OpenAI's way, at {url}/v1 (Ctrl+C ends it)")
        known = host in LOOPBACK and can_tell()
        say(f"{'From a container, or where it asks for one, the' if known else 'The'} key is {access.key}")
        run(create_api(assistant, hosts=hosts, access=access), listening)
