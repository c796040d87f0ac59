"""The store that lies on a Milvus server, for indexes beyond one machine: docs/stores.md."""
