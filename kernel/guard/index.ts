export * from "./barriers.ts";
export * from "./command.ts";
export { guardMigrations, type PartitionRow } from "./guard.store.ts";
export * from "./guard.reads.ts";
export * from "./guard.ts";
export * from "./policy.ts";
export * from "./stops.ts";
export { limitKey, periodOf } from "./supervision.ts";
export type { TaskRow } from "./task.ts";
