/** The door of ui: tokens, words, and the parts of server-rendered pages. Nothing here needs a server. */
export * from "./clock.ts";
export * from "./html.ts";
export * from "./words.ts";
export * from "./figures.ts";
export * from "./indicator.ts";
export * from "./tide.ts";
export * from "./state.ts";
export * from "./facts.ts";
export * from "./form.ts";
export * from "./frame.ts";
export * from "./refusal.ts";
export * from "./card.ts";
export * from "./tokens.ts";
export * from "./theme.ts";
