"""The same numbers as inputs.mjs: u_i = frac((1000003 s + i + 1) phi)."""
import numpy

GOLDEN = 0.6180339887498949
RATE = 1e-6


def uniform(count, seed):
    return (1000003 * seed + numpy.arange(1, count + 1, dtype=numpy.float64)) * GOLDEN % 1


def weights(count, fan_in, seed):
    return (2 * uniform(count, seed) - 1) / fan_in**0.5


def labels(count, classes):
    return 7 * numpy.arange(count) % classes
