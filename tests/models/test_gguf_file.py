"""GGUF files as this project reads them, against the library that writes them."""

from __future__ import annotations

import numpy as np
import pytest

from models.gguf_file import GGUFFile
from models.weights import adapter_of, packaged_llm


@pytest.mark.parametrize("path", [packaged_llm(), adapter_of("drafter")], ids=["the model", "an adapter"])
def test_it_reads_what_the_library_reads(path):
    from gguf import GGUFReader, dequantize

    ours, theirs = GGUFFile(path), GGUFReader(path)
    assert ours.names == {t.name for t in theirs.tensors}
    kinds = {}
    for t in theirs.tensors:
        kinds.setdefault((t.tensor_type, t.shape.size), t)
    for t in kinds.values():
        np.testing.assert_array_equal(ours.tensor(t.name), dequantize(t.data, t.tensor_type), err_msg=t.name)
    plain = {n: f.contents() for n, f in theirs.fields.items() if len(f.types) == 1 and not n.startswith("GGUF.")}
    assert {n: v for n, v in ours.values.items() if v is not None} == plain


def test_files_that_are_damaged_are_refused(tmp_path):
    whole = adapter_of("drafter").read_bytes()
    cut = tmp_path / "cut.gguf"
    for length in (3, 20, 24, 300, 2_000, 20_000):
        cut.write_bytes(whole[:length])
        with pytest.raises(ValueError, match="cut off|no GGUF"):
            GGUFFile(cut)
    cut.write_bytes(whole[:1_000_000])
    late = GGUFFile(cut)
    with pytest.raises(ValueError):
        [late.tensor(name) for name in late.names]
    for other in (b"GGUF" + b"\x02" + whole[5:], b"JUNK" + whole[4:], whole[:24] + b"\xff" * 8 + whole[32:]):
        cut.write_bytes(other)
        with pytest.raises(ValueError):
            GGUFFile(cut)
    with pytest.raises(KeyError):
        GGUFFile(adapter_of("drafter")).tensor("blk.0.nothing")
