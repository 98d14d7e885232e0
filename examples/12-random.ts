/** Random values come from keys: the same key gives the same values, here, in every browser, and inside derivatives. */
import { grad, mean, normal, randomKey, splitKey, square, type Tensor, tensor, uniform } from "nabla";

const [first, second] = splitKey(randomKey(42));
if (!first || !second) throw new RangeError("splitKey gives two keys");

const draw = (key: Tensor) => uniform(key, [2]).toString();
const again = draw(first);
console.log(draw(first) === again, draw(second) === again);

// The derivative of an average over random values, by the values themselves: d/ds E[(s z)²] = 2 s.
const spread = (s: Tensor, key: Tensor) => mean(square(normal(key, [10_000]).mul(s)));
console.log(grad(spread)(tensor(3), first).item().toFixed(0));
// prints:
// true false
// 6
