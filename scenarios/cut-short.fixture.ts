/**
 * A first day that is killed at a chosen act, with the server and, if told, the database: no end of
 * anything runs. For the test that lives the day again; it ends with SIGKILL or not at all.
 *
 *   node cut-short.fixture.ts <data> <seed> <payments> <act> [database]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firstDay } from "./first-day.ts";
import { killGroup } from "./server.ts";

const [data = "", seed = "", payments = "", act = "", database] = process.argv.slice(2);

await firstDay({
  ...{ data, seed: Number(seed), payments: Number(payments), lang: "en" },
  onProgress(done) {
    if (done < Number(act)) return;
    if (database === "database") {
      const lock = join(data, "sandbank", "postgres", "postmaster.pid");
      process.kill(Number(readFileSync(lock, "utf8").split("\n")[0]), "SIGKILL");
    }
    killGroup(Number(readFileSync(join(data, "server.pid"), "utf8")));
    process.kill(process.pid, "SIGKILL");
  },
});
