export * from "./account.ts";
export * from "./entry.ts";
export * from "./hold.ts";
export * from "./ledger.ts";
export * from "./reads.store.ts";
export * from "./ledger.store.ts";
import "./ledger.refusals.ts";
