export { threadsAbsence } from "./available.ts";
export { operationsWorthDividing, type Range, rangesOf } from "./divide.ts";
export type { SentCall } from "./protocol.ts";
export { type Part, type Roster, rosterOf } from "./roster.ts";
