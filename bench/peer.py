"""The same measurements by PyTorch, in milliseconds, as JSON. Arguments: rounds, time of a round in milliseconds."""
import json, statistics, sys, time
import torch

rounds, round_time = int(sys.argv[1]), float(sys.argv[2])


def elapsed(call, repeats):
    start = time.perf_counter()
    for _ in range(repeats):
        call()
    return 1000 * (time.perf_counter() - start)


def time_of(call):
    once = elapsed(call, 1)
    once = elapsed(call, 1)
    repeats = max(1, round(round_time / max(once, 1e-3)))
    return statistics.median(elapsed(call, repeats) / repeats for _ in range(rounds))


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2).sum() + ((1 - x[:-1]) ** 2).sum()


def rosenbrock_times(n):
    x = torch.tensor([-1.2 if i % 2 == 0 else 1.0 for i in range(n)], dtype=torch.float64)
    y = x.clone().requires_grad_()
    with torch.no_grad():
        value = time_of(lambda: rosenbrock(x))
    return {"value": value, "gradient": time_of(lambda: torch.autograd.grad(rosenbrock(y), y))}


def training_step():
    torch.manual_seed(1)
    images, labels = torch.rand(128, 784), torch.randint(0, 10, (128,))
    net = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    sgd = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)

    def step():
        sgd.zero_grad()
        torch.nn.functional.cross_entropy(net(images), labels).backward()
        sgd.step()

    return time_of(step)


print(json.dumps({
    "version": torch.__version__,
    "rosenbrock": {n: rosenbrock_times(n) for n in [10, 100, 1000, 10000]},
    "trainingStep": training_step(),
}))
