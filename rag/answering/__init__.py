"""From evidence to words: extractive answers, drafts of the language model and their verification, proven absence.

In: weighed sentences. Out: a `Composition` (text, claims, citations), or an `Absence` with what was searched.
"""
