"""What goes out: taken from the store in order, handed to a channel, its end recorded. Knows no channel by name."""
