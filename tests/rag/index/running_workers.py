"""Build with workers, to be killed from outside. Run by test_kill_workers.py: INDEX ROOT EMBEDDER WORKERS."""

from __future__ import annotations

import sys

from models import load_embedder
from rag.errors import RagError
from rag.index.build import build_index
from rag.index.crew.workers import Workers

index, root, embedder, workers = sys.argv[1:]
print("ready", flush=True)
try:
    report = build_index([root], index, embedder=load_embedder(embedder), workers=Workers.named(workers))
except RagError as error:
    print(error)
    sys.exit(7 if error.cure else 1)
print(*report.skipped)
