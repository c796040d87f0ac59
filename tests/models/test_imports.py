"""The ground floor loads heavy libraries only when a model is used."""

from __future__ import annotations

HEAVY = ("torch", "sentence_transformers", "transformers", "llama_cpp", "faiss", "gradio", "jinja2")

LOADED = f"import sys; print([name for name in {HEAVY!r} if name in sys.modules])"


def test_importing_models_loads_nothing_heavy(run_python):
    done = run_python("import models;" + LOADED)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_identity_and_token_counts_need_no_torch(run_python):
    done = run_python(
        "from models import load_embedder, load_llm\n"
        "e = load_embedder(); assert e.info.dimension == 384; assert e.count_tokens(['Peace talks'])[0] == 4\n"
        "l = load_llm(); assert l.name\n" + LOADED
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['jinja2']"


def test_an_llm_says_nothing_on_its_own(run_python):
    done = run_python(
        "from models import load_llm, Message\n"
        "llm = load_llm()\n"
        "assert ''.join(llm.stream([Message('user', 'Say hello.')], max_tokens=4))\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
