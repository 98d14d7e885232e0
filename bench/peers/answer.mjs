/** The side of a peer in Node: answers the lines that `child.mjs` writes. */
import { createInterface } from "node:readline";
import { local } from "../timing.mjs";

/** `works` maps names to functions that prepare a work and give `{ call, check }`. */
export async function answer(version, works) {
  const prepared = new Map();
  const find = async (words) => {
    const key = words.join(" ");
    const [name, ...args] = words;
    if (works[name] === undefined) throw new Error(`has no ${name}`);
    if (!prepared.has(key)) {
      const work = await works[name](...args);
      // Steps change what they compute, so the first one is remembered.
      prepared.set(key, { contestant: local(work.call), first: work.check() });
    }
    return prepared.get(key);
  };
  const reply = async ([request, ...words]) => {
    if (request === "check") return (await find(words)).first;
    return (await find(words.slice(1))).contestant.measure(Number(words[0]));
  };
  console.log(`ready ${version}`);
  for await (const line of createInterface({ input: process.stdin })) {
    const said = await reply(line.split(" ")).catch(
      (error) => `error ${String(error.message).split("\n")[0]}`,
    );
    process.stdout.write(`${said}\n`);
  }
}
