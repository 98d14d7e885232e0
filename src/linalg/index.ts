export * from "./cholesky.ts";
export * from "./damped-triangular.ts";
export * from "./qr.ts";
export * from "./symmetric-product.ts";
export * from "./triangular.ts";
