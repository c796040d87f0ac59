"""The doors of an assistant on a free loopback port, and the letters that most tests ask."""

from __future__ import annotations

import threading
from contextlib import contextmanager

LETTERS = {
    "storm.txt": (
        "A storm hit Tarnmouth on 3 May 2024. Forty boats sank in the harbour. “It was awful,” said Ada Brandt, the harbour "
        "master. The cost of the repairs is not yet known. The mayor declined to comment on the insurance."
    ),
    "minutes.txt": (
        "Minutes of the council of Tarnmouth, 10 May 2024. The council agreed to repair the north pier for 40,000 euros. "
        "The council did not discuss the lighthouse. Mr Hale will write to the ministry by Friday."
    ),
    "sub/ferry.txt": "The ferry did not sail on Sunday. It will sail again on 12 May 2024, said Jon Pike, the captain.",
}
KEY = "the-key"


@contextmanager
def behind(assistant, access=None):
    """The doors of an assistant on a free port; yields their address."""
    from ui.api.app import create_api
    from ui.web.serving import server

    running = server(create_api(assistant, access=access))
    running.config.port, running.config.timeout_graceful_shutdown = 0, 1
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        thread.join(0.02)
        assert thread.is_alive(), "the server ended before it had started"
    try:
        yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join(5)
