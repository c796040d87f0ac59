"""From a question's words to what is wanted (query understanding and rewriting).

In: the words as asked, and the answers before them. Out: a `Question`: its form, the type of thing that would
answer it, its words and names; a `WholeQuestion` where only all articles together answer; the articles in scope.
"""
