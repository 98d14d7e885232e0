/** The data that the command line names. */

import type { Command } from "commander";
import { nearestName } from "../../nearest-name.ts";
import type { RunOptions } from "../options.ts";
import type { Dataset } from "./dataset.ts";
import { idxDataset, mnistDataset } from "./images.ts";
import { csvDataset, irisDataset, type WantedKind } from "./table.ts";

/** Data sets that come with Nabla. */
const builtIn = ["mnist", "iris"] as const;

/** Options that are about columns of files. */
const aboutTables = ["target", "features", "missing", "decimal"] as const;

/**
 * Reads data: `mnist`, `iris`, a CSV file, or a pair of IDX files with a comma between them. What is wrong with the command line ends as wrong
 * usage; what is wrong with a file is a FileError.
 */
export function readDataset(command: Command, data: string, options: RunOptions, kind: WantedKind): Dataset {
  const isPair = data.includes(",") || /-idx\d-ubyte(\.gz)?$/.test(data);
  if (isPair || builtIn.some((name) => name === data)) refuseTableOptions(command, data, options);
  if (data === "mnist") return mnistDataset(command, options);
  if (data === "iris") return irisDataset(command, options);
  if (isPair) return idxDataset(command, data, options);
  const nearest = /[./\\]/.test(data) ? undefined : nearestName(data, builtIn);
  if (nearest !== undefined)
    return command.error(
      `error: there is no data "${data}". Did you mean ${nearest}?\nData is mnist, iris, a CSV file, or IDX files as images,labels.`,
    );
  return csvDataset(command, data, options, kind);
}

function refuseTableOptions(command: Command, data: string, options: RunOptions): void {
  const given = aboutTables.find((name) => options[name] !== undefined);
  if (given !== undefined)
    command.error(`error: --${given} is about the columns of CSV files; leave it out for ${data}`);
}
