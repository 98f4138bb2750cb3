/** Tokens in the database, read together with their card and the controls in force. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx } from "@sandbank/kernel/store";
import type { Assurance, TokenType } from "../contract.ts";
import { controlIn } from "../control/control.ts";
import { CONTROL_COLUMNS, readControl } from "../control/control.store.ts";
import type { Token } from "./token.ts";

const COLUMNS = `t.number, t.id, t.holder, t.card, c.state = 'open', array_to_string(t.scenes, ' '),
  t.state, t.causes, t.expires, ${CONTROL_COLUMNS}`;
const JOINED = `from tokens.token t
  join tokens.card c on c.partition = t.partition and c.id = t.card
  join tokens.control k
    on k.partition = t.partition and k.token = t.id and k.version = t.control`;

const TOKENS = statement(
  "tokens.tokens",
  `select ${COLUMNS} ${JOINED} where t.partition = $1 and t.number = any($2::text[])`,
);
const TAKEN = statement(
  "tokens.numbers_taken",
  "select number from tokens.token where partition = $1 and number = any($2::text[])",
);
const PLACE = statement(
  "tokens.place_of_token",
  `select partition, number, holder from tokens.token
    where partition = any($1::int[]) and id = $2 limit 1`,
);
const SHOWN = `select t.number, t.id, t.holder, t.card, c.last4, c.par, c.state = 'open' as card_open,
  array_to_string(t.scenes, ' ') as scenes, t.type, t.assurance, t.state, t.causes, t.expires,
  k.version, k.holder_terms::text as holder_terms, k.issuer_terms::text as issuer_terms,
  n.version as consent, n.hash, n.purpose, n.until, n.given, n.withdrawn ${JOINED}
  left join tokens.consent n on n.partition = t.partition and n.token = t.id`;
const OF_HOLDER = statement(
  "tokens.tokens_of_holder",
  `${SHOWN} where t.partition = $1 and t.holder = $2 order by t.at desc, t.id limit 500`,
);
const ONE = statement("tokens.token_of_id", `${SHOWN} where t.partition = $1 and t.id = $2`);

interface NewToken {
  readonly number: string;
  readonly id: string;
  readonly card: string;
  readonly holder: string;
  readonly scenes: string;
  readonly type: TokenType;
  readonly assurance: Assurance;
  readonly expires: string;
  readonly at: string;
}

export const addToken: Effect<NewToken> = {
  statement: statement(
    "tokens.add_token",
    `insert into tokens.token
       (partition, number, id, card, holder, scenes, type, assurance, state, causes, expires,
        control, at)
     select $1, t.number, t.id, t.card, t.holder, string_to_array(t.scenes, ' '), t.type,
            t.assurance, 'live', 0, t.expires, 1, t.at
       from unnest($2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                   $8::text[], $9::timestamptz[], $10::timestamptz[])
            t(number, id, card, holder, scenes, type, assurance, expires, at)`,
  ),
  columns: [
    ...(["number", "id", "card", "holder", "scenes", "type", "assurance"] as const),
    ...(["expires", "at"] as const),
  ],
};

/** Ends tokens for good. */
export const endToken: Effect<Pick<Token, "number">> = {
  statement: statement(
    "tokens.end_token",
    `update tokens.token set state = 'deleted' where partition = $1 and number = any($2::text[])`,
  ),
  columns: ["number"],
};

/** Puts the scenes of a token, as words with blanks between. */
export const putScenes: Effect<{ readonly number: string; readonly scenes: string }> = {
  statement: statement(
    "tokens.put_scenes",
    `update tokens.token t set scenes = string_to_array(n.scenes, ' ')
       from unnest($2::text[], $3::text[]) n(number, scenes)
      where t.partition = $1 and t.number = n.number`,
  ),
  columns: ["number", "scenes"],
};

export const putControl: Effect<{ readonly number: string; readonly control: number }> = {
  statement: statement(
    "tokens.put_control",
    `update tokens.token t set control = n.control
       from unnest($2::text[], $3::int[]) n(number, control)
      where t.partition = $1 and t.number = n.number`,
  ),
  columns: ["number", "control"],
};

/** The tokens of these numbers that exist. */
export async function tokensIn(
  tx: Tx,
  partition: number,
  numbers: Iterable<string>,
): Promise<Map<string, Token>> {
  const rows = await tx.rows(TOKENS, [partition, textArray([...new Set(numbers)])]);
  return new Map(rows.map((row) => [row[0] as string, readToken(row)]));
}

function readToken(row: readonly unknown[]): Token {
  const [number, id, holder, card, cardOpen, scenes, state, causes, expires] = row;
  return {
    ...({ number, id, holder, card, cardOpen, state, causes, expires } as Omit<
      Token,
      "scenes" | "control"
    >),
    scenes: (scenes as string).split(" "),
    control: readControl(row, 9),
  };
}

/** Which of these numbers are tokens already. */
export async function numbersTakenIn(
  tx: Tx,
  partition: number,
  numbers: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.rows(TAKEN, [partition, textArray(numbers)]);
  return new Set(rows.map((row) => row[0] as string));
}

/** Where a token of this id stands, or undefined. */
export async function findPlace(
  store: Store,
  partitions: readonly number[],
  id: string,
): Promise<{ partition: number; number: string; holder: string } | undefined> {
  const [row] = await store.query<{ partition: number; number: string; holder: string }>(PLACE, [
    `{${partitions.join(",")}}`,
    id,
  ]);
  return row;
}

/** A token as people see it. */
export interface ShownToken extends Omit<Token, "scenes"> {
  readonly last4: string;
  readonly par: string;
  readonly scenes: readonly string[];
  readonly type: TokenType;
  readonly assurance: Assurance;
  readonly consent: ShownConsent | undefined;
}

/** The consent that a token lives by. */
export interface ShownConsent {
  readonly version: number;
  readonly hash: string;
  readonly purpose: string;
  readonly given: Instant;
  readonly until: Instant;
  readonly withdrawn: Instant | null;
}

type ShownRow = Omit<ShownToken, "control" | "consent" | "scenes" | "cardOpen"> &
  Omit<ShownConsent, "version"> & {
    readonly scenes: string;
    readonly card_open: boolean;
    readonly version: number;
    readonly holder_terms: string;
    readonly issuer_terms: string;
    /** Version of the text, or null where there is no consent. */
    readonly consent: number | null;
  };

function shown(row: ShownRow): ShownToken {
  const { number, id, holder, card, last4, par, type, assurance, state, causes, expires } = row;
  const { consent: version, hash, purpose, given, until, withdrawn } = row;
  const texts = { holder: row.holder_terms, issuer: row.issuer_terms };
  return {
    ...{ number, id, holder, card, last4, par, type, assurance, state, causes, expires },
    cardOpen: row.card_open,
    scenes: row.scenes.split(" "),
    control: controlIn(row.version, texts),
    consent: version === null ? undefined : { version, hash, purpose, given, until, withdrawn },
  };
}

/** A holder's tokens, newest first, at most 500, deleted ones among them. */
export async function findTokens(
  store: Store,
  partition: number,
  holder: string,
): Promise<ShownToken[]> {
  return (await store.query<ShownRow>(OF_HOLDER, [partition, holder])).map(shown);
}

/** One token for a reader, or undefined. */
export async function findToken(
  store: Store,
  partition: number,
  id: string,
): Promise<ShownToken | undefined> {
  const [row] = await store.query<ShownRow>(ONE, [partition, id]);
  return row && shown(row);
}
