/** Lanes of one width as lanes of the other: four float32 are as many bits as two float64. */
import { type Lanes, pushRegister, type Vector } from "./lanes.ts";

/** Float32 lanes as float64 lanes: twice the registers. */
export function widen({ count, context: { code } }: Lanes, x: Vector): Vector {
  const locals: number[] = [];
  for (let register = 0; register < count; register++) {
    for (const half of [0, 1]) {
      pushRegister(code, "float32", x, register);
      if (half === 1) {
        pushRegister(code, "float32", x, register);
        code.shuffle(highHalf);
      }
      code.vector("f64x2PromoteLowF32x4");
      const local = code.local("v128");
      code.set(local);
      locals.push(local);
    }
  }
  return { kind: "registers", locals };
}

/** Float64 lanes, rounded to float32: half the registers. */
export function narrow({ count, context: { code } }: Lanes, x: Vector): Vector {
  const locals: number[] = [];
  for (let register = 0; register < count; register++) {
    for (const half of [0, 1]) {
      pushRegister(code, "float64", x, 2 * register + half);
      code.vector("f32x4DemoteF64x2");
    }
    code.shuffle(lowAndLow);
    const local = code.local("v128");
    code.set(local);
    locals.push(local);
  }
  return { kind: "registers", locals };
}

/** The high half of a register, twice: lanes for a shuffle. */
export const highHalf: readonly number[] = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const lowAndLow: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
