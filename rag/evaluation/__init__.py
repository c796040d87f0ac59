"""The instrument: ask a question set and score the answers by fixed rules."""
