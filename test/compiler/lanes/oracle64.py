"""
Reference values for float64-samples.json: functions at chosen and random points, by mpmath with 66 digits.

    python3 test/compiler/lanes/oracle64.py > test/compiler/lanes/float64-samples.json

A sample is the bits of the arguments and of the nearest double in hexadecimal, then what the value is off that
double in thousandths of a unit in the last place; those of a function are one string, parted by semicolons.
Only finite values are listed; special values are those of the reference.
"""

import json
import math
import random
import struct

from mpmath import mp, mpf
import mpmath

mp.prec = 220
random.seed(64)


def odd(f):
    return lambda x: f(x) if x >= 0 else -f(-x)


def softplus(x):
    return max(x, 0) + mpmath.log1p(mpmath.exp(-abs(x)))


def asinh(x):
    return mpmath.log1p(x + x * x / (1 + mpmath.sqrt(x * x + 1)))


def acosh(x):
    return mpmath.log1p((x - 1) + mpmath.sqrt((x - 1) * (x + 1)))


def power(x, y):
    size = mpmath.exp(y * mpmath.log(abs(x)))
    return -size if x < 0 and int(y) % 2 else size


def spread(low, high):
    """A number whose size has any exponent in between, with any sign."""
    return random.choice((-1, 1)) * 2.0 ** random.uniform(low, high)


def between(low, high):
    return lambda: random.uniform(low, high)


def sizes(low, high):
    return lambda: spread(low, high)


def near(centre, low=-52, high=-1):
    return lambda: centre + spread(low, high)


def positive(low, high):
    return lambda: abs(spread(low, high))


def near_turns():
    """The double nearest to a multiple of pi/2, or one beside it."""
    n = random.randint(1, 10 ** random.randint(1, 6))
    return math.nextafter(float(n * mp.pi / 2), random.choice((0, math.inf)))


ANGLES = [between(-4, 4), between(-1e3, 1e3), between(-1.6e6, 1.6e6), sizes(-60, 1000), near_turns]
LOGS = [between(0.5, 2), positive(-1074, 1023), near(1)]
UNIT = [between(-1, 1), sizes(-1060, 0), lambda: math.copysign(1 - abs(spread(-53, -1)), spread(0, 1))]
WAVES = [between(-1.5, 1.5), between(-710, 710), sizes(-1060, 9)]
EXPONENTS = [between(-1, 1), between(-745, 709.7), sizes(-1060, 9), between(-40, 40)]

UNARY = {
    "exp": (mpmath.exp, EXPONENTS),
    "expm1": (mpmath.expm1, EXPONENTS),
    "log": (mpmath.log, LOGS),
    "log1p": (mpmath.log1p, [between(-1, 2), positive(-1074, 1023), sizes(-60, 0), near(-1)]),
    "log2": (lambda x: mpmath.log(x) / mpmath.log(2), LOGS),
    "log10": (lambda x: mpmath.log(x) / mpmath.log(10), LOGS),
    "sin": (mpmath.sin, ANGLES),
    "cos": (mpmath.cos, ANGLES),
    "tan": (mpmath.tan, ANGLES),
    "asin": (mpmath.asin, UNIT),
    "acos": (mpmath.acos, UNIT),
    "atan": (mpmath.atan, [between(-3, 3), sizes(-1060, 1000), sizes(-3, 3)]),
    "sinh": (mpmath.sinh, WAVES),
    "cosh": (mpmath.cosh, WAVES),
    "tanh": (mpmath.tanh, [between(-3, 3), between(-20, 20), sizes(-1060, 5)]),
    "asinh": (odd(asinh), [between(-2, 2), sizes(-1060, 1023), sizes(-3, 3)]),
    "acosh": (acosh, [between(1, 3), lambda: 1 + abs(spread(-52, 10)), positive(0, 1023)]),
    "atanh": (mpmath.atanh, UNIT),
    "erf": (mpmath.erf, [between(-2, 2), between(-6, 6), sizes(-1060, 2)]),
    "erfc": (mpmath.erfc, [between(-2, 2), between(-6, 27), sizes(-1060, 2), between(20, 27)]),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)), EXPONENTS),
    "softplus": (softplus, EXPONENTS),
    "cbrt": (odd(mpmath.cbrt), [between(-8, 8), sizes(-1074, 1023)]),
}


def pairs(first, second):
    return lambda: (first(), second())


PLANE = [
    pairs(between(-2, 2), between(-2, 2)),
    pairs(sizes(-30, 30), sizes(-30, 30)),
    pairs(sizes(-1000, 1000), sizes(-1000, 1000)),
]

BINARY = {
    "pow": (
        power,
        [
            pairs(between(0.01, 3), between(-50, 50)),
            pairs(positive(-300, 300), between(-3, 3)),
            pairs(near(1, -30, -1), sizes(0, 30)),
            pairs(sizes(-20, 20), lambda: float(random.randint(-30, 30))),
        ],
    ),
    "atan2": (mpmath.atan2, PLANE),
    "hypot": (lambda x, y: mpmath.sqrt(x * x + y * y), PLANE),
}

SAMPLES = 300


def bits(x):
    return struct.pack(">d", x).hex()


def ulp(x):
    return mpf(2) ** max(math.frexp(x)[1] - 53, -1074)


def sample(f, arguments):
    """The line of one sample, or None where the value is no finite double or underflows to zero."""
    exact = f(*(mpf(x) for x in arguments))
    if not mpmath.isfinite(exact) or abs(exact) >= mpf(2) ** 1024 - mpf(2) ** 970:
        return None
    nearest = round_once(exact)
    off = int(mpmath.nint((exact - mpf(nearest)) / ulp(nearest) * 1000)) if nearest else 0
    return " ".join([*(bits(x) for x in arguments), bits(nearest), str(off)])


def round_once(exact):
    """The nearest double: subnormal values are rounded to fewer digits, not twice."""
    if exact == 0:
        return 0.0
    unit = mpf(2) ** max(int(mpmath.frexp(exact)[1]) - 53, -1074)
    return float(mpmath.nint(exact / unit) * unit)


def lines(f, generators):
    count = SAMPLES // len(generators)
    points = [g() for g in generators for _ in range(count)]
    arguments = [p if isinstance(p, tuple) else (p,) for p in points]
    return [line for line in (sample(f, a) for a in arguments if in_domain(f, a)) if line is not None]


def in_domain(f, arguments):
    if f is power and arguments[0] < 0:
        return arguments[1] == int(arguments[1])
    return all(math.isfinite(x) for x in arguments)


if __name__ == "__main__":
    table = {}
    for name, (f, generators) in {**UNARY, **BINARY}.items():
        if name in ("log", "log2", "log10"):
            generators = [lambda g=g: abs(g()) or 1.0 for g in generators]
        if name == "log1p":
            generators = [lambda g=g: max(g(), math.nextafter(-1, 0)) for g in generators]
        table[name] = lines(f, generators)
    print(json.dumps({name: ";".join(samples) for name, samples in table.items()}, indent=2))
