export { threadsAbsence } from "./available.ts";
export { operationsWorthDividing, type Range, rangesOf } from "./divide.ts";
export { type Part, rosterOf } from "./roster.ts";
