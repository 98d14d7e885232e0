"""The works of the benchmarks as somebody who uses PyTorch would write them; each gives a call and a number to check it by."""
import torch
from torch.nn.functional import cross_entropy
from inputs import RATE, labels, uniform, weights


def dense(inputs, outputs, seed):
    layer = torch.nn.Linear(inputs, outputs)
    w = torch.tensor(weights(inputs * outputs, inputs, seed), dtype=torch.float32)
    with torch.no_grad():
        layer.weight.copy_(w.reshape(inputs, outputs).T)
        layer.bias.zero_()
    return layer


def convolution(inputs, outputs, seed):
    layer = torch.nn.Conv2d(inputs, outputs, 5)
    w = torch.tensor(weights(outputs * inputs * 25, inputs * 25, seed), dtype=torch.float32)
    with torch.no_grad():
        layer.weight.copy_(w.reshape(outputs, inputs, 5, 5))
        layer.bias.zero_()
    return layer


def training(net, shape):
    images = torch.tensor(uniform(torch.Size(shape).numel(), 0), dtype=torch.float32).reshape(shape)
    targets = torch.tensor(labels(shape[0], 10))
    adam = torch.optim.Adam(net.parameters(), lr=RATE)

    def step():
        adam.zero_grad()
        loss = cross_entropy(net(images), targets)
        loss.backward()
        adam.step()
        return loss.item()

    return step, step


def adam_step():
    return training(torch.nn.Sequential(dense(784, 256, 1), torch.nn.ReLU(), dense(256, 10, 2)), (128, 784))


def cnn_step():
    relu, pool = torch.nn.ReLU(), torch.nn.MaxPool2d(2)
    images = [convolution(1, 6, 1), relu, pool, convolution(6, 16, 2), relu, pool, torch.nn.Flatten()]
    vectors = [dense(256, 120, 3), relu, dense(120, 84, 4), relu, dense(84, 10, 5)]
    return training(torch.nn.Sequential(*images, *vectors), (64, 1, 28, 28))


def training_step():
    """As the examples of PyTorch train: a batch drawn from bytes, the step, loss and accuracy read."""
    net = torch.nn.Sequential(dense(784, 256, 1), torch.nn.ReLU(), dense(256, 10, 2))
    images = torch.tensor(255 * uniform(12_800 * 784, 0)).to(torch.uint8).reshape(12_800, 784)
    targets = torch.tensor(labels(12_800, 10))
    adam = torch.optim.Adam(net.parameters(), lr=RATE)
    order = iter(())

    def step():
        nonlocal order
        rows = next(order, None)
        if rows is None:
            order = iter(torch.randperm(12_800).split(128))
            rows = next(order)
        x, y = images[rows].float() / 255, targets[rows]
        adam.zero_grad()
        outputs = net(x)
        loss = cross_entropy(outputs, y)
        loss.backward()
        adam.step()
        (outputs.argmax(1) == y).sum().item()
        return loss.item()

    return step, step


def elementwise_chain(dtype):
    a, b, c = (torch.tensor(2 * uniform(1_000_000, s) - 1, dtype=getattr(torch, dtype)) for s in (1, 2, 3))

    def call():
        return torch.tanh(a * b + c) * torch.exp(-(a**2)) + 1 / (1 + torch.exp(-b))

    return call, lambda: call().double().mean()


def softmax_cross_entropy():
    logits = torch.tensor(8 * uniform(1_024_000, 1), dtype=torch.float32).reshape(1024, 1000).requires_grad_()
    targets = torch.tensor(labels(1024, 1000))

    def call():
        logits.grad = None
        loss = cross_entropy(logits, targets)
        loss.backward()
        return loss.item()

    return call, call


def rosenbrock(kind, n):
    x = torch.tensor([-1.2 if i % 2 == 0 else 1.0 for i in range(int(n))], dtype=torch.float64)
    y = x.clone().requires_grad_()

    def value(x):
        return (100 * (x[1:] - x[:-1] ** 2) ** 2).sum() + ((1 - x[:-1]) ** 2).sum()

    if kind == "value":
        return lambda: value(x), lambda: value(x)
    return lambda: torch.autograd.grad(value(y), y), lambda: torch.autograd.grad(value(y), y)[0][-1]


UPDATES = {
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=1e-2, momentum=0.9, foreach=True),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=1e-2, foreach=True),
    "adamw": lambda parameters: torch.optim.AdamW(parameters, lr=1e-2, foreach=True),
    "rmsprop": lambda parameters: torch.optim.RMSprop(parameters, lr=1e-2, foreach=True),
}


def updates(name, tensors):
    def spread(seed):
        return torch.tensor(2 * uniform(1_000_000, seed) - 1, dtype=torch.float32).chunk(int(tensors))

    parameters = [x.clone().requires_grad_() for x in spread(1)]
    for x, gradient in zip(parameters, spread(2)):
        x.grad = gradient.clone()
    step = UPDATES[name](parameters).step

    def check():
        for _ in range(3):
            step()
        moved = (x.detach().double() - y.double() for x, y in zip(parameters, spread(1)))
        return sum(dx.square().sum() for dx in moved)

    return step, check
