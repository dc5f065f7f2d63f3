"""What plug-ins say of themselves (`kinds`, written with `knobs`), and the loop that finds their files (`find`).

What a plug-in must offer besides its card is in `lab.extension_points`; `lab.card` has all names in one import.
"""
