/** What becomes of the rate along the run: a schedule by its name, as a share of the rate, that ends with the run. */

import type { Command } from "commander";
import { type Plateau, plateau, type Schedule, schedules } from "../../../src/first-order/index.ts";
import { constantValue } from "../../point.ts";
import { scheduleOf, scheduleSettings } from "../../schedule/choose.ts";
import { readCall, type TypedCall } from "../../typed/call.ts";
import { unknownName } from "../../typed/find.ts";
import { madeOf, readNumbers } from "../../typed/numbers.ts";

/** How long a run is to be. */
interface Length {
  readonly steps: number;
  readonly stepsPerEpoch: number;
}

/** A schedule made for a run of a length, or one that follows the loss. */
export type ChosenSchedule = Plateau | ((length: Length) => Schedule);

/** Reads `cosine`, `step(every=2 epochs,factor=0.5)`, `plateau(patience=3)`; what there is not ends as wrong usage. */
export function chosenSchedule(command: Command, text: string): ChosenSchedule {
  const call = readCall(command, "--schedule", text);
  if (call.name === "plateau") return plateauOf(command, call);
  if (call.name === "one-cycle-momentum")
    return unknownName(
      command,
      "schedule of rates",
      call.name,
      schedules.map(({ card }) => card.name),
    );
  const made = (length: Length): Schedule => scheduleFor(command, call, length);
  // What is wrong with it is said before any work; the run's own length is not known yet.
  made({ steps: 1000, stepsPerEpoch: 100 });
  return made;
}

function scheduleFor(command: Command, call: TypedCall, length: Length): Schedule {
  const { card, make } = scheduleOf(command, call.name);
  const given = scheduleSettings(command, "--schedule", card, call.settings, (piece) =>
    countOf(piece, length),
  );
  const names = new Set(card.settings.map(({ name }) => name));
  const suited = Object.entries(suitedTo(card.name, length)).filter(([name]) => names.has(name));
  return madeOf(command, "--schedule", () =>
    make({ ...Object.fromEntries(suited), ...Object.fromEntries(given) }),
  );
}

/** `2 epochs` counted in steps; everything else is a number. */
function countOf(text: string, { stepsPerEpoch }: Length): number | undefined {
  const [, epochs] = /^(.*\S)\s*epochs?$/.exec(text) ?? [];
  if (epochs === undefined) return constantValue(text);
  const count = constantValue(epochs);
  return count === undefined ? undefined : Math.max(1, Math.round(count * stepsPerEpoch));
}

/** Settings that nobody gave: from the whole rate, over the whole run; stairs in thirds, decays to a hundredth. */
function suitedTo(name: string, { steps }: Length): Readonly<Record<string, number | readonly number[]>> {
  const part = (share: number): number => Math.max(1, Math.ceil(share * steps));
  const isCyclic = name === "cyclic";
  return {
    from: isCyclic ? 0.1 : 1,
    ...(isCyclic && { to: 1, up: part(0.1) }),
    value: 1,
    largest: 1,
    steps: Math.max(1, steps),
    every: part(1 / 3),
    milestones: [part(0.5), Math.max(part(0.5) + 1, part(0.75))],
    ...(name === "exponential-decay" && { factor: 0.01 ** (1 / Math.max(1, steps)) }),
    decay: 99 / Math.max(1, steps),
    // 1 + 2 + 4 cycles.
    cycle: part(1 / 7),
    growth: 2,
  };
}

const plateauNumbers = ["factor", "patience", "threshold", "cooldown", "minRate"] as const;

function plateauOf(command: Command, call: TypedCall): Plateau {
  const settings = plateauNumbers.map((name) => ({
    kind: "number" as const,
    name,
    meaning: name,
    default: name === "patience" ? 2 : 0.1,
    source: "PyTorch",
    range: "[0, ∞)" as const,
  }));
  const numbers = readNumbers(command, "--schedule", { name: "plateau", settings }, call.settings);
  // Epochs are few: PyTorch's patience of ten would outlast most runs.
  return madeOf(command, "--schedule", () => plateau({ patience: 2, ...Object.fromEntries(numbers) }));
}
