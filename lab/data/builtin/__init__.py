"""The data sets that ship with the lab: a file a set, its card and `load(split, language)`; `ls` is the catalogue."""
