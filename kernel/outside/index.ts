export { type Outside, outside, type Pinned } from "./outside.ts";
export type { Call, Reply } from "./send.ts";
