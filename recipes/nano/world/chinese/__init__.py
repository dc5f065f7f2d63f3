"""The same world in Chinese: its words, what is asked and told of it, its stories and its talk."""
