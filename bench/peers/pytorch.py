"""The side of PyTorch: answers the lines that child.mjs writes, such as "time 100 adam-step"."""
import os, sys, time
import torch
from pytorch_adbench import bundle, mixture
from pytorch_works import adam_step, cnn_step, elementwise_chain, rosenbrock, softmax_cross_entropy, training_step, updates

WORKS = {
    "adam-step": adam_step,
    "cnn-step": cnn_step,
    "training": training_step,
    "elementwise-chain": elementwise_chain,
    "softmax-cross-entropy": softmax_cross_entropy,
    "rosenbrock": rosenbrock,
    "updates": updates,
    "mixture": mixture,
    "bundle": bundle,
}


def elapsed(call, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return 1000 * (time.perf_counter() - start)


def measure(call, milliseconds):
    """The time of one call in milliseconds; the first one brings the caches back and is not counted."""
    once = elapsed(call, 1)
    repeats = 1
    while True:
        taken = elapsed(call, repeats)
        if taken >= 0.6 * milliseconds:
            return taken / repeats
        once = max(taken / repeats, 1e-6)
        repeats = min(10 * repeats, int(milliseconds / once) + 1)


prepared = {}


def find(words):
    if tuple(words) not in prepared:
        call, check = WORKS[words[0]](*words[1:])
        # Steps change what they compute, so the first one is remembered.
        prepared[tuple(words)] = call, float(check())
    return prepared[tuple(words)]


def reply(request, *words):
    if request == "check":
        return find(words)[1]
    return measure(find(words[1:])[0], float(words[0]))


torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
print("ready", torch.__version__, flush=True)
for line in sys.stdin:
    try:
        print(reply(*line.split()), flush=True)
    except Exception as error:
        print("error", type(error).__name__, str(error).split("\n")[0], flush=True)
