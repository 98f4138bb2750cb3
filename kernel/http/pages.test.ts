/** Judges pages, forms, folders of files and the API document of a sample application. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type HttpTrial, httpTrial } from "./sample/trial.ts";
import { isLocalPath, redirect } from "./page.ts";
import { readStaticPath } from "./statics.ts";

describe("pages and files", () => {
  let trial: HttpTrial;
  before(async () => {
    trial = await httpTrial();
  });
  after(() => trial.end());

  const get = (url: string, headers: Record<string, string> = {}) =>
    trial.server.inject({ url, headers: { host: "localhost", ...headers } });

  const post = (
    url: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    trial.server.inject({
      method: "POST",
      url,
      headers: {
        host: "localhost",
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      },
      payload: new URLSearchParams(fields).toString(),
    });

  const fieldOf = (body: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? "";

  describe("a page for everybody", () => {
    test("speaks the language of its path and knows the other one", async () => {
      assert.match((await get("/zh/trial?x=1")).body, /zh \/en\/trial\?x=1 visitor/);
      assert.match((await get("/en/trial")).body, /en \/zh\/trial visitor/);
      assert.equal((await get("/fr/trial")).statusCode, 404);
    });

    test("takes its form once it is proven to be its own, and names the act by it", async () => {
      const shown = await get("/en/trial");
      const token = fieldOf(shown.body, "_csrf");
      const fields = { name: "Lin", age: "31", _csrf: token, _website: "" };
      const first = await post("/en/trial", fields);
      assert.equal(first.statusCode, 303);
      const again = await post("/en/trial", fields);
      assert.equal(again.headers.location, first.headers.location);
      assert.match(String(first.headers.location), /^\/en\/trial\/[0-9a-f-]{36}\?age=31$/);
    });

    test("refuses a form without its token, with another's, with the trap filled, or from elsewhere", async () => {
      const token = fieldOf((await get("/en/trial")).body, "_csrf");
      const fields = { name: "Lin", age: "31", _csrf: token };
      const [id, issued] = token.split("~");
      const forged = `${id}x~${issued}~${token.split("~")[2]}`;
      const tries = [
        post("/en/trial", { name: "Lin", age: "31" }),
        post("/en/trial", { ...fields, _csrf: forged }),
        post("/en/trial", { ...fields, _website: "http://spam.test" }),
        post("/en/trial", fields, { "sec-fetch-site": "cross-site" }),
      ];
      for (const answer of await Promise.all(tries)) {
        assert.equal(answer.statusCode, 403);
        assert.match(String(answer.headers["content-type"]), /^text\/html/);
        assert.match(answer.body, /form_not_ours/);
      }
    });

    test("shows a refusal as a page, in its own language", async () => {
      const token = fieldOf((await get("/zh/trial")).body, "_csrf");
      const answer = await post("/zh/trial", { name: "limit", age: "3", _csrf: token });
      assert.equal(answer.statusCode, 409);
      assert.match(answer.body, /超出上限：已用 81250，上限 100000。/);
    });

    test("refuses fields that its contract does not know or that are written wrong", async () => {
      const token = fieldOf((await get("/en/trial")).body, "_csrf");
      const good = { name: "Lin", age: "31", _csrf: token };
      for (const bad of [{ age: "x" }, { name: "" }, { extra: "1" }, { age: "151" }]) {
        assert.equal((await post("/en/trial", { ...good, ...bad } as never)).statusCode, 422);
      }
    });

    test("that caches may keep knows nobody", async () => {
      const answer = await get("/en/trial/kept");
      assert.equal(answer.headers["cache-control"], "public, max-age=60");
      assert.equal(answer.body, "visitor");
    });

    test("a file is an attachment under its own name", async () => {
      const answer = await get("/zh/trial/list.csv");
      const expected = "attachment; filename*=UTF-8''%E5%8D%95.csv";
      assert.equal(answer.headers["content-disposition"], expected);
    });

    test("comes no quicker back than a person writes", async () => {
      const slow = await httpTrial({ form_ms_min: 3_000 });
      const headers = { host: "localhost" };
      const shown = await slow.server.inject({ url: "/en/trial", headers });
      const payload = new URLSearchParams({
        name: "a",
        age: "1",
        _csrf: fieldOf(shown.body, "_csrf"),
      });
      const answer = await slow.server.inject({
        method: "POST",
        url: "/en/trial",
        headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        payload: payload.toString(),
      });
      assert.equal(answer.statusCode, 422);
      assert.match(answer.body, /form_too_quick/);
      await slow.end();
    });
  });

  describe("a page for somebody signed in", () => {
    test("opens by a demo link: a button first, so that no preview spends it", async () => {
      const [link = ""] = trial.links;
      const shown = await get(link);
      assert.equal((await get(link)).statusCode, 200);
      const pressed = await post(link, { _csrf: fieldOf(shown.body, "_csrf") });
      assert.equal(pressed.statusCode, 303);
      assert.equal(pressed.headers.location, "/zh/console/today");
      const cookie = String(pressed.headers["set-cookie"]).split(";")[0] ?? "";
      const page = await get("/zh/console/a/b", { cookie });
      assert.match(page.body, /^a\/b 林晓/);
      assert.equal(page.headers["cache-control"], "no-store");
      assert.match(
        String(page.headers["content-security-policy"]),
        /style-src 'self' 'unsafe-inline'/,
      );
      const csrf = fieldOf(page.body, "_csrf");
      const id = fieldOf(page.body, "_id");
      const acted = await post("/zh/console/act", { why: "x", _csrf: csrf, _id: id }, { cookie });
      assert.equal(acted.body, `x ${id}`);
      const forged = await post("/zh/console/act", { why: "x", _csrf: "no", _id: id }, { cookie });
      assert.equal(forged.statusCode, 403);
      const spent = await post(link, { _csrf: fieldOf(shown.body, "_csrf") });
      assert.equal(spent.statusCode, 401);
      assert.match(spent.body, /link_not_usable/);
    });

    test("is closed to a visitor and to a key", async () => {
      const key = { authorization: `Bearer ${trial.key}` };
      for (const headers of [{}, key, { cookie: `sandbank_console=${"a".repeat(43)}` }]) {
        const answer = await get("/en/console/x", headers as Record<string, string>);
        assert.equal(answer.statusCode, 401);
        assert.match(answer.body, /not_signed_in/);
      }
    });

    test("a redirect never leaves the site", () => {
      for (const to of [
        "https://evil.test",
        "//evil.test",
        "/\\evil.test",
        "javascript:x",
        "/a\nb",
        "",
      ]) {
        assert.ok(!isLocalPath(to), to);
        assert.throws(() => redirect(to), /leaves the site/);
      }
      assert.ok(isLocalPath("/zh/a?b=%E5%8D%95&c=1#d"));
    });
  });

  describe("files of a folder", () => {
    test("are served with a tag, a year's keep and their type", async () => {
      const first = await get("/assets/app.js");
      assert.equal(first.body, "export {};");
      assert.equal(first.headers["content-type"], "text/javascript; charset=utf-8");
      assert.equal(first.headers["cache-control"], "public, max-age=31536000, immutable");
      const again = await get("/assets/app.js", { "if-none-match": String(first.headers.etag) });
      assert.equal(again.statusCode, 304);
      const head = await trial.server.inject({
        method: "HEAD",
        url: "/assets/app.js",
        headers: { host: "localhost" },
      });
      assert.equal(head.headers["content-length"], "10");
      assert.equal(head.body, "");
    });

    test("tiles may be read from other sites, and are bytes", async () => {
      const tile = await get("/tile/000");
      assert.deepEqual([...tile.rawPayload], [1, 2, 3]);
      assert.equal(tile.headers["access-control-allow-origin"], "*");
      assert.equal(tile.headers["content-type"], "application/octet-stream");
    });

    test("nothing outside the folder, hidden, or behind a link is there", async () => {
      const paths = [
        ...["../package.json", "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd", ".hidden"],
        ...["out.txt", "app.js/", "app.js%00", "a\\b", "", ".", "..", "//app.js", "app.js/x"],
      ];
      for (const path of paths) {
        const answer = await get(`/assets/${path}`);
        assert.ok([400, 404].includes(answer.statusCode), `${path} ${answer.statusCode}`);
      }
    });

    test("a folder of that name is no file", async () => {
      const folder = mkdtempSync(join(tmpdir(), "sandbank-http-"));
      mkdirSync(join(folder, "inner"));
      writeFileSync(join(folder, "empty.txt"), "");
      const other = await httpTrial({}, { statics: [{ prefix: "/f", folder, immutable: false }] });
      const at = (url: string) => other.server.inject({ url, headers: { host: "localhost" } });
      assert.equal((await at("/f/inner")).statusCode, 404);
      assert.equal((await at("/f/empty.txt")).statusCode, 200);
      await other.end();
    });

    test("only plain names make a path", () => {
      assert.equal(readStaticPath("x001/067.p/12"), "x001/067.p/12");
      for (const path of [
        "/a",
        "a/",
        "a//b",
        ".a",
        "a/.b",
        "a/../b",
        "C:a",
        "a b",
        "单",
        "a\u0000",
      ]) {
        assert.equal(readStaticPath(path), undefined, path);
      }
    });
  });

  describe("the API document", () => {
    test("is made of the routes, closed, with problems by code", () => {
      const document = trial.server.openapi as {
        openapi: string;
        paths: Record<string, Record<string, Record<string, unknown>>>;
        components: { responses: Record<string, { "x-codes": string[] }> };
      };
      assert.equal(document.openapi, "3.1.0");
      const pay = document.paths["/api/trial/payments"]?.["post"];
      const body = pay?.["requestBody"] as {
        content: Record<string, { schema: Record<string, unknown> }>;
      };
      const schema = body.content["application/json"]?.schema;
      assert.equal(schema?.["additionalProperties"], false);
      assert.deepEqual(schema?.["required"], ["amount", "merchant"]);
      assert.deepEqual(pay?.["security"], [{ key: [] }, { session: [], csrf: [] }]);
      const codes = document.components.responses["problem_409"]?.["x-codes"];
      assert.ok(codes?.includes("trial_day_exceeded") && codes.includes("port_in_use"));
      assert.ok(
        document.components.responses["problem_503"]?.["x-codes"].includes("outcome_unknown"),
      );
      const find = document.paths["/api/trial/payments/{id}"]?.["get"];
      const parameters = find?.["parameters"] as { name: string; in: string; required: boolean }[];
      assert.deepEqual(
        parameters.map((one) => [one.name, one.in, one.required]),
        [
          ["id", "path", true],
          ["page", "query", false],
          ["all", "query", false],
        ],
      );
    });

    test("is served, and names every operation once", async () => {
      const answer = await get("/openapi.json");
      const { paths } = answer.json() as {
        paths: Record<string, Record<string, { operationId: string }>>;
      };
      const ids = Object.values(paths).flatMap((path) =>
        Object.values(path).map((operation) => operation.operationId),
      );
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(ids.length >= 18);
    });
  });
});
