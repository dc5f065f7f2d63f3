"""The data sets that ship with the lab: a file a set, its card and `load`; `ls` is the catalogue.

What a file must offer is `BuiltInData` in `lab.extension_points`.
"""
