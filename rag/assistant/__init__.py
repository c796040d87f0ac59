"""The assistant: one index, its models, and any number of questions."""

from rag.assistant.full import Assistant
from rag.assistant.limited import LimitedAssistant

__all__ = ["Assistant", "LimitedAssistant"]
