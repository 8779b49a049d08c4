"""Properties are tried without a limit of time for each example: the machine may be busy with something else."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
