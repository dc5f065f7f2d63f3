"""Learning from a teacher: what it writes, which of that is learned, and how its distribution is followed."""
