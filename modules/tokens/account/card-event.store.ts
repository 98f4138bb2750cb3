/** What was heard of cards, and what it does to them and their tokens. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import {
  int8Array,
  statement,
  type Store,
  textArray,
  timestamptz,
  type Tx,
  uuidArray,
} from "@sandbank/kernel/store";
import type { CardState } from "../contract.ts";

/** A card with the latest place of each kind of word about it. */
export interface EventfulCard {
  readonly id: string;
  readonly holder: string;
  readonly state: CardState;
  readonly lost: bigint;
  readonly replaced: bigint;
  readonly closed: bigint;
  /** True if another event has the place that is asked for. */
  readonly placeTaken: boolean;
}

const CARDS = statement(
  "tokens.eventful_cards",
  `select c.id::text as id, c.holder, c.state, c.lost_seq as lost, c.replaced_seq as replaced,
          c.closed_seq as closed,
          exists (select from tokens.card_event e
                   where e.partition = $1 and e.card = k.card and e.seq = k.seq
                     and e.event <> k.event) as "placeTaken"
     from unnest($2::uuid[], $3::int8[], $4::text[]) with ordinality k(card, seq, event, nth)
     left join tokens.card c on c.partition = $1 and c.id = k.card order by k.nth`,
);

/** The cards of events, in their order. */
export async function eventfulCardsIn(
  tx: Tx,
  partition: number,
  events: readonly { readonly card: string; readonly seq: string; readonly event: string }[],
): Promise<(EventfulCard | undefined)[]> {
  const rows = await tx.query<EventfulCard & { readonly id: string | null }>(CARDS, [
    partition,
    uuidArray(events.map(({ card }) => card)),
    int8Array(events.map(({ seq }) => BigInt(seq))),
    textArray(events.map(({ event }) => event)),
  ]);
  return rows.map((row) => (row.id === null ? undefined : row));
}

interface NewCardEvent {
  readonly card: string;
  readonly seq: bigint;
  readonly event: string;
  readonly kind: string;
  readonly effect: "applied" | "superseded";
  readonly at: string;
}

export const addCardEvent: Effect<NewCardEvent> = {
  statement: statement(
    "tokens.add_card_event",
    `insert into tokens.card_event (partition, card, seq, event, kind, effect, at)
     select $1, * from unnest($2::uuid[], $3::int8[], $4::text[], $5::text[], $6::text[],
       $7::timestamptz[])`,
  ),
  columns: ["card", "seq", "event", "kind", "effect", "at"],
};

interface PutCard {
  readonly id: string;
  readonly state: CardState;
  readonly lost_seq: bigint;
  readonly replaced_seq: bigint;
  readonly closed_seq: bigint;
  readonly next_at: string | null;
}

export const putCard: Effect<PutCard> = {
  statement: statement(
    "tokens.put_card",
    `update tokens.card c set state = n.state, lost_seq = n.lost_seq,
            replaced_seq = n.replaced_seq, closed_seq = n.closed_seq, next_at = n.next_at
       from unnest($2::uuid[], $3::text[], $4::int8[], $5::int8[], $6::int8[], $7::timestamptz[])
         n(id, state, lost_seq, replaced_seq, closed_seq, next_at)
      where c.partition = $1 and c.id = n.id`,
  ),
  columns: ["id", "state", "lost_seq", "replaced_seq", "closed_seq", "next_at"],
};

/** A lost card's live tokens are suspended for the cause `issuer`, with the loss as its setter. */
export const loseTokens: Effect<{ readonly card: string; readonly at: string }> = {
  statement: statement(
    "tokens.lose_tokens",
    `insert into tokens.suspension (partition, token, cause, setter, at)
     select $1, t.id, 'issuer', 'loss', n.at
       from unnest($2::uuid[], $3::timestamptz[]) n(card, at)
       join tokens.token t on t.partition = $1 and t.card = n.card and t.state = 'live'
     on conflict do nothing`,
  ),
  columns: ["card", "at"],
};

/** Lifts what the loss set, and nobody else's cause. */
export const letTokens: Effect<{ readonly card: string }> = {
  statement: statement(
    "tokens.let_tokens",
    `delete from tokens.suspension s using tokens.token t
      where s.partition = $1 and s.cause = 'issuer' and s.setter = 'loss'
        and t.partition = $1 and t.id = s.token and t.card = any($2::uuid[])`,
  ),
  columns: ["card"],
};

/**
 * A replaced card's new face and end. What ended with the old card ends with the new one, token and
 * consent alike; what was to end by itself, as its consent says, still does, and nothing outlives the
 * card. A consent up to the card's very last day is taken for one that ends with the card.
 */
export const moveTokens: Effect<{
  readonly card: string;
  readonly last4: string;
  readonly bin: string;
  readonly expires: string;
}> = {
  statement: statement(
    "tokens.move_tokens",
    `with n as (
       select n.*, c.expires as before
         from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
                n(card, last4, bin, expires)
         join tokens.card c on c.partition = $1 and c.id = n.card),
     cards as (
       update tokens.card c set last4 = n.last4, bin = n.bin, expires = n.expires
         from n where c.partition = $1 and c.id = n.card),
     live as (
       select t.number, t.id, k.until, n.expires as card_ends,
              t.expires = n.before and k.until is not distinct from n.before as with_card
         from n
         join tokens.token t on t.partition = $1 and t.card = n.card and t.state = 'live'
         left join tokens.consent k on k.partition = $1 and k.token = t.id),
     consents as (
       update tokens.consent c set until = l.card_ends
         from live l
        where c.partition = $1 and c.token = l.id and l.with_card and l.card_ends > c.given)
     update tokens.token t
        set expires = case when l.with_card then l.card_ends
                           else least(l.card_ends, coalesce(l.until, l.card_ends)) end
       from live l where t.partition = $1 and t.number = l.number`,
  ),
  columns: ["card", "last4", "bin", "expires"],
};

/** A card is closed, its tokens are deleted, and what their holder agreed to is withdrawn. */
export const endCard: Effect<{ readonly card: string; readonly at: string }> = {
  statement: statement(
    "tokens.end_card",
    `with n as (select * from unnest($2::uuid[], $3::timestamptz[]) n(card, at)),
     cards as (
       update tokens.card c set state = 'closed', next_at = null
         from n where c.partition = $1 and c.id = n.card),
     consents as (
       update tokens.consent c set withdrawn = n.at
         from n join tokens.token t on t.partition = $1 and t.card = n.card and t.state = 'live'
        where c.partition = $1 and c.token = t.id and c.withdrawn is null)
     update tokens.token t set state = 'deleted'
       from n where t.partition = $1 and t.card = n.card and t.state = 'live'`,
  ),
  columns: ["card", "at"],
};

/** A closing card that is to be looked at. */
export interface ClosingCard {
  readonly partition: number;
  readonly id: string;
  readonly next_at: Instant;
}

const CLOSING = statement(
  "tokens.closing_cards",
  `select partition, id::text as id, next_at from tokens.card
    where partition = any($1::int[]) and next_at <= $2::timestamptz
    order by next_at, id limit 200`,
);

/** The closing cards that are due by an instant, the earliest first, at most 200. */
export function closingCards(
  store: Store,
  partitions: readonly number[],
  until: Instant,
): Promise<ClosingCard[]> {
  const values = [`{${partitions.join(",")}}`, timestamptz(until)];
  return store.query<ClosingCard>(CLOSING, values);
}
