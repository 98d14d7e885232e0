export { columnScaling, identityScaling, type Scaling } from "../descent/damped-least-squares.ts";
export * from "./levenberg-marquardt.ts";
