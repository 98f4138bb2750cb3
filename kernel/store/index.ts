export * from "./tx.ts";
