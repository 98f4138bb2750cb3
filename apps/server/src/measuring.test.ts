/** Requests as the edge times them, told by pilot: each once, in its own bucket, by how it ended. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { httpMetrics } from "@sandbank/kernel/http";
import { answeredSoFar } from "./measuring.ts";

const PERMITS = "POST /api/permits/{slug}";
const CONFIRM = "POST /api/permits/{slug}/{id}/confirm";

test("what is counted for a pilot is told in its own buckets, over all its routes", async () => {
  const metrics = httpMetrics();
  const answered: readonly (readonly [string, string, number, number])[] = [
    [PERMITS, "phone-pos", 201, 0.0005],
    [PERMITS, "phone-pos", 201, 0.0009],
    [CONFIRM, "phone-pos", 200, 0.004],
    [PERMITS, "phone-pos", 409, 0.0008],
    [PERMITS, "phone-pos", 503, 30],
    [PERMITS, "open-bank", 201, 0.2],
    // What no pilot is named for belongs to none.
    ["GET /api/pilots", "", 200, 0.001],
  ];
  for (const [route, of, status, seconds] of answered) {
    metrics.timed({ route, of, status, seconds });
  }
  const told = await answeredSoFar({ metrics });
  const lines = told.flatMap(({ pilot, buckets }) =>
    buckets
      .filter((one) => one.answered + one.refused + one.failed > 0)
      .map((one) => `${pilot} ${one.bucketUs} ${one.answered} ${one.refused} ${one.failed}`),
  );
  assert.deepEqual(lines.toSorted(), [
    ...["open-bank 250000 1 0 0", "phone-pos 0 0 0 1"],
    ...["phone-pos 1000 2 1 0", "phone-pos 5000 1 0 0"],
  ]);
});
