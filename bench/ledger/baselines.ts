/**
 * What people usually build instead, over plain tables of their own: two balances and a row of
 * history for each transfer, and a balance that may not fall below nothing. They know no holds, no
 * list of what failed, and but for the last no limits: they do less than our ledger does, and are
 * measured against it all the same.
 */
import type { Login } from "@sandbank/kernel/store";
import pg from "pg";
import { BATCH, CUSTOMERS, dice, type Shape } from "./traffic.ts";

/** Each of these does one transfer, or a batch, and says how many were asked for. */
export interface Baseline {
  readonly name: string;
  readonly connections: number;
  transfer(client: pg.Client, next: () => Transfer): Promise<number>;
}

interface Transfer {
  readonly key: string;
  readonly payer: number;
  readonly payee: number;
  readonly amount: number;
}

const HOT = CUSTOMERS;
const TOO_MUCH = 2_000_000_000;

/** An endless source of plain transfers, of the same shape as those of our ledger. */
export function transfers(shape: Shape, declines: number, run: number): () => Transfer {
  const roll = dice(run + 1);
  let keys = 0;
  return () => {
    keys += 1;
    const payer = roll(CUSTOMERS);
    const elsewhere = (payer + 1 + roll(CUSTOMERS - 1)) % CUSTOMERS;
    const amount = roll(100) < declines ? TOO_MUCH : 1 + roll(10_000);
    const key = `${run.toString(16).padStart(8, "0")}-0000-7000-8000-${keys.toString().padStart(12, "0")}`;
    return { key, payer, payee: shape === "one hot account" ? HOT : elsewhere, amount };
  };
}

/** PostgreSQL cuts longer names; the beginnings of these texts tell them apart. */
const NAME_LENGTH_MAX = 60;

/** A prepared statement is named by its text. */
function query(client: pg.Client, text: string, values: unknown[]): Promise<pg.QueryResult> {
  return client.query({ name: text.slice(0, NAME_LENGTH_MAX), text, values });
}

const naive: Baseline = {
  name: "naive",
  connections: 16,
  async transfer(client, next) {
    const { key, payer, payee, amount } = next();
    const lock =
      "select id, balance from bench.account where partition = 1 and id in ($1, $2) order by id for update";
    await client.query("begin");
    const { rows } = await query(client, lock, [payer, payee]);
    const paying = rows.find((row) => row.id === payer);
    if (BigInt(paying.balance) < BigInt(amount)) {
      await client.query("rollback");
      return 1;
    }
    const add = "update bench.account set balance = balance + $2 where partition = 1 and id = $1";
    await query(client, add, [payer, -amount]);
    await query(client, add, [payee, amount]);
    const insert = "insert into bench.transfer values (1, $1, $2, $3, $4)";
    await query(client, insert, [key, payer, payee, amount]);
    await client.query("commit");
    return 1;
  },
};

const oneCall: Baseline = {
  name: "one call per transaction",
  connections: 16,
  async transfer(client, next) {
    const { key, payer, payee, amount } = next();
    await query(client, "select bench.transfer($1, $2, $3, $4)", [key, payer, payee, amount]);
    return 1;
  },
};

function savepoints(name: string, call: string): Baseline {
  return {
    name,
    connections: 1,
    async transfer(client, next) {
      const batch = Array.from({ length: BATCH }, next);
      const column = (of: (transfer: Transfer) => unknown) => `{${batch.map(of).join(",")}}`;
      await query(client, `select bench.${call}($1, $2, $3, $4)`, [
        column(({ key }) => key),
        column(({ payer }) => payer),
        column(({ payee }) => payee),
        column(({ amount }) => amount),
      ]);
      return BATCH;
    },
  };
}

export const baselines: readonly Baseline[] = [
  naive,
  oneCall,
  savepoints("savepoint batch", "transfer_batch"),
  savepoints("savepoint batch with limits", "limited_batch"),
];

/** Opens the connections of a baseline. */
export function connect(login: Login, baseline: Baseline): Promise<pg.Client[]> {
  const clients = Array.from({ length: baseline.connections }, async () => {
    const client = new pg.Client(login as pg.ClientConfig);
    await client.connect();
    return client;
  });
  return Promise.all(clients);
}
