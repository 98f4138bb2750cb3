/**
 * A year that is killed with its server in the middle of a step: so many milliseconds after a step
 * ended. No end of anything runs. For the test that lives the year again; it ends with SIGKILL.
 *
 *   node cut-short-year.fixture.ts <data> <seed> <size> <step> <ms>
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { regulatorYear } from "./regulator-year.ts";
import { killGroup } from "./server.ts";

const [data = "", seed = "", size = "", step = "", ms = ""] = process.argv.slice(2);

await regulatorYear({
  ...{ data, seed: Number(seed), size: Number(size), lang: "en" },
  onProgress(done) {
    if (done === Number(step)) setTimeout(cut, Number(ms));
  },
});

function cut(): void {
  killGroup(Number(readFileSync(join(data, "server.pid"), "utf8")));
  process.kill(process.pid, "SIGKILL");
}
