/**
 * Payments that have to be confirmed by the holder ahead: which need it, what holds for one, and how
 * a confirmation is used up. It is a limit of one payment, so that it counts once under any number of
 * callers and comes back with a payment that is let go.
 */
import { type Instant, shanghaiDate } from "@sandbank/kernel/clock";
import type { Entry } from "@sandbank/kernel/ledger";
import type { Tx } from "@sandbank/kernel/store";
import type { Failed } from "@sandbank/kernel/words";
import {
  type Confirmation,
  confirmationOf,
  confirmationsIn,
} from "../confirmation/confirmation.store.ts";
import { confirmationClause, confirmedAbove } from "../control/control.ts";
import type { Token } from "../token/token.ts";

/** A payment as far as a confirmation looks at it; `amount` is fen. */
export interface Large {
  readonly token: Token | undefined;
  readonly merchant: string;
  readonly amount: bigint;
}

/** True if the controls of its token want this payment confirmed. */
function needsConfirmation({ control }: Token, amount: bigint): boolean {
  const most = confirmedAbove(control);
  return most !== undefined && amount > most;
}

/** What stands against a payment that needs a confirmation and has none that holds. */
export function unconfirmed(
  token: Token,
  confirmation: Confirmation | undefined,
  asked: { readonly amount: bigint; readonly now: Instant },
): Failed[] {
  const { amount, now } = asked;
  if (!needsConfirmation(token, amount)) return [];
  if (confirmation && confirmation.amount >= amount && confirmation.until > now) return [];
  return [notConfirmed(token)];
}

function notConfirmed({ control }: Token): Failed {
  const code = "token_confirmation_needed";
  return { code, limit: "token_confirmation", clause: confirmationClause(control) };
}

/** The use of a confirmation by a payment. */
export function confirmationUse(token: Token, { id, until }: Confirmation, hold: string): Entry {
  const { code, limit = "", clause = "" } = notConfirmed(token);
  const key = `limit/token_confirmation/${token.id}/${id}`;
  const period = shanghaiDate(until);
  return {
    kind: "use",
    account: { key, book: "limits", cap: 1n, owner: token.id, period },
    amount: 1n,
    ...{ hold, whole: true },
    cites: { code, limit, unit: "count", clause },
  };
}

/** The confirmation that each payment needs and has; asked only where any payment needs one. */
export async function confirmationsFor(
  tx: Tx,
  partition: number,
  payments: readonly Large[],
): Promise<(Confirmation | undefined)[]> {
  const needing = payments.flatMap(({ token, amount }) =>
    token && needsConfirmation(token, amount) ? [token.id] : [],
  );
  if (needing.length === 0) return [];
  const found = await confirmationsIn(tx, partition, needing);
  return payments.map(({ token, merchant, amount }) => {
    if (!token || !needsConfirmation(token, amount)) return undefined;
    return found.get(confirmationOf(token.id, merchant));
  });
}
