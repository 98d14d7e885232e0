/** What `nabla train --help` says below its options. */

import { losses } from "../../src/nn/losses/index.ts";
import { metrics } from "../../src/train/metrics/index.ts";
import { wrap } from "../output.ts";

/** Examples, what is chosen where nothing is said, JSON and exit codes. */
export function trainHelp(): string {
  const list = (names: readonly string[], margin: number): string =>
    wrap(
      names.map((name, i) => name + (i + 1 < names.length ? "," : "")),
      " ".repeat(margin),
    );
  return `
Examples:
  nabla train mnist --model lenet --save digits.safetensors --report report.html
  nabla train iris
  nabla train houses.csv --target price --model mlp:64,32 --epochs 200 --early-stopping 10
  nabla train train-images-idx3-ubyte,train-labels-idx1-ubyte --test 0.1 --model mlp:256,128
  nabla train iris --optimizer "momentum(decay=0.8)" --lr 0.05 --schedule cosine --batch-size 16
  nabla train iris --optimizer lbfgs
  nabla train mnist --checkpoint run --every 500steps    and after Ctrl-C: nabla train --resume run
  nabla train mnist --find-rate                          or: nabla train mnist --rates 0.1,0.03
  nabla train points.csv --target class --model perceptron --report line.html

What is left out:
  model      mlp:128 for images; for tables logistic where classes are told apart, else linear
  loss       cross-entropy for classes, squared-error for numbers
  optimizer  adam with its own rate, 0.001; 0.01 for linear and logistic; for lenet 0.003 with the
             schedule one-cycle. Methods that need all examples at every step, such as lbfgs, get
             them (--batch-size full)
  lengths    lenet 8 epochs in batches of 64, other networks of images 5 in batches of 128; tables
             as many as make 4000 steps, 20 to 200, in batches of 32
  judges     after each epoch the test examples, which decide nothing; runs that stop early or wait
             for a plateau set 0.1 of the training examples apart (--validation)
  inputs     each column standardized; images by one mean and deviation for all pixels

Schedules are shares of the rate and last as long as the run: nabla schedule lists them; settings
stand in brackets, "step(every=2 epochs,factor=0.5)". plateau waits for the loss to stop falling.
Numbers to be predicted are learned standardized and told in their own unit.
Methods: nabla methods lists them. nabla methods <name> tells what each does.
Losses:  ${list(
    losses.map(({ card }) => card.name).filter((name) => !/^(soft|kl)-/.test(name)),
    9,
  )}
Metrics: ${list([...metrics.map(({ name }) => name), "top-5-accuracy"], 9)}

A folder of checkpoints continues to the bit what was interrupted: --resume <folder> alone. Options
that are given besides must agree with those of the run; more epochs make it longer.
Ctrl-C stops a run, keeps a checkpoint where there is a folder for them, and ends with 130.

JSON: {"optimizer":"adam","epochs":5,"steps":2345,"trainLoss":0.05,"testLoss":0.08,
  "testAccuracy":0.976,"seconds":9.1,"reason":"max-epochs","warnings":[],"kernels":"...",...}
with "history", a list of all epochs. What there is not is null; NaN and infinities are the strings
"NaN", "Infinity" and "-Infinity". --find-rate and perceptrons have keys of their own.

Exit codes: 0 trained ("reason" tells why it ended), 1 it could not be computed (a loss that is no
number counts as that), 2 wrong usage, 130 interrupted.`;
}
