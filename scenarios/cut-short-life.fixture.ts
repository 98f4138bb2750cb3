/**
 * A life that is killed with its server in the middle of a step: so many milliseconds after a count
 * of acts and steps, or after the step of a name. No end of anything runs. For the test that lives
 * the life again; it ends with SIGKILL.
 *
 *   node cut-short-life.fixture.ts <data> <seed> <size> <count or step> <ms>
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pilotLife } from "./pilot-life.ts";
import { killGroup } from "./server.ts";

const [data = "", seed = "", size = "", after = "", ms = ""] = process.argv.slice(2);

await pilotLife({
  ...{ data, seed: Number(seed), size: Number(size), lang: "en" },
  onProgress(done) {
    if (done === Number(after)) setTimeout(cut, Number(ms));
  },
  onStep(name) {
    if (name === after) setTimeout(cut, Number(ms));
  },
});

function cut(): void {
  killGroup(Number(readFileSync(join(data, "server.pid"), "utf8")));
  process.kill(process.pid, "SIGKILL");
}
