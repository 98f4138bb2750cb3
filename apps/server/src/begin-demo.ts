/**
 * The beginning of a demonstration: its people with links that are good once, keys for its firms, the
 * file that has them all, and, on a first start, a bank at work.
 */
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "@sandbank/kernel/config";
import type { openLog, Route } from "@sandbank/kernel/http";
import type { DemoMade, Identity } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { DEMO } from "./demo.ts";
import { furnish } from "./furnish.ts";

interface Beginning {
  readonly identity: Identity;
  /** Routes of the modules: whatever the demonstration is furnished with goes through them. */
  readonly routes: readonly Route[];
  readonly log: ReturnType<typeof openLog>;
  readonly origin: string;
}

/** Makes people and keys, and furnishes where that is wanted. What cannot be furnished is missing. */
export async function beginDemo(config: Config, of: Beginning): Promise<DemoMade> {
  const { identity, routes, log } = of;
  const made = await writeDemo(config, of);
  if (config.furnished !== true) return made;
  await furnish({ routes, identity }, made).catch((fault: unknown) => {
    log.error({ err: fault }, "The demonstration could not be furnished.");
  });
  return made;
}

/** One-time links and keys, so that a script can do what a person can. Readable by the owner only. */
async function writeDemo(
  { dataFolder }: Config,
  { identity, origin }: Beginning,
): Promise<DemoMade> {
  const path = join(dataFolder, "demo.json");
  const kept = await keysKept(path, identity);
  const isKept = (asked: { readonly organisation: string; readonly name: string }) =>
    kept.some((key) => key.organisation === asked.organisation && key.name === asked.name);
  const made = await identity.demoPrincipals({
    ...DEMO,
    keys: DEMO.keys.filter((asked) => !isKept(asked)),
    address: ({ secret, lang }) => `${origin}/${lang}/sign-in/${secret}`,
  });
  const keys = [...kept, ...made.keys];
  writeFileSync(path, `${JSON.stringify({ origin, ...made, keys }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return { ...made, keys };
}

/** Keys of an earlier start that are still good. They stay, so that a script goes on with its own. */
async function keysKept(path: string, identity: Identity): Promise<DemoMade["keys"]> {
  if (!existsSync(path)) return [];
  const { keys } = JSON.parse(readFileSync(path, "utf8")) as DemoMade;
  const found = await Promise.all(keys.map(({ key }) => identity.findKey(`Bearer ${key}`)));
  return keys.filter((_, at) => !isRefusal(found[at]));
}
