export * from "./limits.ts";
export * from "./config.ts";
export type { PublicSite } from "./site.ts";
