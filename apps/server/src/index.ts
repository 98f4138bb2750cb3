/** The server as a part: what scenarios, benches and the command line start or look into. */
export { type Sandbank, startSandbank } from "./compose.ts";
export { migrations, roles } from "./parts.ts";
