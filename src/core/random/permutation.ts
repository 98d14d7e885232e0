/** Random permutations: Fisher & Yates (1938) in the form of Durstenfeld (1964), with unbiased choices. */
import { ArgumentError } from "../errors.ts";
import { type Key, keyWords, PURPOSE } from "./key.ts";
import { threefry2x32Into } from "./threefry.ts";

/**
 * A permutation of 0 ... n - 1, each of the n! equally likely as far as the key's words are random: a word
 * that would favour the small choices is thrown away and the next one taken, which happens less than once in
 * 2³²/n. Throws ArgumentError unless n is an integer from 0 to 2³¹ - 1, or for a malformed key.
 *
 * Example: `permutation(seedKey(1), 4)` is an Int32Array of 0, 1, 2, 3 in some order.
 */
export function permutation(key: Key, n: number): Int32Array {
  if (!Number.isInteger(n) || n < 0 || n >= 2 ** 31) {
    throw new ArgumentError(`\`permutation(key, n)\` needs an integer n from 0 to 2³¹ - 1; got ${n}.`);
  }
  const [key0, key1] = keyWords(key);
  const order = Int32Array.from({ length: n }, (_, place) => place);
  const block = new Uint32Array(2);

  /** An integer from 0 to choices - 1, from counters (place, PERMUTATION), (place, PERMUTATION + 1) ... */
  const choose = (choices: number, place: number): number => {
    for (let purpose: number = PURPOSE.PERMUTATION; ; purpose += 1) {
      threefry2x32Into(key0, key1, place, purpose, block, 0);
      for (let i = 0; i < 2; i += 1) {
        const word = block[i] ?? 0;
        const choice = word % choices;
        // The words fall into runs of `choices`; the last run, if 2³² cuts it short, favours its first choices.
        if (word - choice <= 2 ** 32 - choices) return choice;
      }
    }
  };

  for (let place = n - 1; place > 0; place -= 1) {
    const other = choose(place + 1, place);
    const held = order[place] ?? 0;
    order[place] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
}
