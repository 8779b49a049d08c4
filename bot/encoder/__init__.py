"""Sentences as vectors, made by a model in a process of its own. Knows no channel, no store, no belief."""
