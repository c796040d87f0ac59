"""Make the project's own weights. Reads files, writes weights; not needed to ask questions."""
