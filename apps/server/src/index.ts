/** The server as a part: what scenarios, benches and the command line start. */
export { type Sandbank, startSandbank } from "./compose.ts";
