"""Building with many workers: reading, cutting and embedding on other processes, here or on Ray; one writes.

What a worker makes of a file depends on nothing but the file's bytes and suffix, the settings and the embedder, so it
can be made anywhere, in any order, twice, and be kept by hash until the generation is there.
"""
