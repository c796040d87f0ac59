"""Questions to all articles at once: who mentions a topic, who doesn't, and what one report has that another lacks.

Everything here is computed over the whole scope, never over the top few passages.
"""
