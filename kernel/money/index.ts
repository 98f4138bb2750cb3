export * from "./money.ts";
export * from "./contract.ts";
