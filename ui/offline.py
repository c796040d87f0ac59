"""Keep the libraries quiet: no analytics, no version check, no model hub. Must run before they are imported."""

from __future__ import annotations

import os

_SWITCHES = {
    "GRADIO_ANALYTICS_ENABLED": "False",  # only this, set before the import, stops every look-up at start
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def go_offline() -> None:
    """Set the environment variables that switch off everything that would leave this machine."""
    os.environ.update(_SWITCHES)
