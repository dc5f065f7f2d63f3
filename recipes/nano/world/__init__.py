"""A small made-up world in simple English: the corpus that nano is pretrained on.

A file a subject; each turns a seeded `random.Random` into documents and knows which phrasings and facts are held out.
`corpus.py` mixes them. Plain Python: nothing here needs torch.
"""
