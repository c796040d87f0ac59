"""Which store keeps an index: its address, the consent that it needs, and a folder that remembers it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tiny_embedder import TinyEmbedder

from rag.errors import IndexDamaged, RagError
from rag.index.build import build_index
from rag.index.milvus.address import milvus_address
from rag.index.own import PLACE
from rag.index.stores import choose_store, recipient_of, store_of


@pytest.mark.parametrize(
    ("text", "url", "tenant"),
    [
        ("milvus://127.0.0.1:19530/papers", "http://127.0.0.1:19530", "papers"),
        ("milvus://localhost/a-b_2", "http://localhost:19530", "a-b_2"),
        ("milvus+tls://[::1]:443/papers/", "https://[::1]:443", "papers"),
    ],
)
def test_addresses(text, url, tenant):
    found = milvus_address(text)
    assert (found.url, found.tenant, found.recipient) == (url, tenant, None)
    assert milvus_address(found.text) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "milvus", "milvus://127.0.0.1", "milvus://127.0.0.1/", "milvus://127.0.0.1/Two Words", "milvus://127.0.0.1/a/b",
        'milvus://127.0.0.1/a"b', "http://127.0.0.1/a", "milvus://127.0.0.1:x/a", "milvus:///a", "milvus://127.0.0.1/a#b",
        "milvus://127.0.0.1/a?b=c", "redis://127.0.0.1/a",
    ],
)  # fmt: skip
def test_what_is_no_address(text):
    with pytest.raises(RagError) as error:
        milvus_address(text)
    assert error.value.cure


def test_a_password_in_an_address_is_refused():
    with pytest.raises(RagError, match="password") as error:
        milvus_address("milvus://root:secret@127.0.0.1/papers")
    assert "UNSAID_STORE_KEY" in error.value.cure and "secret" not in str(error.value)


def test_another_machine_needs_consent(tmp_path):
    with pytest.raises(RagError, match="another machine") as error:
        choose_store(tmp_path / "index", "milvus://milvus.example.org/papers")
    assert "--allow-remote" in error.value.cure and not (tmp_path / "index").exists()
    choose_store(tmp_path / "index", "milvus://milvus.example.org/papers", allow_remote=True)
    assert recipient_of(tmp_path / "index") == "milvus.example.org:19530"
    assert recipient_of(tmp_path / "elsewhere") is None


def test_a_folder_remembers_its_store(tmp_path, monkeypatch):
    folder = tmp_path / "index"
    choose_store(folder, "milvus://127.0.0.1/papers")
    assert type(store_of(folder)).__name__ == "MilvusStore"
    choose_store(folder, None)
    choose_store(folder, "milvus://127.0.0.1:19530/papers")  # the same
    with pytest.raises(RagError, match="are kept in milvus://127.0.0.1:19530/papers"):
        choose_store(folder, "milvus://127.0.0.1/others")
    monkeypatch.setenv("UNSAID_STORE", "milvus://127.0.0.1/others")
    choose_store(folder, None)  # what the environment names is for new folders
    assert (folder / PLACE).read_text().startswith("milvus://127.0.0.1:19530/papers\n")
    choose_store(tmp_path / "new", None)
    assert (tmp_path / "new" / PLACE).read_text().startswith("milvus://127.0.0.1:19530/others\n")


def test_an_index_in_files_stays_there(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("A story.")
    build_index([tmp_path / "a.txt"], tmp_path / "index", embedder=TinyEmbedder())
    with pytest.raises(RagError, match="are kept in files"):
        choose_store(tmp_path / "index", "milvus://127.0.0.1/papers")
    monkeypatch.setenv("UNSAID_STORE", "milvus://127.0.0.1/papers")
    assert build_index(index=tmp_path / "index", embedder=TinyEmbedder()).unchanged == ("a.txt",)


@pytest.mark.parametrize("content", [b"", b"milvus://127.0.0.1/papers", b"a b c", b"\xff\xfe"])
def test_a_folder_that_does_not_say_where(tmp_path, content):
    (tmp_path / PLACE).write_bytes(content)
    with pytest.raises(IndexDamaged, match="does not say where") as error:
        store_of(tmp_path)
    assert "--store" in error.value.cure


def test_the_missing_package_is_named_with_its_cure(tmp_path):
    choose_store(tmp_path / "index", "milvus://127.0.0.1/papers")
    code = (
        "import sys; sys.modules['pymilvus'] = None\n"
        "from rag.errors import RagError\nfrom rag.index.reader import Index\nfrom pathlib import Path\n"
        "try: Index.open(Path(sys.argv[1]))\nexcept RagError as error: print(error.cure)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, tmp_path / "index"], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "Install it: pip install 'unsaid[milvus]'"


def test_no_library_of_a_store_is_loaded_without_one():
    code = "import sys, rag, ui.cli, rag.index.reader; print(*(m for m in ('pymilvus', 'grpc') if m in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
