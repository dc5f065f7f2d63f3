"""Between words and pictures: what the objectives `draw` and `describe` and those who ask their models share.

`seeing` is the language model with picture tokens behind its vocabulary (or an encoder before it), `rows` what it reads
of a caption with its picture, `trainer` how it learns, `answering` how it draws and describes, `kept` what a run keeps
and loads again, `figures` how well it is done, `growth` how drawings change while it trains. How a picture is said in
tokens is in `lab.data.picture_code`.
"""
