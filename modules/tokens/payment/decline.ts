/**
 * Why payments of a holder were declined, whole: the refused acts about the holder as the journal has
 * them, with the declines that the module wrote where it said no itself.
 */
import { toIso } from "@sandbank/kernel/clock";
import {
  explain,
  type Failed,
  type Lang,
  type Refusal,
  refusalEntry,
} from "@sandbank/kernel/words";
import type { DeclineAnswer, DeclinesAnswer } from "../contract.ts";
import { DECLINING, type RefusedPayment, type TokensPorts } from "../ports.ts";
import { findTokens } from "../token/token.store.ts";
import { type DeclineRow, findDeclines } from "./decline.store.ts";
import type { Payment } from "./payment.ts";
import { findPayments } from "./payment.store.ts";

/** Declines of one page. */
const PAGE = 100;
/** Beyond the newest act. */
const NEWEST = 9_223_372_036_854_775_807n;

interface Asked {
  readonly holder: string;
  /** The language of the sentences; Chinese unless told. */
  readonly lang?: Lang;
  readonly before?: bigint | undefined;
}

/** Declines of a holder before a place in the order, newest first, a page at a time. */
export async function declinesOf(
  { store, partitions, journal }: Pick<TokensPorts, "store" | "partitions" | "journal">,
  { holder, lang = "zh", before = NEWEST }: Asked,
): Promise<DeclinesAnswer> {
  const partition = partitions.ofHolder(holder);
  const [tokens, ...pages] = await Promise.all([
    findTokens(store, partition, holder),
    ...DECLINING.map((command) =>
      journal.refused({ partition, command, holder, before, most: PAGE }),
    ),
  ]);
  const refused = pages
    .flat()
    .sort((a, b) => (a.seq > b.seq ? -1 : 1))
    .slice(0, PAGE);
  const raised = refused.flatMap(({ content }) => ("payment" in content ? [content.payment] : []));
  const acts = refused.map(({ act }) => act);
  const [rows, payments] = await Promise.all([
    findDeclines(store, partition, acts),
    findPayments(store, partition, raised),
  ]);
  const idOf = new Map(tokens.map(({ number, id }) => [number, id]));
  const last = refused.at(-1);
  return {
    declines: refused.map((one) => {
      const shown = shownOf(one, { idOf, payments });
      const row = rows.get(one.act);
      return said(row ? keptDecline(shown, one, row) : refusedDecline(shown, one), lang);
    }),
    next: last === undefined || refused.length < PAGE ? null : last.seq.toString(),
  };
}

type Reasons = Omit<DeclineAnswer, "sentence" | "remedy" | "figures">;
type Shown = Omit<Reasons, "code" | "failed">;

/** What was asked for; of a payment that was to be raised, what it is. */
function shownOf(
  { act, at, organisation, content }: RefusedPayment,
  by: {
    readonly idOf: ReadonlyMap<string, string>;
    readonly payments: ReadonlyMap<string, Payment>;
  },
): Shown {
  const known = { act, at: toIso(at), organisation, amount: content.amount };
  if ("payment" in content) {
    const payment = by.payments.get(content.payment);
    const { scene = "", merchant = "", reference = "", token = null } = payment ?? {};
    return { ...known, scene, merchant, reference, token };
  }
  const { scene, merchant, reference } = content;
  return { ...known, scene, merchant, reference, token: by.idOf.get(content.token) ?? null };
}

/** Says a decline to people: the first reason, with its figures, and what can be done about it. */
function said(decline: Reasons, lang: Lang): DeclineAnswer {
  const { code, failed, ...rest } = decline;
  const known = failed.map(({ used, cap, asked, ...one }) => ({
    ...one,
    ...(used === undefined ? {} : { used: BigInt(used) }),
    ...(cap === undefined ? {} : { cap: BigInt(cap) }),
    ...(asked === undefined ? {} : { asked: BigInt(asked) }),
  }));
  const category = refusalEntry(code)?.category ?? "conflicting";
  const refusal: Refusal = { refused: true, code, category, failed: known as Refusal["failed"] };
  const { sentence, remedy, failed: explained } = explain(refusal, lang);
  return { ...rest, sentence, remedy, figures: explained[0]?.figures ?? "", code, failed };
}

function keptDecline(shown: Shown, { code: heard }: RefusedPayment, row: DeclineRow): Reasons {
  const failed = JSON.parse(row.failed) as DeclineAnswer["failed"];
  return { ...shown, token: row.token, code: failed[0]?.code ?? heard, failed };
}

function refusedDecline(shown: Shown, { code, failed }: RefusedPayment): Reasons {
  return {
    ...shown,
    code,
    failed: failed.map(failedShown),
  };
}

/** A check that failed as its reader sees it: figures as decimal strings. */
export function failedShown({ used, cap, asked, ...rest }: Failed) {
  return {
    ...rest,
    ...(used === undefined ? {} : { used: String(used) }),
    ...(cap === undefined ? {} : { cap: String(cap) }),
    ...(asked === undefined ? {} : { asked: String(asked) }),
  };
}
