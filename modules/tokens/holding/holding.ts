/**
 * What a holder has in one place (P4.3): cards with the money on them, payments, and what
 * was done about him. It only reads: balances come from the ledger, and which acts
 * there were from the journal, so that nothing is counted twice. An erased holder finds nothing.
 */
import assert from "node:assert/strict";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { type Payment, stateAt } from "../payment/payment.ts";
import { findPayments } from "../payment/payment.store.ts";
import type { AcceptedAct, BookLine, TokensPorts } from "../ports.ts";
import { findTokens } from "../token/token.store.ts";
import type { HeldCard, HeldPayment, HolderAct } from "../holding.contract.ts";
import { findCards } from "./holding.store.ts";

type Ports = Pick<TokensPorts, "store" | "partitions" | "journal" | "books" | "now">;

/** Lines of one page. */
const PAGE = 50;
/** Beyond the newest act. */
const NEWEST = 9_223_372_036_854_775_807n;

export interface Asked {
  readonly holder: string;
  /** A place in the order of acts; the newest page where none is named. */
  readonly before?: bigint | undefined;
}

interface Paged<Line> {
  readonly lines: readonly Line[];
  readonly next: string | null;
}

/** A holder's cards, each with what may be paid with and what is held. */
export async function cardsOf({ store, partitions, books }: Ports, holder: string) {
  const partition = partitions.ofHolder(holder);
  const cards = await findCards(store, partition, holder);
  const lines = await Promise.all(cards.map(({ id }) => books.read(partition, `card/${id}`)));
  return cards.map(({ expires, ...card }, at): HeldCard => {
    const { available, held } = moneyOf(lines[at]);
    return { ...card, expires: toIso(expires), available: `${available}`, held: `${held}` };
  });
}

/** A card's account is credited by what is put on it and debited by what is paid. */
function moneyOf(line: BookLine | undefined): {
  readonly available: bigint;
  readonly held: bigint;
} {
  if (line === undefined) return { available: 0n, held: 0n };
  const { debits, credits, pendingDebits } = line;
  return { available: credits - debits - pendingDebits, held: pendingDebits };
}

async function pageOf(ports: Ports, asked: Asked, commands: readonly string[]) {
  const { holder, before = NEWEST } = asked;
  const partition = ports.partitions.ofHolder(holder);
  const acts = await ports.journal.accepted({ partition, holder, commands, before, most: PAGE });
  const last = acts.at(-1);
  const next = last === undefined || acts.length < PAGE ? null : last.seq.toString();
  return { partition, acts, next };
}

/** A holder's payments, newest first, a page at a time. */
export async function paymentsOf(ports: Ports, asked: Asked): Promise<Paged<HeldPayment>> {
  const { partition, acts, next } = await pageOf(ports, asked, ["tokens.authorise"]);
  const ids = acts.map(({ act }) => act);
  const [rows, now] = await Promise.all([findPayments(ports.store, partition, ids), ports.now()]);
  const lines = ids.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : [paymentLine(row, now)];
  });
  return { lines, next };
}

function paymentLine(row: Payment, now: Instant): HeldPayment {
  const { id, token, card, scene, merchant, reference, amount, captured, refunded } = row;
  return {
    ...{ payment: id, token, card, scene, merchant, reference, state: stateAt(row, now) },
    ...{ amount: `${amount}`, captured: `${captured}`, refunded: `${refunded}` },
    at: toIso(row.at),
    expires: toIso(row.expires),
  };
}

/** The commands that a holder reads of, and what each is called there. */
const KIND_OF = {
  "tokens.add_card": "card_added",
  "tokens.fund_card": "card_funded",
  "tokens.return_funds": "card_returned",
  "tokens.issue_token": "token_issued",
  "tokens.suspend_token": "token_suspended",
  "tokens.resume_token": "token_resumed",
  "tokens.delete_token": "token_deleted",
  "tokens.change_controls": "controls_changed",
  "tokens.bound_token": "bounds_changed",
  "tokens.loosen_bounds": "bounds_changed",
  "tokens.share_token": "scene_added",
  "tokens.unshare_token": "scene_removed",
  "tokens.withdraw_consent": "consent_withdrawn",
  "tokens.confirm_payment": "payment_confirmed",
} as const satisfies Readonly<Record<string, HolderAct["kind"]>>;

/** What the issuer's core says of a card; which word it was stands in the content. */
const CARD_EVENT = "tokens.hear_card_event";

const READ_OF = [...Object.keys(KIND_OF), CARD_EVENT] as const;

function kindOf({ command, content }: AcceptedAct): HolderAct["kind"] {
  if (command !== CARD_EVENT) return KIND_OF[command as keyof typeof KIND_OF];
  assert(content.kind, "a word about a card says which it is");
  return `card_${content.kind}`;
}

/** What was done about a holder by himself and by others, newest first, a page at a time. */
export async function actsOf(
  ports: Ports,
  asked: Asked & { readonly reader: string },
): Promise<Paged<HolderAct>> {
  const { partition, acts, next } = await pageOf(ports, asked, READ_OF);
  const tokens = await findTokens(ports.store, partition, asked.holder);
  const idOf = new Map(tokens.map(({ number, id }) => [number, id]));
  return { lines: acts.map((act) => actLine(act, { idOf, reader: asked.reader })), next };
}

function actLine(
  done: AcceptedAct,
  { idOf, reader }: { readonly idOf: ReadonlyMap<string, string>; readonly reader: string },
): HolderAct {
  const { act, at, principal, content } = done;
  const kind = kindOf(done);
  const { token, card, cardRef, cause, amount } = content;
  const issued = kind === "token_issued" ? act : undefined;
  return {
    ...{ act, at: toIso(at), kind, own: principal === reader },
    card: cardRef ?? card ?? null,
    token: issued ?? (token === undefined ? null : (idOf.get(token) ?? null)),
    cause: cause ?? null,
    amount: amount ?? null,
  };
}
