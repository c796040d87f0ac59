"""The collections of a store on Milvus: what a row holds, and which rows a generation sees.

Rows of all generations, and of all indexes on a server, lie in the same collections. Each carries the index's name
(`tenant`, the partition key: a search touches that partition alone), the number of the generation that it was `born`
in, and of the one in which it `died`. Generation g sees what was born up to g and dies after it, so writing g + 1
changes nothing that g sees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from rag.index.milvus.client import CALL, PREFIX

POINTERS = f"{PREFIX}pointers"  # a row an index: which generation answers; and who is writing
DOCUMENTS = f"{PREFIX}documents"  # what is known of a document, its text, its findings: JSON in parts
SENTENCES = f"{PREFIX}sentences"
TERMS = f"{PREFIX}terms"  # in how many sentences and chunks a stem stands
NEVER = 4_000_000_000_000  # the generation in which a living row dies
PART = 60_000  # bytes of UTF-8; a field holds 65,535
_FIELD = 65_535
_NAME = 512


def chunks_of(dimension: int) -> str:
    """The collection of chunks whose vectors have so many numbers."""
    return f"{PREFIX}chunks_{dimension}"


def alive(tenant: str, generation: int) -> str:
    """The rows that a generation sees."""
    return f'tenant == "{tenant}" and born <= {generation} and died > {generation}'


def among(field: str, values: Sequence[int] | Sequence[str]) -> str:
    """Rows with one of some values."""
    listed = ", ".join(str(v) if isinstance(v, int) else f'"{v}"' for v in values)
    return f"{field} in [{listed}]"


def ensure(client: Any, dimension: int | None = None) -> None:  # noqa: ANN401 — here and below, of the library
    """Make the collections that are not there yet, and load them."""
    wanted: dict[str, Callable[[Any], tuple[Any, Any]]] = {POINTERS: _pointers, DOCUMENTS: _documents}
    wanted |= {SENTENCES: _sentences, TERMS: _terms}
    if dimension is not None:
        wanted[chunks_of(dimension)] = partial(_chunks, dimension=dimension)
    known = set(client.list_collections(**CALL))
    for name, make in wanted.items():
        if name not in known:
            _create(client, name, *make(client))
        client.load_collection(name, **CALL)


def _create(client: Any, name: str, schema: Any, indexes: Any) -> None:  # noqa: ANN401
    try:
        client.create_collection(name, schema=schema, index_params=indexes, consistency_level="Strong", **CALL)
    except Exception:  # of two who make it at once, one is told that it is there
        if not client.has_collection(name, **CALL):
            raise


def exists(client: Any) -> bool:  # noqa: ANN401
    """Whether any index was ever written on a server."""
    return bool(client.has_collection(POINTERS, **CALL))


def collections(client: Any) -> list[str]:  # noqa: ANN401
    """All collections whose rows are born and die."""
    return [
        name
        for name in client.list_collections(**CALL)
        if name in (DOCUMENTS, SENTENCES, TERMS) or name.startswith(f"{PREFIX}chunks_")
    ]


def _begun(client: Any, numbers: Sequence[str], scalars: Sequence[str] = ()) -> tuple[Any, Any]:  # noqa: ANN401
    """A schema with what every row has, and its indexes."""
    from pymilvus import DataType

    schema, indexes = client.create_schema(auto_id=False, enable_dynamic_field=False), client.prepare_index_params()
    schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=_FIELD)
    schema.add_field("tenant", DataType.VARCHAR, max_length=_NAME, is_partition_key=True)
    for name in numbers:
        schema.add_field(name, DataType.INT64)
    for name in ("born", "died", *scalars):
        if name in numbers:
            indexes.add_index(field_name=name, index_type="INVERTED")
    return schema, indexes


def _without_vector(schema: Any, indexes: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Every collection has to have a vector; these have no use for one."""
    from pymilvus import DataType

    schema.add_field("none", DataType.FLOAT_VECTOR, dim=2)
    indexes.add_index(field_name="none", index_type="FLAT", metric_type="L2")
    return schema, indexes


def _pointers(client: Any) -> tuple[Any, Any]:  # noqa: ANN401
    from pymilvus import DataType

    schema, indexes = _begun(client, ("at",))
    schema.add_field("kind", DataType.VARCHAR, max_length=_NAME)
    schema.add_field("body", DataType.VARCHAR, max_length=_FIELD)
    return _without_vector(schema, indexes)


def _documents(client: Any) -> tuple[Any, Any]:  # noqa: ANN401
    from pymilvus import DataType

    schema, indexes = _begun(client, ("document", "part", "born", "died"), ("document",))
    schema.add_field("kind", DataType.VARCHAR, max_length=_NAME)
    schema.add_field("body", DataType.VARCHAR, max_length=_FIELD)
    indexes.add_index(field_name="kind", index_type="INVERTED")
    return _without_vector(schema, indexes)


def _sentences(client: Any) -> tuple[Any, Any]:  # noqa: ANN401
    from pymilvus import DataType

    schema, indexes = _begun(client, ("document", "position", "begin", "finish", "born", "died"), ("document",))
    schema.add_field("text", DataType.VARCHAR, max_length=_FIELD)
    _matched(schema, "stems")
    _matched(schema, "keys")
    _ranked(schema, indexes, "keys")
    return schema, indexes


def _terms(client: Any) -> tuple[Any, Any]:  # noqa: ANN401
    from pymilvus import DataType

    schema, indexes = _begun(client, ("sentences", "chunks", "born", "died"))
    schema.add_field("kind", DataType.VARCHAR, max_length=_NAME)
    schema.add_field("code", DataType.VARCHAR, max_length=_FIELD)
    indexes.add_index(field_name="code", index_type="INVERTED")
    return _without_vector(schema, indexes)


def _chunks(client: Any, dimension: int) -> tuple[Any, Any]:  # noqa: ANN401
    from pymilvus import DataType

    schema, indexes = _begun(client, ("document", "position", "born", "died"), ("document",))
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    # Exact, like the embedded store. For many millions, another index: docs/stores.md.
    indexes.add_index(field_name="vector", index_type="FLAT", metric_type="IP")
    _matched(schema, "stems")
    _ranked(schema, indexes, "stems")
    return schema, indexes


def _matched(schema: Any, field: str) -> None:  # noqa: ANN401
    """A field of codes that filters and BM25 read; codes hold nothing that an analyzer could change."""
    from pymilvus import DataType

    schema.add_field(
        field, DataType.VARCHAR, max_length=_FIELD, enable_analyzer=True, enable_match=True,
        analyzer_params={"tokenizer": "standard"},
    )  # fmt: skip


def _ranked(schema: Any, indexes: Any, field: str) -> None:  # noqa: ANN401
    from pymilvus import DataType, Function, FunctionType

    schema.add_field(f"{field}_bm25", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(
        Function(
            name=f"{field}_bm25", function_type=FunctionType.BM25, input_field_names=[field],
            output_field_names=[f"{field}_bm25"],
        )
    )  # fmt: skip
    indexes.add_index(field_name=f"{field}_bm25", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
