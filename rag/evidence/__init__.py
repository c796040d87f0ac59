"""Evidence: how well each retrieved sentence answers the question, and whether it denies."""

from rag.evidence.weigh import weigh
from rag.evidence.weighed import Weighed, Weighing

__all__ = ["Weighed", "Weighing", "weigh"]
