"""Exchanges weights with the test beside this file: PyTorch's own networks, and safetensors as the format's description has them.

python3 pytorch-weights.py write FOLDER   writes a trained network, inputs and what it says of them; numbers of 16 bits and what they are
python3 pytorch-weights.py read FOLDER    fills the same network from FOLDER/ours.safetensors and writes what it says of the inputs there
"""

import json
import sys

import numpy as np
import torch
from torch import nn

NAMES = {"float32": "F32", "int64": "I64", "float16": "F16", "uint16": "BF16"}
TYPES = {"F64": "<f8", "F32": "<f4", "I32": "<i4", "BOOL": "?"}


def save(path, tensors):
    entries, data = {}, b""
    for name, array in tensors.items():
        raw = np.ascontiguousarray(array).tobytes()
        offsets = [len(data), len(data) + len(raw)]
        entries[name] = {"dtype": NAMES[str(array.dtype)], "shape": list(array.shape), "data_offsets": offsets}
        data += raw
    header = json.dumps(entries).encode()
    with open(path, "wb") as file:
        file.write(len(header).to_bytes(8, "little") + header + data)


def load(path):
    with open(path, "rb") as file:
        content = file.read()
    length = int.from_bytes(content[:8], "little")
    entries = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    return {
        name: torch.from_numpy(
            np.frombuffer(data[slice(*entry["data_offsets"])], dtype=TYPES[entry["dtype"]])
            .reshape(entry["shape"])
            .copy()
        )
        for name, entry in entries.items()
        if name != "__metadata__"
    }


def network():
    return nn.Sequential(
        nn.Conv2d(2, 4, (3, 2), padding=(1, 0), stride=(1, 2)),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.LayerNorm(16),
        nn.Linear(16, 8, bias=False),
        nn.BatchNorm1d(8),
        nn.GELU(),
        nn.Linear(8, 3),
    )


def write(folder):
    torch.manual_seed(1)
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(10):
        x = 3 * torch.randn(16, 2, 4, 8) + 1
        loss = nn.functional.cross_entropy(model(x), torch.randint(3, (16,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    x = torch.randn(5, 2, 4, 8)
    save(f"{folder}/theirs.safetensors", {name: value.numpy() for name, value in model.state_dict().items()})
    save(f"{folder}/said.safetensors", {"x": x.numpy(), "y": model(x).detach().numpy()})
    bits = np.arange(65536, dtype=np.uint16)
    brain = torch.from_numpy(bits.view(np.int16).copy()).view(torch.bfloat16)
    numbers = {
        "half": bits.view(np.float16),
        "brain": bits,
        "half.exact": bits.view(np.float16).astype(np.float32),
        "brain.exact": brain.float().numpy(),
    }
    save(f"{folder}/numbers.safetensors", numbers)


def read(folder):
    model = network()
    ours = load(f"{folder}/ours.safetensors")
    # Nabla counts no batches: PyTorch begins at 0.
    model.load_state_dict(ours)
    model.eval()
    x = load(f"{folder}/inputs.safetensors")["x"]
    save(f"{folder}/said.safetensors", {"y": model(x).detach().numpy()})


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])
