#!/usr/bin/env node
/** `npm start`: trains a small network on handwritten digits and writes a report that can be looked at. */

import { main } from "./digits/main.ts";

process.exitCode = await main(process.argv.slice(2));
