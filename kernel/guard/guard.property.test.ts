/** A batch equals some serial order: the journal's, played on a model that knows no ledger. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { differingAccounts } from "../ledger/index.ts";
import type { Outcome } from "./command.ts";
import { startGuard } from "./guard.ts";
import type { RunningGuard } from "./running.ts";
import { journalPage } from "./reads.store.ts";
import { type Bed, CUSTOMER, roomyPolicy, sampleBed } from "./sample/bed.ts";
import { sampleCommands } from "./sample/sample.ts";

const CAP = 5_000n;

/** The sample as a stranger would write it: one act at a time, plain numbers, no ledger. */
class Model {
  readonly jars = new Map<string, { coins: bigint; free: bigint }>();
  readonly holds = new Map<string, { jar: string; coins: bigint; over: boolean }>();
  dayUsed = 0n;

  open(jar: string): string {
    if (this.jars.has(jar)) return "jar_exists";
    this.jars.set(jar, { coins: 0n, free: 0n });
    return "accepted";
  }

  put(name: string, coins: bigint): string {
    const jar = this.jars.get(name);
    if (!jar) return "jar_absent";
    if (this.dayUsed + coins > CAP) return "pilot_limit_exceeded";
    this.dayUsed += coins;
    jar.coins += coins;
    jar.free += coins;
    return "accepted";
  }

  reserve(name: string, coins: bigint, hold: string): string {
    const jar = this.jars.get(name);
    if (!jar) return "jar_absent";
    if (jar.free < coins) return "funds_insufficient";
    if (this.dayUsed + coins > CAP) return "pilot_limit_exceeded";
    jar.free -= coins;
    this.dayUsed += coins;
    this.holds.set(hold, { jar: name, coins, over: false });
    return "accepted";
  }

  finish(id: string, coins: bigint | undefined): string {
    const hold = this.holds.get(id);
    if (!hold) return "hold_absent";
    if (hold.over) return "hold_ended";
    if (coins !== undefined && coins > hold.coins) return "capture_above_hold";
    const back = hold.coins - (coins ?? 0n);
    const jar = this.jars.get(hold.jar);
    assert(jar);
    jar.free += back;
    this.dayUsed -= back;
    hold.over = true;
    return "accepted";
  }
}

type Step =
  | { readonly verb: "open"; readonly jar: string }
  | { readonly verb: "put" | "reserve"; readonly jar: string; readonly coins: number }
  | { readonly verb: "finish"; readonly nth: number; readonly coins: number | undefined };

const jar = fc.constantFrom("a", "b", "c");
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ verb: fc.constant("open" as const), jar }),
  fc.record({
    verb: fc.constantFrom("put" as const, "reserve" as const),
    jar,
    coins: fc.integer({ min: 1, max: 900 }),
  }),
  fc.record({
    verb: fc.constant("finish" as const),
    nth: fc.nat(5),
    coins: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
  }),
);

describe("a batch", () => {
  let bed: Bed;
  /** Another process on the same partitions, as far as the database can tell. */
  let other: RunningGuard;
  before(async () => {
    const limit = { id: "pilot_day_amount", measure: "amount", classes: ["USE"], scope: "pilot" };
    const limits = [{ ...limit, window: "none", cap: `${CAP}`, clause: "1.10" } as never];
    bed = await sampleBed(roomyPolicy({ limits }), 40);
    const stores = new Map([["sample", bed.store]]);
    other = await startGuard({ commands: sampleCommands, stores, mode: "demo" });
  });
  after(async () => {
    await other.close();
    await bed.end();
  });

  test("whatever arrives together, the outcomes are those of some serial order: the journal's", async () => {
    let partition = 0;
    const bursts = fc.array(fc.array(step, { minLength: 1, maxLength: 25 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(bursts, async (all) => {
        partition += 1;
        const holds: string[] = [];
        const asked = new Map<string, Step & { readonly hold?: string }>();
        for (const burst of all) {
          const outcomes = await Promise.all(
            burst.map((one) => send(one, { asked, holds, partition })),
          );
          for (const outcome of outcomes) noteHold(outcome, holds);
        }
        await compare(partition, asked);
      }),
      { numRuns: 35 },
    );
  });

  function send(
    one: Step,
    to: { asked: Map<string, Step & { hold?: string }>; holds: string[]; partition: number },
  ): Promise<Outcome> {
    const id = `s${to.partition}-${to.asked.size}`;
    const nobody = "01890000-0000-7000-8000-000000000000";
    const hold = one.verb === "finish" ? (to.holds[one.nth] ?? nobody) : nobody;
    to.asked.set(id, { ...one, hold });
    const coins = "coins" in one && one.coins !== undefined ? { coins: `${one.coins}` } : {};
    const content =
      one.verb === "open"
        ? { jar: one.jar, customer: one.jar }
        : one.verb === "finish"
          ? { hold, ...coins }
          : { jar: one.jar, ...coins };
    const guard = to.asked.size % 5 === 0 ? other : bed.guard;
    const { partition } = to;
    return guard.act({
      partition,
      id,
      command: `sample.${one.verb}`,
      content,
      principal: CUSTOMER,
    });
  }

  function noteHold(outcome: Outcome, holds: string[]): void {
    if (outcome.kind !== "accepted") return;
    const { hold } = outcome.answer as { hold?: string };
    if (hold && !holds.includes(hold)) holds.push(hold);
  }

  /** Plays the journal's order on the model: every outcome must be the one the journal has. */
  async function compare(
    partition: number,
    asked: ReadonlyMap<string, Step & { readonly hold?: string }>,
  ): Promise<void> {
    const model = new Model();
    const lines = await journalPage(bed.readings, partition, { before: 100_000n, most: 1_000 });
    const byAct = lines.toReversed().filter((line) => line.command.startsWith("sample."));
    assert.equal(byAct.length, asked.size, "every act has its place");
    for (const line of byAct) {
      const one = asked.get(line.id);
      assert(one);
      const expected =
        one.verb === "open"
          ? model.open(one.jar)
          : one.verb === "finish"
            ? model.finish(one.hold ?? "", one.coins === undefined ? undefined : BigInt(one.coins))
            : model[one.verb](one.jar, BigInt(one.coins), line.act);
      assert.equal(line.outcome, expected, `${one.verb} at ${line.seq}`);
    }
    assert.deepEqual(await differingAccounts(bed.readings, partition), []);
  }
});
