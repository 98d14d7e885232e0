/** Every function of the corpus, as written and as build tools emit it, gives its own value when walked. */
import { describe, expect, test } from "vitest";
import { sourceOf, walk } from "../../src/expression/index.ts";
import { type Entry, emitted, emitters, instrumented, written } from "./emitters.ts";
import { throughGraph, ulpsApart } from "./evaluate.ts";

const corpus = await written();

/** A fresh copy each time: functions of the corpus may write to their argument. */
function call(entry: Entry, x: readonly number[]): number {
  return Number(Reflect.apply(entry.f, undefined, [[...x], ...entry.data]));
}

function check(entry: Entry): void {
  for (const x of entry.points) {
    const own = call(entry, x);
    expect(walk(entry.f, [x, ...entry.data]), `${entry.name} at [${x}], known`).toBe(own);
    const traced = throughGraph(entry.f, x, entry.data);
    expect(
      ulpsApart(traced, own),
      `${entry.name} at [${x}], traced: ${traced} for ${own}`,
    ).toBeLessThanOrEqual(entry.ulps);
  }
}

describe("as written", () => {
  test.each(corpus.map((entry) => [entry.name, entry] as const))("%s", (_name, entry) => check(entry));

  test("the corpus is as large as it says", () => {
    expect(corpus.length).toBeGreaterThan(100);
  });
});

describe.each(Object.entries(emitters))("as emitted by %s", (_name, emit) => {
  test("all functions", async () => {
    const entries = await emitted(emit);
    expect(entries.length).toBe(corpus.length);
    for (const entry of entries) check(entry);
  });
});

test("with coverage instrumentation every function is reported, none mistraced", async () => {
  for (const entry of await emitted(instrumented)) {
    expect(() => sourceOf(entry.f), entry.name).toThrow(/instrumented for coverage/);
  }
});
