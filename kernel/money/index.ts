export * from "./money.ts";
export * from "./arithmetic.ts";
export * from "./share.ts";
export * from "./yuan.ts";
export * from "./contract.ts";
