export * from "./canonical.ts";
export * from "./commitment.ts";
export * from "./log.store.ts";
export * from "./note.ts";
export * from "./tiles.ts";
export * from "./tree.ts";
