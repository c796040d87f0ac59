"""The store that needs nothing beside it: SQLite and FAISS files in the index folder."""
