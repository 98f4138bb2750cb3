/**
 * From `npm start` to the first page: a spawn of the server on an empty folder and on one it knows,
 * until the public site answers with 200; and how long the pages of the applications take to be built. The
 * baselines are a bare Node process, and making and starting an empty PostgreSQL.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bench, median, type Result, type Say } from "./measure.ts";
import { bareNode, emptyPostgres, startOnce } from "./start/server.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);

const COLD = "disclosure site, empty folder";
const WARM = "disclosure site, folder in use";
const PAGES = "pages of the applications built, from the start";
const NODE = 'bare node -e ""';
const POSTGRES = "initdb and start of an empty PostgreSQL";

/** One round of everything, on a folder of its own that is gone afterwards. */
async function round(took: (name: string, seconds: number) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-bench-start-"));
  try {
    took(NODE, await bareNode());
    took(POSTGRES, await emptyPostgres(join(folder, "empty")));
    const cold = await startOnce(join(folder, "sandbank"), { untilBuilt: true });
    took(COLD, cold.site);
    took(PAGES, cold.pages);
    const warm = await startOnce(join(folder, "sandbank"), { untilBuilt: false });
    took(WARM, warm.site);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(say: Say): Promise<Result[]> {
  const seconds = new Map<string, number[]>();
  for (let n = 1; n <= ROUNDS; n += 1) {
    await round((name, value) => {
      seconds.getOrInsertComputed(name, () => []).push(value);
      say(`round ${n}/${ROUNDS}  ${name}: ${value.toFixed(2)} s`);
    });
  }
  const of = (name: string) => median(seconds.get(name) ?? []);
  const against = (name: string, baseline: string, target: string): Result => ({
    ...{ name, value: of(name), unit: "s", baseline, ratio: of(name) / of(baseline), target },
  });
  return [
    against(COLD, POSTGRES, "≤ 10 s"),
    against(WARM, NODE, "≤ 3 s"),
    { name: PAGES, value: of(PAGES), unit: "s", target: "≤ 30 s" },
    { name: POSTGRES, value: of(POSTGRES), unit: "s" },
    { name: NODE, value: of(NODE), unit: "s" },
  ];
}

export const bench: Bench = {
  name: "start",
  promise: "the public site answers within 10 s of a first start, and within 3 s of any other",
  run,
};
