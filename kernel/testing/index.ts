export * from "./database.ts";
export { type Lies, SoftwareAuthenticator } from "./authenticator.ts";
export { eachRowLeft } from "./left.ts";
export { rowsWith } from "./rows.ts";
export { type StandingRow, triedMoves } from "./moves.ts";
