"""Answers token by token without `generate`: the forward pass of the usual decoder architectures, made for one token.

`decoder_weights` looks whether a model is one of them and takes its weights, adapters merged; `LlamaDecoder` computes
the next scores; `decode` goes on until every row has ended. What is not known here is left to transformers.
"""

from lab.generate.decoder.weights import DecoderWeights, decoder_weights

__all__ = ["DecoderWeights", "decoder_weights"]
