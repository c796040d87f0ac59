"""Doors for other programs over HTTP: `/api/v1`, and `/v1` as OpenAI's clients speak it. Rendering only."""
