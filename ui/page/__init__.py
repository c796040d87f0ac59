"""The page in the browser: Gradio Blocks around `Assistant.stream`."""

from __future__ import annotations

from ui.offline import go_offline

go_offline()  # before any module of this package imports gradio
