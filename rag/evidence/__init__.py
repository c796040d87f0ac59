"""Evidence: how well each retrieved sentence answers the question, and whether it denies."""

from rag.evidence.weigh import Weighed, weigh

__all__ = ["Weighed", "weigh"]
