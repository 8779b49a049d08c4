"""Which lines of a base are worth a vector: what may be compared with what a parent writes."""

from __future__ import annotations

from bot.knowledge.model import LANGUAGES, Base


def lines_of(base: Base) -> tuple[str, ...]:
    """Worries, stories, worries of elsewhere, lines that are no worry, examples of danger, names and summaries."""
    found: dict[str, None] = {}
    for service in base.services.values():
        found.update(dict.fromkeys(text for _, text in base.all_worries(service.id)))
        for other in service.not_for:
            found.update(dict.fromkeys(text for _, text in other.worries.pairs()))
        for language in LANGUAGES:
            found.update(dict.fromkeys((service.name.within(language), service.summary.within(language))))
    found.update(dict.fromkeys(story.text for story in base.stories))
    found.update(dict.fromkeys(text for _, text in base.off_topic.pairs()))
    for lines in base.danger_examples.values():
        found.update(dict.fromkeys(text for _, text in lines.pairs()))
    return tuple(sorted(line for line in found if line))
