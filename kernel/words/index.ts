export * from "./text.ts";
export * from "./refusal.ts";
