/** Notices are numbered once, within their pilot and year, whatever is entered later. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import { SANDBOX_PARTITION } from "../ports.ts";
import { type Bed, PILOT, sandboxBed } from "../testing/bed.ts";
import { publish } from "./notice.ts";
import { readNotices } from "./notice.store.ts";

const OTHER = "open-bank";
const text = { zh: "公告", en: "A notice" };

describe("numbers of notices", () => {
  let bed: Bed;
  before(async () => {
    bed = await sandboxBed();
    await bed.sandbox.load({});
  });
  after(() => bed.end());

  const numbers = async (pilot = PILOT) =>
    (await readNotices(bed.store, SANDBOX_PARTITION, pilot)).map(({ id, number }) => [id, number]);

  /** Publishes as one act would: all in one statement. */
  async function enter(...notices: readonly [string, string, string][]): Promise<void> {
    const changes = notices.map(([id, pilot, at]) =>
      publish({ id, pilot, at: fromIso(at), kind: "ready", text }),
    );
    const [first] = changes;
    assert(first);
    const { statement, columns } = first.effect;
    const values = columns.map((column) => changes.map(({ row }) => row[column]));
    await bed.store.query(statement, [SANDBOX_PARTITION, ...values]);
  }

  test("count up within a pilot and a year in Beijing, in the order of their act", async () => {
    await enter(
      ["a", PILOT, "2061-03-01T00:00:00+08:00"],
      ["b", PILOT, "2061-02-01T00:00:00+08:00"],
      ["c", OTHER, "2061-02-01T00:00:00+08:00"],
      ["d", PILOT, "2061-12-31T23:59:59+08:00"],
      ["e", PILOT, "2062-01-01T00:00:00+08:00"],
    );
    const found = new Map((await numbers()).map(([id = "", number = ""]) => [id, number]));
    assert.equal(found.get("a"), `${PILOT}-2061-0001`);
    assert.equal(found.get("b"), `${PILOT}-2061-0002`);
    assert.equal(found.get("d"), `${PILOT}-2061-0003`);
    assert.equal(found.get("e"), `${PILOT}-2062-0001`);
    const [other] = await numbers(OTHER);
    assert.deepEqual(other, ["c", `${OTHER}-2061-0001`]);
  });

  test("stay when an earlier one is entered later, which takes the next", async () => {
    const before = await numbers();
    await enter(["late", PILOT, "2061-01-02T00:00:00+08:00"]);
    const now = await numbers();
    assert.deepEqual(
      now.filter(([id]) => id !== "late"),
      before,
    );
    assert.equal(now.find(([id]) => id === "late")?.[1], `${PILOT}-2061-0004`);
  });
});
