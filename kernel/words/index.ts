export * from "./text.ts";
export * from "./refusal.ts";
export * from "./fill.ts";
export * from "./figures.ts";
export * from "./times.ts";
export * from "./capitals.ts";
export * from "./mask.ts";
export * from "./explain.ts";
