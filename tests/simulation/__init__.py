"""A week of a county's desk, played on the real product with a clock set by hand."""
