/**
 * Pages of the public site as a visitor gets them: every page that the register leads to, in both
 * languages, from a demonstration behind its real door. The baseline is the same server's smallest
 * answer, a redirect, so that what a machine takes for any request is not taken for the page's.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Demonstration, demonstration } from "./front/demonstration.ts";
import { type Bench, median, type Result, type Say } from "./measure.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
/** Asks of each page in a round. */
const ASKS = 10;
/** Visitors are answered 50 times a second. */
const PACE_MS = 25;
const LANGS = ["zh", "en"] as const;
/** The register, and whatever stands below a pilot's own address. */
const REGISTER = /^\/(zh|en)\/$/;
const OF_PILOT = /^\/(zh|en)\/pilots\/[^/]+(\/.+)?$/;

interface Page {
  readonly path: string;
  bytes: number;
  readonly tookMs: number[];
}

export const bench: Bench = {
  name: "page",
  promise: "registry and pilot pages at most 100 kB and 50 ms",
  async run(say) {
    say("starting a furnished demonstration");
    const front = await demonstration();
    try {
      const pages = await reached(front);
      say(`${pages.length} pages are reached from the register`);
      const bare: Page = { path: "/", bytes: 0, tookMs: [] };
      for (let round = 1; round <= ROUNDS; round++) await askAll(front, [bare, ...pages]);
      return results(pages, { bare, say });
    } finally {
      await front.end();
    }
  },
};

/** Follows links from the register, as far as its own pages and those of pilots go. */
async function reached({ origin }: Demonstration): Promise<Page[]> {
  const known = new Map<string, Page>();
  const next: string[] = LANGS.map((lang) => `/${lang}/`);
  for (let path = next.shift(); path !== undefined; path = next.shift()) {
    if (known.has(path)) continue;
    const answer = await fetch(origin + path, { redirect: "manual" });
    const isPage = answer.headers.get("content-type")?.startsWith("text/html") === true;
    const html = await answer.text();
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status}`);
    if (answer.status !== 200 || !isPage) continue;
    known.set(path, { path, bytes: 0, tookMs: [] });
    const links = [...html.matchAll(/href="(\/[^"#?]*)/g)].map(([, link = ""]) => link);
    next.push(...links.filter((link) => REGISTER.test(link) || OF_PILOT.test(link)));
    await sleep(PACE_MS);
  }
  return [...known.values()];
}

async function askAll({ origin }: Demonstration, pages: readonly Page[]): Promise<void> {
  for (let n = 0; n < ASKS; n++) {
    for (const page of pages) {
      const start = performance.now();
      const answer = await fetch(origin + page.path, { redirect: "manual" });
      const { byteLength } = await answer.arrayBuffer();
      page.tookMs.push(performance.now() - start);
      if (answer.status >= 400) throw new Error(`${page.path}: ${answer.status}`);
      page.bytes = Math.max(page.bytes, byteLength);
      await sleep(PACE_MS);
    }
  }
}

function results(
  pages: readonly Page[],
  { bare, say }: { readonly bare: Page; readonly say: Say },
): Result[] {
  const slowest = pages.toSorted((a, b) => median(b.tookMs) - median(a.tookMs));
  for (const page of slowest.slice(0, 10)) {
    say(`${page.path}: ${median(page.tookMs).toFixed(1)} ms, ${page.bytes} bytes`);
  }
  const all = pages.flatMap(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const baseline = "a redirect of the same server";
  const redirect = median(bare.tookMs);
  const timed = (name: string, value: number, target = ""): Result => ({
    ...{ name, value, unit: "ms", target, baseline, ratio: value / redirect },
  });
  const bytes = Math.max(...pages.map((page) => page.bytes));
  return [
    timed(
      `${pages.length} pages, the slowest's median`,
      median(slowest[0]?.tookMs ?? []),
      "≤ 50 ms",
    ),
    timed("every ask of them, median", median(all)),
    timed("every ask of them, 99th of 100", all[Math.floor(all.length * 0.99)] ?? NaN),
    { name: "the largest, uncompressed", value: bytes / 1_000, unit: "kB", target: "≤ 100 kB" },
    { name: baseline, value: redirect, unit: "ms" },
  ];
}
