"""The workers' road: what they do, what follows for the parent, and what the staff's room sees. Knows no channel."""
