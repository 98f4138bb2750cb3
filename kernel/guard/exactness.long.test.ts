/** Exactness at the size that a pilot declares: 200,000 customers arrive from 64 clients at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { balances, differingAccounts } from "../ledger/index.ts";
import { roomyPolicy, sampleBed } from "./sample/bed.ts";

const CAP = 180_000;
const ARRIVALS = 200_000;
const CLIENTS = 64;

test("G3 · a cap of 180,000 customers takes exactly 180,000 of 200,000 from 64 clients", async () => {
  const limit = { id: "pilot_customers", measure: "customers", classes: ["OPEN"], scope: "pilot" };
  const cap = { ...limit, window: "none", cap: `${CAP}`, clause: "1.10" };
  const bed = await sampleBed(roomyPolicy({ limits: [cap as never] }));
  try {
    let next = 0;
    const taken = { accepted: 0, refused: 0 };
    const client = async () => {
      for (let n = next++; n < ARRIVALS; n = next++) {
        const outcome = await bed.act("sample.open", { jar: `j${n}`, customer: `c${n}` });
        if (outcome.kind === "accepted") taken.accepted += 1;
        else if (outcome.kind === "refused" && outcome.refusal.code === "customers_cap_reached") {
          taken.refused += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    assert.deepEqual(taken, { accepted: CAP, refused: ARRIVALS - CAP });
    const [account] = await balances(bed.readings, 1, "limit/pilot_customers/pilot/all");
    assert.equal(account?.debits, BigInt(CAP));
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
  } finally {
    await bed.end();
  }
});
