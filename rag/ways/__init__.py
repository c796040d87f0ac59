"""The ways of a question: look up, the whole collection, compare, summarise, small talk.

In: an `Ask` (the question, the open index, the articles in scope, the models). Out: the events of its stream, the
last of which is the `Answer`. Every way is one function of that shape; `pipeline.py` chooses among them.
"""
