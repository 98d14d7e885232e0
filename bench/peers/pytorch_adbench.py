"""Gaussian mixture and bundle adjustment of ADBench, vectorised, in float64; inputs of the sizes of ADBench's files."""
import math
import torch
from inputs import uniform


def filled(shape, low, high, seed):
    u = torch.tensor(uniform(torch.Size(shape).numel(), seed)).reshape(shape)
    return (low + (high - low) * u).requires_grad_()


def value_or_gradient(kind, value, inputs):
    def gradient():
        return torch.autograd.grad(value(), inputs)

    def without():
        with torch.no_grad():
            return value()

    return (without if kind == "value" else gradient), without


def mixture(kind, n, d, K):
    """The logarithm of the posterior without its constants."""
    n, d, K, gamma, m = int(n), int(d), int(K), 1.0, 0
    x = filled((n, d), -1, 1, 1).detach()
    alphas, means = filled((K,), -1, 1, 2), filled((K, d), -1, 1, 3)
    icf = filled((K, d * (d + 1) // 2), -1, 1, 4)
    # The strict lower triangle by columns.
    columns, rows = torch.triu_indices(d, d, 1)

    def value():
        log_diagonal, below = icf[:, :d], icf[:, d:]
        diagonal = torch.exp(log_diagonal)
        Q = torch.diag_embed(diagonal).index_put((torch.arange(K)[:, None], rows, columns), below)
        scaled = (x - means[:, None]) @ Q.transpose(1, 2)
        sums = log_diagonal.sum(1)
        inner = (alphas + sums)[:, None] - 0.5 * (scaled**2).sum(2)
        prior = 0.5 * gamma**2 * ((diagonal**2).sum() + (below**2).sum()) - m * sums.sum()
        return torch.logsumexp(inner, 0).sum() - n * torch.logsumexp(alphas, 0) + prior

    return value_or_gradient(kind, value, [alphas, means, icf])


def bundle(kind, p):
    """Reprojection errors of p observations, each with its camera (11), point (3) and weight."""
    p = int(p)
    rotation, centre = filled((p, 3), 0.1, 0.5, 1), filled((p, 3), -1, 1, 2)
    focal, principal = filled((p, 1), 400, 600, 3), filled((p, 2), -5, 5, 4)
    distortion, point = filled((p, 2), -0.01, 0.01, 5), filled((p, 3), 4, 8, 6)
    weight, feature = filled((p, 1), 0.5, 1, 7), filled((p, 2), -100, 100, 8).detach()
    inputs = [rotation, centre, focal, principal, distortion, point, weight]

    def residuals():
        y = point - centre
        angle = rotation.norm(dim=1, keepdim=True)
        axis = rotation / angle
        c, s = torch.cos(angle), torch.sin(angle)
        along = (axis * y).sum(1, keepdim=True)
        z = y * c + torch.cross(axis, y, dim=1) * s + axis * along * (1 - c)
        q = z[:, :2] / z[:, 2:]
        r = (q * q).sum(1, keepdim=True)
        factor = 1 + distortion[:, :1] * r + distortion[:, 1:] * r * r
        return weight * (q * factor * focal + principal - feature)

    def jacobian():
        """The blocks of all observations by one reverse pass for each of the two components."""
        r = residuals()
        first = torch.autograd.grad(r[:, 0].sum(), inputs, retain_graph=True)
        second = torch.autograd.grad(r[:, 1].sum(), inputs)
        return [torch.stack(blocks, 1) for blocks in zip(first, second)]

    if kind == "jacobian":
        return jacobian, lambda: jacobian()[5].abs().mean()
    return value_or_gradient(kind, lambda: 0.5 * (residuals() ** 2).sum(), inputs)
