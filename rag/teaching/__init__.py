"""Lessons for the LLM: what it should write of a question and its numbered sentences, made by rule and checked as drafts are."""
