export * from "./instant.ts";
export * from "./machine.ts";
export * from "./date.ts";
export * from "./shanghai.ts";
export * from "./business.ts";
export * from "./workdays.ts";
export * from "./zone.ts";
export * from "./contract.ts";
