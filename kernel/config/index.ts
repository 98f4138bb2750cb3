export * from "./limits.ts";
export * from "./config.ts";
