"""Lessons for the LLM: what it should write of a question and its sentences, made by rule, checked as drafts are."""
