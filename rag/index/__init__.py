"""The index on disk: how it is laid out, built, replaced, read and taken apart."""
