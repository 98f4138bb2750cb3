export * from "./command.ts";
export * from "./policy.ts";
