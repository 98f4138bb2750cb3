/**
 * The smallest module there is: a customer opens a jar, puts coins in, and takes some out. It shows
 * every duty of a module to the guard, and the guard's tests run on it.
 */
import { z } from "zod";
import { fromIso, type Instant, randomBytes } from "../../clock/index.ts";
import { SALT_BYTES } from "../../evidence/index.ts";
import { fen } from "../../money/index.ts";
import { type Migrations, statement, textArray, type Tx } from "../../store/index.ts";
import { declareRefusals } from "../../words/index.ts";
import { change, type Command, type Effect } from "../command.ts";
import { type Belonging, belongingsIn, erasure } from "../erasure.ts";

export const sampleMigrations: Migrations = {
  schema: "sample",
  folder: new URL("./sql/", import.meta.url),
};

const refuse = declareRefusals("sample", {
  jar_absent: {
    category: "absent",
    text: { zh: "没有这个罐子。", en: "There is no such jar." },
    remedy: { zh: "先打开一个罐子。", en: "Open a jar first." },
  },
  jar_exists: {
    category: "conflicting",
    text: { zh: "罐子已经打开。", en: "The jar is open already." },
    remedy: { zh: "直接使用它。", en: "Use it as it is." },
  },
});

interface Jar {
  readonly id: string;
  readonly coins: bigint;
  readonly acts: string;
}

const JARS = statement(
  "sample.jars",
  "select id, coins, acts from sample.jar where partition = $1 and id = any($2)",
);

const openJar: Effect<Jar> = {
  statement: statement(
    "sample.open_jar",
    "insert into sample.jar select $1, * from unnest($2::text[], $3::int8[], $4::text[])",
  ),
  columns: ["id", "coins", "acts"],
};

const putJar: Effect<Jar> = {
  statement: statement(
    "sample.put_jar",
    `update sample.jar j set coins = t.coins, acts = t.acts
       from unnest($2::text[], $3::int8[], $4::text[]) t(id, coins, acts)
      where j.partition = $1 and j.id = t.id`,
  ),
  columns: ["id", "coins", "acts"],
};

async function jarsOf(
  tx: Tx,
  partition: number,
  questions: readonly { readonly command: { readonly jar: string } }[],
): Promise<(Jar | undefined)[]> {
  const ids = questions.map((question) => question.command.jar);
  const rows = await tx.query<Jar>(JARS, [partition, textArray(ids)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}

const dropJar: Effect<Pick<Jar, "id">> = {
  statement: statement(
    "sample.drop_jar",
    "delete from sample.jar where partition = $1 and id = any($2::text[])",
  ),
  columns: ["id"],
};

const jar = z.string().regex(/^[a-z0-9-]{1,40}$/);
const coins = z.string().regex(/^[1-9][0-9]{0,12}$/);
const keys = (command: { readonly jar: string }) => ({
  reads: [],
  writes: [`jar/${command.jar}`],
});

/** A jar stands for the customer who owns it: what is done with it is that customer's business. */
const subject = (_state: unknown, command: { readonly jar: string }) => command.jar;

interface Opening {
  readonly jar: string;
  readonly customer: string;
}

/** OPEN: a first-timer counts against the pilot's customers. */
export const open: Command<Opening, Jar | undefined> = {
  name: "sample.open",
  alongside: true,
  class: "OPEN",
  contract: z.strictObject({ jar, customer: z.string().max(40) }),
  may: ["customer"],
  ...{ keys, subject },
  load: jarsOf,
  decide({ state, command }) {
    if (state) return refuse("jar_exists");
    return {
      entries: [],
      counts: { as: "use", customer: command.customer },
      changes: [change(openJar, { id: command.jar, coins: 0n, acts: "" })],
      answer: { jar: command.jar },
    };
  },
};

interface Moving {
  readonly jar: string;
  readonly coins: string;
}

/** USE: coins go into the jar, within the limits of the pilot and of the jar's own day. */
export const put: Command<Moving, Jar | undefined> = {
  name: "sample.put",
  alongside: true,
  class: "USE",
  contract: z.strictObject({ jar, coins }),
  may: ["customer"],
  ...{ keys, subject },
  load: jarsOf,
  decide({ state, command, id }) {
    if (!state) return refuse("jar_absent");
    const amount = fen(BigInt(command.coins));
    const till = { key: "till", book: "money:CNY" as const };
    const own = { key: `jar/${state.id}`, book: "money:CNY" as const };
    return {
      entries: [{ kind: "transfer", debit: till, credit: own, amount }],
      counts: { as: "use", amount, customer: state.id },
      changes: [
        change(putJar, { ...state, coins: state.coins + amount, acts: `${state.acts}${id},` }),
      ],
      answer: { coins: (state.coins + amount).toString() },
    };
  },
};

/** USE with a hold: coins are reserved for an hour. */
export const reserve: Command<Moving, Jar | undefined> = {
  name: "sample.reserve",
  alongside: true,
  class: "USE",
  contract: z.strictObject({ jar, coins }),
  may: ["customer"],
  ...{ keys, subject },
  load: jarsOf,
  decide({ state, command, id, now }) {
    if (!state) return refuse("jar_absent");
    const amount = fen(BigInt(command.coins));
    const own = { key: `jar/${state.id}`, book: "money:CNY" as const, cap: 0n };
    const spent = { key: "spent", book: "money:CNY" as const };
    return {
      entries: [
        { kind: "hold", hold: id, amount, expires: (now + 3_600_000) as Instant },
        { kind: "transfer", debit: own, credit: spent, amount, hold: id },
      ],
      counts: { as: "hold", amount, customer: state.id },
      changes: [],
      answer: { hold: id },
    };
  },
};

interface Returning extends Moving {
  /** When the coins went in: its own period gets them back. */
  readonly at: string;
}

/** SERVICE: coins come out again, and the limits of the day on which they went in get them back. */
export const giveBack: Command<Returning, Jar | undefined> = {
  name: "sample.give_back",
  class: "SERVICE",
  contract: z.strictObject({ jar, coins, at: z.iso.datetime({ offset: true }) }),
  may: ["customer"],
  ...{ keys, subject },
  load: jarsOf,
  decide({ state, command }) {
    if (!state) return refuse("jar_absent");
    const amount = fen(BigInt(command.coins));
    return {
      entries: [],
      counts: { as: "give_back", amount, customer: state.id, at: fromIso(command.at) },
      changes: [],
      answer: { jar: state.id },
    };
  },
};

interface Finishing {
  readonly jar?: string | undefined;
  readonly hold: string;
  readonly coins?: string | undefined;
}

/** SERVICE: takes what was reserved, or lets it go. Lives through every suspension. */
export const finish: Command<Finishing, null> = {
  name: "sample.finish",
  alongside: true,
  class: "SERVICE",
  contract: z.strictObject({ jar: jar.optional(), hold: z.uuid(), coins: coins.optional() }),
  may: ["customer"],
  keys: (command) => ({ reads: [], writes: [`hold/${command.hold}`] }),
  subject: (_state, command) => command.jar,
  load: async (_tx, _partition, questions) => questions.map(() => null),
  decide({ command: { hold, coins: taken } }) {
    const entry =
      taken === undefined
        ? { kind: "release" as const, hold }
        : { kind: "capture" as const, hold, amount: fen(BigInt(taken)), final: true };
    return { entries: [entry], changes: [], answer: { hold } };
  },
};

/** Breaks its batch: a constraint of the table refuses what it writes. */
export const poison: Command<Opening, null> = {
  name: "sample.poison",
  class: "SERVICE",
  contract: z.strictObject({ jar, customer: z.string() }),
  may: ["customer"],
  keys: () => ({ reads: [], writes: [] }),
  load: async (_tx, _partition, questions) => questions.map(() => null),
  decide({ command }) {
    const row = { id: command.jar, coins: null as unknown as bigint, acts: "" };
    return { entries: [], changes: [change(openJar, row)], answer: null };
  },
};

/** Needs two people: empties a jar's name of its history. */
export const clear: Command<{ readonly jar: string }, Jar | undefined> = {
  name: "sample.clear",
  class: "SERVICE",
  fourEyes: { approvers: ["supervisor_approver"] },
  contract: z.strictObject({ jar }),
  may: ["supervisor_officer"],
  ...{ keys, subject },
  load: jarsOf,
  shown: (state) => state?.acts ?? "",
  decide({ state }) {
    if (!state) return refuse("jar_absent");
    return {
      entries: [],
      changes: [change(putJar, { ...state, acts: "" })],
      answer: { jar: state.id },
    };
  },
};

interface Owned {
  readonly jar: Jar | undefined;
  readonly belongings: readonly Belonging[];
}

/** Erases a jar with all that was ever done with it. Its account must be empty. */
export const forget: Command<{ readonly jar: string }, Owned, { readonly salt: string }> = {
  name: "sample.forget",
  class: "SERVICE",
  barrier: true,
  contract: z.strictObject({ jar }),
  may: ["customer"],
  ...{ keys, subject },
  prepare: async () => ({ salt: Buffer.from(randomBytes(SALT_BYTES)).toString("hex") }),
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.jar);
    const [jars, belongings] = await Promise.all([
      jarsOf(tx, partition, questions),
      belongingsIn(tx, partition, ids),
    ]);
    return ids.map((id, i) => ({ jar: jars[i], belongings: belongings.get(id) ?? [] }));
  },
  decide({ state, command, facts }) {
    if (!state.jar) return refuse("jar_absent");
    const key = `jar/${command.jar}`;
    const { changes, ...rest } = erasure({
      ...{ customer: command.jar, belongings: state.belongings, salt: facts.salt },
      accounts: [key],
    });
    return {
      ...rest,
      entries: [{ kind: "close", account: { key, book: "money:CNY" } }],
      changes: [change(dropJar, { id: command.jar }), ...changes],
      answer: { erased: state.belongings.length },
    };
  },
};

export const sampleCommands: readonly Command[] = [
  ...[open, put, giveBack, reserve, finish, poison, clear, forget],
];
