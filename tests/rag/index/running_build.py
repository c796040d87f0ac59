"""Rebuild an index the ordinary way, with its child process, to be killed from outside. Run by test_kill.py."""

from __future__ import annotations

import sys

from tiny_embedder import TinyEmbedder

from rag.errors import RagError
from rag.index.build import build_index

index, root = sys.argv[1:3]
print("ready", flush=True)
try:
    build_index([root], index, embedder=TinyEmbedder())
except RagError as error:
    print(error.problem)
    sys.exit(7 if error.cure else 1)
