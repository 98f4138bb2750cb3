/** The door of what every face that is an application needs: asking, addresses, passkeys, faults. */
export * from "./ask.ts";
export * from "./way.ts";
export * from "./ceremony.ts";
export type * from "./fault.ts";
