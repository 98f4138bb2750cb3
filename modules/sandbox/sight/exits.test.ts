/** How far an exit has come, as I31 counts it, over one that is really under way. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import { shippedPlans } from "../exit/plan.ts";
import { windowOf } from "../indicator/facts.ts";
import { type LeavingBed, leavingBed, OPERATOR } from "../testing/leaving.ts";
import { exitReadings } from "./exits.ts";

const PILOT = "small-business-credit";
const text = { zh: "测试用说明", en: "a text of the test" };
const evidence = "a".repeat(64);
const NOON = fromIso("2041-03-04T12:00:00+08:00");

describe("I31: progress of an exit", () => {
  let bed: LeavingBed;
  before(async () => {
    bed = await leavingBed();
    const loan = { id: "loan", class: "USE", customer: "c-1", currency: "CNY", amount: "105000" };
    assert.equal(await bed.permit(PILOT, "reserve_use", loan), "accepted");
    assert.equal(await bed.permit(PILOT, "confirm_permit", { id: "loan" }), "accepted");
  });
  after(() => bed.end());

  const read = (pilot: string, day: string) => {
    const window = windowOf("month", fromIso(`${day}T12:00:00+08:00`));
    return exitReadings(bed.database.as("sandbank_sandbox"))({ pilot, window, now: NOON });
  };
  const does = async (command: string, content: object) => {
    const said = await bed.said(`sandbox.${command}`, { pilot: PILOT, ...content }, OPERATING);
    assert.equal(said, "accepted", command);
  };
  const OPERATING = { principal: OPERATOR };

  test("a pilot that does not leave has no source", async () => {
    assert.equal(await read(PILOT, "2041-03-04"), undefined);
  });

  test("steps, items by kind and the opening balance, as of the window's end", async () => {
    const beginning = { pilot: PILOT, reason: text, notice: text };
    assert.equal(await bed.order("sandbox.begin_exit", beginning), "accepted");
    const opening = [{ limit: "loans", amount: 105_000n }];
    assert.deepEqual(await read(PILOT, "2041-03-04"), {
      ...{ steps: 7n, stepsDone: 0n, items: [], opening },
    });
    await does("close_exit_step", { step: "stop_new", evidence });
    for (const ref of ["g-1", "g-2"]) {
      await does("report_exit_item", { item: { event: "list", kind: "grading", ref } });
    }
    const ended = { event: "finish", kind: "grading", ref: "g-1", evidence };
    await does("report_exit_item", { item: ended });
    const plan = shippedPlans().find(({ pilot }) => pilot === PILOT);
    const label = plan?.items.find(({ id }) => id === "grading")?.text;
    assert.deepEqual(await read(PILOT, "2041-03-04"), {
      ...{ steps: 7n, stepsDone: 1n, opening },
      items: [{ kind: "grading", label, listed: 2n, ended: 1n }],
    });
    assert.deepEqual(
      await read(PILOT, "2041-02-28"),
      { steps: 0n, stepsDone: 0n, items: [], opening: [] },
      "it had not begun",
    );
    assert.equal(await read("mortgage-credit", "2041-03-04"), undefined);
  });

  test("it opens as the steps that have begun and the items that are listed, or those of a kind", async () => {
    const open = async (subject?: string) => {
      const rows = await bed.sandbox.board.rows(PILOT, {
        ...{ indicator: "I31", span: "month", begins: "2041-03-04T00:00:00+08:00" },
        ...{ subject, before: undefined },
      });
      assert.ok(rows?.kind === "exit");
      return rows.rows.map(({ what, name, state }) => `${what} ${name} ${state}`);
    };
    const items = ["item grading/g-1 finished", "item grading/g-2 listed"];
    assert.deepEqual(await open(), ["step stop_new closed", "step grade open", ...items]);
    assert.deepEqual(await open("grading"), items);
    assert.deepEqual(await open("recovery_case"), []);
  });
});
