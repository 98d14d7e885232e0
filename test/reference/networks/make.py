"""Layers and a small network in PyTorch, float64 on a CPU: writes layers.json beside this file.

For each case: parameters and buffers by their names, an input x, the output of a pass in training mode, the gradient of the sum of
outputs times `cotangent` by every parameter and by x, the buffers after that pass, and the output of a pass in evaluation mode.

    python3 make.py && npx biome check --write layers.json
"""

import json
import pathlib

import torch
from torch import nn

torch.manual_seed(20130)
torch.set_default_dtype(torch.float64)


class Residual(nn.Module):
    """x + inner(x), or shortcut(x) + inner(x)."""

    def __init__(self, inner, shortcut=None):
        super().__init__()
        self.inner = inner
        self.shortcut = shortcut

    def forward(self, x):
        return self.inner(x) + (x if self.shortcut is None else self.shortcut(x))


def network():
    return nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1, bias=False),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        Residual(
            nn.Sequential(nn.Conv2d(4, 4, 3, padding="same"), nn.LeakyReLU(0.2)),
            nn.Conv2d(4, 4, 1, bias=False),
        ),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(16, 6),
        nn.LayerNorm(6),
        nn.GELU(),
        nn.Dropout(0.0),
        nn.Linear(6, 3),
        nn.LogSoftmax(dim=1),
    )


CASES = {
    "dense": (nn.Linear(4, 3), [5, 4]),
    "dense with axes between": (nn.Linear(4, 3), [2, 3, 4]),
    "dense without bias": (nn.Linear(4, 3, bias=False), [5, 4]),
    "convolution": (
        nn.Conv2d(4, 6, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2),
        [2, 4, 6, 5],
    ),
    "max pooling": (nn.MaxPool2d(3, stride=2, padding=1), [2, 2, 5, 6]),
    "average pooling": (nn.AvgPool2d((2, 3), padding=(1, 0)), [2, 2, 5, 6]),
    "batch norm of rows": (nn.BatchNorm1d(3), [6, 3]),
    "batch norm of images": (nn.BatchNorm2d(2, momentum=0.3, eps=0.01), [3, 2, 2, 3]),
    "layer norm": (nn.LayerNorm(4), [3, 4]),
    "layer norm over two axes": (nn.LayerNorm([2, 3], eps=0.01), [2, 4, 2, 3]),
    "embedding": (nn.Embedding(5, 3), None),
    "elu": (nn.ELU(0.7), [3, 4]),
    "residual": (Residual(nn.Linear(3, 3)), [4, 3]),
    "network": (network(), [3, 2, 8, 8]),
}


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def buffers(module):
    return {n: numbers(b) for n, b in module.named_buffers() if not n.endswith("num_batches_tracked")}


def case(module, shape):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_()
    x = torch.tensor([[4, 0], [1, 4]]) if shape is None else torch.randn(shape, requires_grad=True)
    module.train()
    parameters = {n: numbers(p) for n, p in module.named_parameters()}
    before = buffers(module)
    y = module(x)
    cotangent = torch.randn(y.shape)
    (y * cotangent).sum().backward()
    after = buffers(module)
    module.eval()
    return {
        "parameters": {**parameters, **before},
        "x": numbers(x),
        "cotangent": numbers(cotangent),
        "output": numbers(y),
        "gradients": {n: numbers(p.grad) for n, p in module.named_parameters()},
        "inputGradient": None if shape is None else numbers(x.grad),
        "buffers": after,
        "evaluated": numbers(module(x)),
    }


made = {name: case(module, shape) for name, (module, shape) in CASES.items()}
origin = f"PyTorch {torch.__version__}, float64, CPU: networks/make.py"
path = pathlib.Path(__file__).with_name("layers.json")
path.write_text(json.dumps({"origin": origin, "cases": made}) + "\n")
