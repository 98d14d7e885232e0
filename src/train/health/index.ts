/** The health of a training: what looks wrong, each thing once, with advice. */
export { deadUnitsOf, isDead } from "./dead-units-of.ts";
export type { DeadUnits, HealthEpoch, HealthKind, HealthStep, HealthWarning } from "./facts.ts";
export {
  type HealthMonitor,
  type HealthReport,
  type HealthState,
  healthMonitor,
} from "./monitor.ts";
export type { HealthOptions } from "./settings.ts";
