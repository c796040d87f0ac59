"""The doors of an assistant on a free loopback port, and the letters that most tests ask."""

from __future__ import annotations

from running import running

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


def behind(assistant, access=None, *, principals=None, **how):
    """The doors of an assistant on a free port; yields their address."""
    from ui.api.app import create_api
    from ui.web.principals import Principals

    known = principals or (Principals(access) if access else None)
    return running(create_api(assistant, principals=known, **how))
