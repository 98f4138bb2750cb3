/** Routes that take and answer forms, for edges that others have laid down. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "./problem.ts";
import { httpTrial } from "./sample/trial.ts";

test("a route that takes forms sees texts as they came, and answers in kind", async (t) => {
  const trial = await httpTrial();
  t.after(() => trial.end());
  const form = "application/x-www-form-urlencoded";
  const sendForm = (type: string, payload: string) => {
    const headers = { host: "localhost", "content-type": type };
    const url = "/api/trial/messages";
    return trial.server.inject({ method: "POST", url, headers, payload });
  };
  const answer = await sendForm(form, "v=5.1.0&n=007&c=%7Ba%3D1%26b%3D%E4%BA%91%7D&two=a&two=b");
  assert.equal(answer.statusCode, 200, answer.body);
  assert.match(String(answer.headers["content-type"]), /^application\/x-www-form-urlencoded/);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(answer.body)), {
    ...{ v: '"5.1.0"', n: '"007"', c: '"{a=1&b=云}"', two: '["a","b"]' },
  });
  const json = await sendForm("application/json", "{}");
  assert.equal((json.json() as Problem).code, "media_type_not_read");
  const cut = await sendForm(form, "a=%E4%BA");
  assert.equal((cut.json() as Problem).code, "form_malformed");
  const elsewhere = { method: "POST" as const, url: "/api/trial/payments", payload: "amount=1" };
  const headers = { host: "localhost", authorization: `Bearer ${trial.key}`, "content-type": form };
  const other = await trial.server.inject({ ...elsewhere, headers });
  assert.equal((other.json() as Problem).code, "media_type_not_read");
  const paths = trial.server.openapi["paths"] as Record<string, Record<string, never>>;
  const said = JSON.stringify(paths["/api/trial/messages"]?.["post"]);
  assert.match(said, /"requestBody":\{"required":true,"content":\{"application\/x-www-form/);
});
