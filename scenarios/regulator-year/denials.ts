/**
 * Refusals by clause, told by four who do not ask each other: the journal as the database keeps it,
 * the routes that staff read, the auditor's facts file, out of which what was used is added up again
 * at the very place of each refusal, and the institutions that were refused.
 */
import { type Instant, shanghaiDate, toIso } from "@sandbank/kernel/clock";
import type { Failed } from "@sandbank/world";
import type { RefusedPermit } from "./heard.ts";
import type { DenialLine } from "./kept.ts";
import { type Act, type Figure, type Limit, type Opened, share, type Span } from "./recount.ts";
import type { Denial } from "./recount.store.ts";
import { read } from "../stage.ts";
import type { Year } from "./year.ts";

/** The guard that said no as indicators name it: the limit or check, else the code. */
function guardOf({ rule, code }: Pick<Denial, "rule" | "code">): string {
  return rule === "" ? code : rule;
}

/** I13 by guard: denied by it of everything that was asked. */
export function deniedByGuard(
  denials: readonly Denial[],
  of: { readonly span: Span; readonly asked: bigint },
): Figure[] {
  const { span, asked } = of;
  const own = denials.filter(({ at }) => span.begins <= at && at < span.ends);
  return [...Map.groupBy(own, guardOf)].map(([guard, rows]) => ({
    ...share("by_guard", BigInt(rows.length), asked),
    subject: guard,
  }));
}

/** The table of one pilot, by clause and code. */
export function tableOf(pilot: string, denials: readonly Denial[]): DenialLine[] {
  const text = (value: bigint | null | undefined) =>
    value === null || value === undefined ? null : String(value);
  const lines = Map.groupBy(denials, (one) => `${one.clause ?? ""} ${guardOf(one)} ${one.code}`);
  return [...lines.values()].flatMap((rows) => {
    const last = rows.at(-1);
    if (last === undefined) return [];
    const { rule, code, clause, used, cap, asked } = last;
    const figures = { used: text(used), cap: text(cap), asked: text(asked) };
    return [{ pilot, clause: clause ?? "", rule, code, count: rows.length, ...figures }];
  });
}

/** What the four are compared over. */
export interface Told {
  readonly pilot: string;
  readonly denials: readonly Denial[];
  /** The journal as staff read it, with what the facts file says of each act. */
  readonly acts: readonly Act[];
  readonly opened: ReadonlyMap<number, Opened>;
  readonly limits: readonly Limit[];
  readonly heard: ReadonlyMap<string, RefusedPermit>;
}

/** Everything in which the tellers differ, as sentences; empty is well. */
export function differencesIn(told: Told): string[] {
  return [...differFromJournal(told), ...differFromFacts(told), ...differFromHeard(told)];
}

function isRefused({ outcome }: Pick<Act, "outcome">): boolean {
  return outcome !== "accepted" && outcome !== "parked";
}

/** The same acts were refused by the same code. */
function differFromJournal({ denials, acts }: Told): string[] {
  const kept = new Map(denials.map(({ seq, outcome }) => [Number(seq), outcome]));
  const read_ = new Map(acts.filter(isRefused).map(({ seq, outcome }) => [seq, outcome]));
  return [...new Set([...kept.keys(), ...read_.keys()])].flatMap((seq) => {
    const [one, other] = [kept.get(seq), read_.get(seq)];
    return one === other ? [] : [`act ${seq}: kept ${one}, read ${other}`];
  });
}

/**
 * Every refusal with figures says what the facts file says: what all acts before it had used of that
 * account, what was asked, and that the two together are above the cap.
 */
function differFromFacts({ denials, acts, opened, limits }: Told): string[] {
  const rules = new Map(limits.map((limit) => [limit.id, limit]));
  const bySeq = Map.groupBy(denials, ({ seq }) => Number(seq));
  const used = new Map<string, bigint>();
  return acts.flatMap(({ seq, at, moves }) => {
    const found = (bySeq.get(seq) ?? []).flatMap((denial) => {
      const said = figuresIn({ denial, at, used }, { facts: opened.get(seq), rules });
      return said === undefined ? [] : [`act ${seq}: ${denial.rule}: ${said}`];
    });
    for (const { rule, whose, period, by } of moves) {
      const key = `${rule}/${whose}/${period}`;
      used.set(key, (used.get(key) ?? 0n) + by);
    }
    return found;
  });
}

/** What is wrong with the figures of one denial; undefined where it has none or they are right. */
function figuresIn(
  of: {
    readonly denial: Denial;
    readonly at: Instant;
    readonly used: ReadonlyMap<string, bigint>;
  },
  by: { readonly facts: Opened | undefined; readonly rules: ReadonlyMap<string, Limit> },
): string | undefined {
  const { denial, at, used } = of;
  if (denial.cap === null) return undefined;
  if (by.facts === undefined) return "the facts file does not open it";
  const { content } = by.facts;
  const secured = content["secured"] as { readonly debt: string } | undefined;
  const amount = String(content["amount"] ?? "");
  const rule = by.rules.get(denial.rule);
  const isMoney = rule?.measure === "amount" || rule?.measure === "single";
  const asked = denial.rule === "loan_to_value" ? secured?.debt : isMoney ? amount : "1";
  const whose = rule?.scope === "pilot" ? "pilot" : String(content[rule?.scope ?? ""] ?? "");
  const before = used.get(`${denial.rule}/${whose}/${periodOf(rule?.window, at)}`) ?? 0n;
  const counted = rule === undefined || rule.measure === "single" ? 0n : before;
  const told = `used ${denial.used}, asked ${denial.asked}`;
  const again = `used ${counted}, asked ${asked}`;
  if (told !== again) return `told ${told}, counted ${again}`;
  if (counted + BigInt(asked ?? "0") <= denial.cap) return `${again} is within ${denial.cap}`;
  return rule === undefined || rule.cap === String(denial.cap)
    ? undefined
    : `cites a cap of ${denial.cap} where ${rule.cap} is in force`;
}

function periodOf(window: string | undefined, at: Instant): string {
  const day = shanghaiDate(at);
  if (window === "day") return day;
  if (window === "month") return day.slice(0, 7);
  return window === "year" ? day.slice(0, 4) : "all";
}

/** Whoever was refused heard the same clauses and figures, in the same order. */
function differFromHeard({ denials, opened, heard }: Told): string[] {
  const permits = new Map([...opened].map(([seq, { content }]) => [seq, String(content["id"])]));
  const kept = Map.groupBy(denials, ({ seq }) => permits.get(Number(seq)) ?? "");
  return [...heard].flatMap(([permit, { failed }]) => {
    const own = (kept.get(permit) ?? []).filter(({ rule }) => rule !== "");
    const [one, other] = [own.map(lineOf).join("; "), failed.map(lineOf).join("; ")];
    return one === other ? [] : [`${permit}: kept ${one}, heard ${other}`];
  });
}

function lineOf(one: Denial | Failed): string {
  const rule = "rule" in one ? one.rule : (one.limit ?? "");
  const figures = [one.used, one.cap, one.asked].map((value) => String(value ?? "–"));
  return [one.code, rule, one.clause ?? "–", ...figures].join(" ");
}

const ROWS_MAX = 200;

/** The acts that open behind a figure are those that the journal kept. */
export async function differFromRows(
  year: Year,
  of: { readonly pilot: string; readonly denials: readonly Denial[]; readonly spans: Span[] },
): Promise<string[]> {
  const found: string[] = [];
  for (const span of of.spans) {
    const own = of.denials.filter(({ at }) => span.begins <= at && at < span.ends);
    for (const [guard, rows] of Map.groupBy(own, guardOf)) {
      const asked = new URLSearchParams({
        ...{ span: "month", begins: toIso(span.begins), subject: guard },
      });
      const path = `/api/pilots/${of.pilot}/indicators/I13/rows?${asked.toString()}`;
      const answer = await read<{ readonly rows: readonly { readonly seq: string }[] }>(year, path);
      const kept = [...new Set(rows.map(({ seq }) => String(seq)))].toReversed().slice(0, ROWS_MAX);
      const opens = answer.rows.map(({ seq }) => seq);
      if (kept.join() !== opens.join()) {
        found.push(`${guard}: ${kept.length} acts kept, ${opens.length} open`);
      }
    }
  }
  return found;
}
