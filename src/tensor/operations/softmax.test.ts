/** Values made by SciPy 1.10.1. */
import { expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import { logSoftmax, logSumExp, softmax, zeros } from "../index.ts";

const x = [
  [
    [1, -2, 3.5],
    [0.25, 7, -1],
  ],
  [
    [2, 2, -9],
    [4, 0.5, 6],
  ],
];

test("softmax and logSoftmax", () => {
  expectTensor(softmax(x), [
    [
      [0.07557276011618849, 0.003762546174652857, 0.9206646937091586],
      [0.0011691185281584788, 0.998495923405426, 0.0003349580664155294],
    ],
    [
      [0.49999582460967046, 0.49999582460967046, 8.350780659002863e-6],
      [0.11877537623686385, 0.003586705577354715, 0.8776379181857815],
    ],
  ]);
  expectTensor(softmax(x, 0), [
    [
      [0.26894142136999516, 0.017986209962091555, 0.9999962733607158],
      [0.022977369910025615, 0.998498817743263, 0.0009110511944006454],
    ],
    [
      [0.7310585786300049, 0.9820137900379085, 3.7266392841865618e-6],
      [0.9770226300899744, 0.0015011822567369917, 0.9990889488055994],
    ],
  ]);
  // The smallest is -3e-7 = -log(1 + 3e-7), whose argument is rounded to 2e-16.
  expectTensor(
    logSoftmax(x, 1),
    [
      [
        [-0.3868710061149, -9.000123402189724, -0.011047744848593777],
        [-1.1368710061148999, -0.00012340218972333965, -4.511047744848594],
      ],
      [
        [-2.1269280110429722, -0.20141327798275246, -15.000000305902274],
        [-0.1269280110429724, -1.7014132779827524, -3.0590227379725525e-7],
      ],
    ],
    { tolerance: 1e-9 },
  );
  expectTensor(logSoftmax([1, 2, 3]), [-2.4076059644443806, -1.4076059644443804, -0.40760596444438035]);
  expectTensor(softmax([1000, 0]), [1, 0]);
  expectTensor(logSoftmax([1000, 0]), [0, -1000]);
  expect(softmax(zeros([2, 0])).shape).toEqual([2, 0]);
  expect(logSoftmax(zeros([2, 0])).shape).toEqual([2, 0]);
  expect(() => softmax(zeros([2, 0]), 2)).toThrow(/softmax: axis 2 is out of range/);
});

test("logSumExp at infinities", () => {
  expectTensor(logSumExp([-Infinity, -Infinity]), -Infinity);
  expectTensor(logSumExp([Infinity, 1]), Infinity);
  expectTensor(logSumExp([1000, 1000]), 1000.6931471805599);
});

test("softmax has slopes that add up to 0", () => {
  expectTensor(
    gradient((v) => softmax(v).at(0), [0, 0]),
    [0.25, -0.25],
  );
});
