/**
 * Checks one act against the public log, in this browser. It believes the keys that this site
 * publishes, and nothing else: neither the journal that it checks nor the proof of anybody.
 */
import { type Bytes, leafHash } from "./bytes.ts";
import { canCheck, readCheckpoint, type Signed, signedBy } from "./note.ts";
import { leadsTo, leavesOf, pathOf, type Source } from "./tiles.ts";

/** What the journal says of the act; every part that is given has to stand in the leaf. */
export interface Act {
  readonly pilot: string;
  readonly partition: number;
  readonly seq: string;
  readonly command?: string;
  readonly class?: string;
  readonly outcome?: string;
}

export type Step = "checkpoint" | "signature" | "witness" | "leaf" | "matches" | "path";
export const STEPS: readonly Step[] = [
  "checkpoint",
  "signature",
  "witness",
  "leaf",
  "matches",
  "path",
];

export type StepState = "waiting" | "running" | "ok" | "no" | "absent";

/** Called after every part of the way: which step, how it stands, and what there is to say of it. */
export type Watch = (
  step: Step,
  state: StepState,
  facts?: Readonly<Record<string, string>>,
) => void;

export type Verdict = "verified" | "failed" | "not_published" | "unable";

interface WellKnown {
  readonly logs: readonly {
    readonly origin: string;
    readonly url: string;
    readonly vkey: string;
  }[];
  readonly witnesses?: readonly string[];
}

/** Leaves that one bundle holds. */
const WIDTH = 256;

/** Does the whole check. Never throws: what cannot be read is a failed step. */
export async function checkAct(act: Act, watch: Watch): Promise<Verdict> {
  if (!(await canCheck())) return "unable";
  let current: Step = "checkpoint";
  const at: Watch = (step, state, facts) => {
    current = step;
    watch(step, state, facts);
  };
  try {
    return await walk(act, at);
  } catch {
    watch(current, "no");
    return "failed";
  }
}

async function walk(act: Act, watch: Watch): Promise<Verdict> {
  watch("checkpoint", "running");
  const known = (await (await fetch("/.well-known/sandbank")).json()) as WellKnown;
  const log = known.logs.find((one) => one.origin.endsWith(`/${act.pilot}/${act.partition}`));
  if (log === undefined) throw new Error("no such log is published");
  const source = sourceOf(log.url);
  const bytes = await source("checkpoint");
  if (bytes === undefined) return "not_published";
  const checkpoint = readCheckpoint(new TextDecoder().decode(bytes));
  if (checkpoint.origin !== log.origin) throw new Error("the checkpoint of another log");
  const { size, root } = checkpoint;
  watch("checkpoint", "ok", { origin: log.origin, size: String(size) });

  watch("signature", "running");
  const own = await signedBy(checkpoint, log.vkey);
  watch("signature", own === undefined ? "no" : "ok", { name: log.origin });
  watch("witness", "running");
  const seen = await witnessesOf(checkpoint, known.witnesses ?? []);
  const asked = (known.witnesses ?? []).length;
  watch(
    "witness",
    asked === 0 ? "absent" : seen.length === asked ? "ok" : "no",
    witnessFacts(seen),
  );

  watch("leaf", "running");
  const found = await findLeaf({ source, size, seq: BigInt(act.seq) }, watch);
  if (found === undefined) {
    watch("leaf", "absent");
    return "not_published";
  }
  watch("leaf", "ok", { index: String(found.index) });
  const matches = isSaid(found.leaf, act);
  watch("matches", matches ? "ok" : "no");

  watch("path", "running");
  const path = await pathOf(source, found.index, size);
  const leaf = await leafHash(found.leaf);
  const leads = await leadsTo({ index: found.index, size, leaf, path, root });
  watch("path", leads ? "ok" : "no", { length: String(path.length) });
  const good = own !== undefined && seen.length === asked && matches && leads;
  return good ? "verified" : "failed";
}

function sourceOf(url: string): Source {
  return async (path) => {
    const cache = path === "checkpoint" ? "no-store" : "default";
    const response = await fetch(`${url}/${path}`, { cache });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`the log answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

async function witnessesOf(
  checkpoint: Parameters<typeof signedBy>[0],
  vkeys: readonly string[],
): Promise<Signed[]> {
  const answers = await Promise.all(vkeys.map((vkey) => signedBy(checkpoint, vkey)));
  return answers.filter((one) => one !== undefined);
}

function witnessFacts(seen: readonly Signed[]): Record<string, string> {
  const [first] = seen;
  if (first?.seconds === undefined) return {};
  return { name: first.name, seconds: String(first.seconds) };
}

interface Leaf {
  readonly t: string;
  readonly seq?: string;
  readonly command?: string;
  readonly class?: string;
  readonly outcome?: string;
}

function readLeaf(bytes: Bytes): Leaf {
  return JSON.parse(new TextDecoder().decode(bytes)) as Leaf;
}

interface Search {
  readonly source: Source;
  readonly size: number;
  readonly seq: bigint;
}

/**
 * Numbers of acts only grow along a log, so that halving finds the bundle: the newest is read first,
 * since that is where people look, and a log of a million leaves takes a dozen bundles.
 */
async function findLeaf(
  search: Search,
  watch: Watch,
): Promise<{ readonly index: number; readonly leaf: Bytes } | undefined> {
  const { source, size, seq } = search;
  let [low, high] = [0, Math.ceil(size / WIDTH) - 1];
  let read = 0;
  for (let bundle = high; low <= high; bundle = Math.floor((low + high) / 2)) {
    const leaves = await leavesOf(source, bundle, size);
    read += 1;
    watch("leaf", "running", { bundles: String(read) });
    const parsed = leaves.map(readLeaf);
    const inside = parsed.findIndex((leaf) => leaf.t === "act" && leaf.seq === String(seq));
    const bytes = leaves[inside];
    if (bytes !== undefined) return { index: bundle * WIDTH + inside, leaf: bytes };
    const first = parsed.find((leaf) => leaf.seq !== undefined)?.seq;
    if (first !== undefined && BigInt(first) >= seq) high = bundle - 1;
    else low = bundle + 1;
  }
  return undefined;
}

/** True if the leaf says of the act what the journal says of it. */
function isSaid(bytes: Bytes, act: Act): boolean {
  const leaf = readLeaf(bytes);
  return (["command", "class", "outcome"] as const).every(
    (name) => act[name] === undefined || leaf[name] === act[name],
  );
}
