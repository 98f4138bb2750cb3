/** The proxy between a browser under test and the server: it adds glyphs and changes nothing else. */
import assert from "node:assert/strict";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { type FontProxy, fontProxy } from "./fonts.ts";

const SHEET = "p { color: black; }";

describe("glyphs for pages under test", () => {
  let proxy: FontProxy;
  let behind: Server;
  let origin: string;
  before(async () => {
    proxy = await fontProxy();
    behind = createServer((asked, answer) => {
      if (asked.url === "/page.css") {
        assert.equal(asked.headers["accept-encoding"], undefined, "what is packed is not read");
        answer.writeHead(200, { "content-type": "text/css", "cache-control": "immutable" });
        answer.end(SHEET);
      } else if (asked.url === "/gone.css") answer.writeHead(404).end("none");
      else if (asked.url === "/cut") asked.socket.destroy();
      else {
        answer.writeHead(201, { "set-cookie": ["a=1", "b=2"], "x-host": asked.headers.host ?? "" });
        asked.pipe(answer);
      }
    });
    await new Promise<void>((resolve) => {
      behind.listen(0, "127.0.0.1", resolve);
    });
    origin = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`;
  });
  after(() => {
    proxy.end();
    behind.close();
    behind.closeAllConnections();
  });

  function ask(path: string, body?: string) {
    const { hostname, port } = new URL(proxy.server);
    const to = new URL(path, origin);
    return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
      (resolve, reject) => {
        const asked = request({
          ...{ hostname, port, path: to.href, method: body === undefined ? "GET" : "POST" },
          headers: { host: to.host, "accept-encoding": "gzip" },
        });
        asked.on("error", reject);
        asked.on("response", (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", reject);
          answer.on("end", () => {
            const text = Buffer.concat(parts).toString("latin1");
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
          });
        });
        asked.end(body);
      },
    );
  }

  test("a stylesheet has the faces below it, and what the server said of it still holds", async () => {
    const { status, headers, text } = await ask("/page.css");
    assert.equal(status, 200);
    assert.equal(headers["cache-control"], "immutable");
    assert.ok(text.startsWith(`${SHEET}\n`));
    const [, face = ""] = /url\((\/fonts-for-tests\/[^)]+\.woff2)\)/.exec(text) ?? [];
    const font = await ask(face);
    assert.equal(font.text.slice(0, 4), "wOF2");
    assert.match(String(font.headers["cache-control"]), /max-age/);
  });

  test("a stylesheet that is not there stays so", async () => {
    const { status, text } = await ask("/gone.css");
    assert.deepEqual([status, text], [404, "none"]);
  });

  test("all else passes as it is, there and back", async () => {
    const { status, headers, text } = await ask("/echo", "words");
    assert.deepEqual([status, text], [201, "words"]);
    assert.deepEqual(headers["set-cookie"], ["a=1", "b=2"]);
    assert.equal(headers["x-host"], new URL(origin).host);
  });

  test("a server that hangs up has hung up", async () => {
    await assert.rejects(ask("/cut"));
  });

  test("no other file of the fonts' folder is served", async () => {
    for (const name of ["index.css", "LICENSE", "x.woff2.map", "x.woff2"]) {
      assert.equal((await ask(`/fonts-for-tests/${name}`)).status, 404, name);
    }
  });
});
