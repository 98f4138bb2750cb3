/**
 * Declined payments of all holders in a span of time: the refused acts as the journal has them, with
 * the reasons that the module wrote where it said no itself. No holder comes along, and of a token's
 * number no more than may be shown.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { type Failed, maskCard } from "@sandbank/kernel/words";
import { type DeclineRow, findDeclines } from "../payment/decline.store.ts";
import { findPayments } from "../payment/payment.store.ts";
import type { RefusedTry, TokensPorts } from "../ports.ts";
import { causeOf, reasonsOf } from "./misuse.ts";
import type { DeclineCause } from "../misuse.contract.ts";
import { findNamed } from "./misuse.store.ts";

export type Ports = Pick<TokensPorts, "store" | "partitions" | "journal" | "now" | "issuer">;

/** One declined payment. */
export interface Tried {
  readonly seq: bigint;
  readonly act: string;
  readonly at: Instant;
  readonly organisation: string;
  readonly cause: DeclineCause;
  readonly scene: string;
  readonly merchant: string;
  readonly amount: string | null;
  readonly token: string | null;
  /** Masked. */
  readonly number: string | null;
  readonly failed: readonly Failed[];
}

/** Where a page of tries is read. */
export interface Span {
  readonly partition: number;
  readonly since: Instant;
  readonly until: Instant;
  readonly before: bigint;
  readonly most: number;
}

/** A page of tries, newest first. */
export interface TriesPage {
  readonly tries: readonly Tried[];
  /** Where the next page begins; undefined at the end. */
  readonly last: bigint | undefined;
}

export async function readTries(
  { store, journal }: Pick<Ports, "store" | "journal">,
  span: Span,
): Promise<TriesPage> {
  const refused = await journal.refusedBetween(span);
  const contents = refused.map(({ content }) => content);
  const raised = contents.flatMap((one) => (one && "payment" in one ? [one.payment] : []));
  const [declines, payments] = await Promise.all([
    findDeclines(
      store,
      span.partition,
      refused.map(({ act }) => act),
    ),
    findPayments(store, span.partition, raised),
  ]);
  const named = await findNamed(store, span.partition, {
    numbers: contents.flatMap((one) => (one && "token" in one ? [one.token] : [])),
    ids: [...payments.values()].map(({ token }) => token),
  });
  const tokens = new Map(named.flatMap((one) => [[one.id, one] as const, [one.number, one]]));
  const tries = refused.flatMap((one) => {
    const reasons = reasonsOf(one.code, failedOf(one, declines.get(one.act)));
    if (reasons.length === 0) return [];
    const place = placeOf(one, (id) => payments.get(id));
    const token = tokens.get(place.token);
    return [
      {
        ...{ seq: one.seq, act: one.act, at: one.at, organisation: one.organisation },
        ...{ cause: causeOf(reasons), failed: reasons },
        ...{ scene: place.scene, merchant: place.merchant, amount: one.content?.amount ?? null },
        token: token?.id ?? null,
        number: token === undefined ? null : maskCard(token.number),
      },
    ];
  });
  return { tries, last: refused.length < span.most ? undefined : refused.at(-1)?.seq };
}

/** Why, as the module wrote it down, or as the ledger and the policy said. */
function failedOf({ failed }: RefusedTry, row: DeclineRow | undefined): readonly Failed[] {
  if (row === undefined) return failed;
  const kept = JSON.parse(row.failed) as Kept[];
  return kept.map(({ used, cap, asked, ...one }) => ({
    ...one,
    ...(used === undefined ? {} : { used: BigInt(used) }),
    ...(cap === undefined ? {} : { cap: BigInt(cap) }),
    ...(asked === undefined ? {} : { asked: BigInt(asked) }),
  }));
}

/** A reason as a decline keeps it: figures as decimal strings. */
type Kept = Omit<Failed, "used" | "cap" | "asked"> &
  Partial<Record<"used" | "cap" | "asked", string>>;

interface Place {
  readonly token: string;
  readonly scene: string;
  readonly merchant: string;
}

/** Where it was tried, and with which token: its number, or its id for a payment that was to be raised. */
function placeOf({ content }: RefusedTry, paymentOf: (id: string) => Place | undefined): Place {
  const nowhere = { token: "", scene: "", merchant: "" };
  if (content === null) return nowhere;
  return "payment" in content ? (paymentOf(content.payment) ?? nowhere) : content;
}
