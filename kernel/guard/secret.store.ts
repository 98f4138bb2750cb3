/** SQL of secret answers: kept sealed for a few minutes, given out once more, then gone. */
import { type Instant, toIso } from "../clock/index.ts";
import { byteaArray, int8Array, statement, type Store } from "../store/index.ts";
import { textArray, type Tx, uuidArray } from "../store/index.ts";

const ADD = statement("guard.add_secrets", "select guard.add_secrets($1, $2, $3, $4, $5)");
const TAKE = statement("guard.take_secret", "select * from guard.take_secret($1, $2, $3)");
const SWEEP = statement("guard.sweep_secrets", "select guard.sweep_secrets($1, $2)");

export interface SealedSecret {
  readonly seq: bigint;
  readonly act: string;
  readonly sealed: Uint8Array;
  readonly until: Instant;
}

export function addSecretsIn(
  tx: Tx,
  partition: number,
  secrets: readonly SealedSecret[],
): Promise<unknown> {
  return tx.query(ADD, [
    partition,
    int8Array(secrets.map(({ seq }) => seq)),
    uuidArray(secrets.map(({ act }) => act)),
    byteaArray(secrets.map(({ sealed }) => sealed)),
    textArray(secrets.map(({ until }) => toIso(until))),
  ]);
}

/** Gives a secret out and forgets it; undefined where it has been given or its time is over. */
export async function takeSecret(
  store: Store,
  partition: number,
  of: { readonly seq: bigint; readonly machine: Instant },
): Promise<Pick<SealedSecret, "act" | "sealed"> | undefined> {
  const rows = await store.query<SealedSecret>(TAKE, [partition, of.seq, toIso(of.machine)]);
  return rows[0];
}

export function sweepSecrets(store: Store, partition: number, machine: Instant): Promise<unknown> {
  return store.query(SWEEP, [partition, toIso(machine)]);
}
