"""People: the page and the command line. Rendering only; what is said is decided in `rag`."""
