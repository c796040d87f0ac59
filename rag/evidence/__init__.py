"""Evidence: how well each retrieved sentence answers the question, and whether it denies."""

from rag.evidence.weigh import Weighed, Weighing, weigh

__all__ = ["Weighed", "Weighing", "weigh"]
