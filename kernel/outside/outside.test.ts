/**
 * Which addresses are called, one row for each kind, and over real sockets that a call goes where its
 * name was seen to point, and nowhere once the name points inside.
 */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { isRefusal } from "../words/index.ts";
import { outside } from "./outside.ts";

const pinned = async (
  host: string,
  addresses: readonly string[],
  inside: readonly string[] = [],
) => {
  const resolve = async () => addresses.map((address) => ({ address }));
  const found = await outside({ inside, resolve }).pin(host);
  return isRefusal(found) ? found.code : found;
};

describe("an address outside", () => {
  const refused = [
    ...["127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254"],
    ...["100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.7"],
    ...["::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "fc00::1", "fd12::1"],
    ...["fe80::1", "ff02::1", "2001:db8::1", "2002:7f00:1::1", "2001::1"],
  ];
  for (const address of refused) {
    test(`${address} is not called`, async () => {
      assert.equal(await pinned("mail.example", [address]), "outside_address_private");
      assert.equal(await pinned(address, []), "outside_address_private", "written as an address");
    });
  }

  const called = ["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2600::1", "2a00:1450::1"];
  for (const address of called) {
    test(`${address} is`, async () => {
      const host = "mail.example";
      assert.deepEqual(await pinned(host, [address]), {
        host,
        addresses: [address],
        inside: false,
      });
    });
  }

  test("that one is private is enough, wherever it stands", async () => {
    for (const mixed of [
      ["8.8.8.8", "10.0.0.1"],
      ["10.0.0.1", "8.8.8.8"],
    ]) {
      assert.equal(await pinned("mail.example", mixed), "outside_address_private");
    }
  });

  test("that is listed is called, and only that", async () => {
    const list = ["10.1.0.0/16", "127.0.0.1", "fd12::/16"];
    const address = async (one: string) => {
      const found = await pinned("mail.example", [one], list);
      return typeof found === "string" ? found : found.inside;
    };
    assert.equal(await address("10.1.255.1"), true);
    assert.equal(await address("10.2.0.1"), "outside_address_private");
    assert.equal(await address("127.0.0.2"), "outside_address_private");
    assert.equal(await address("fd12::9"), true);
    assert.equal(await address("8.8.8.8"), false);
  });

  test("whose name is nobody's is unknown", async () => {
    assert.equal(await pinned("nobody.example", []), "outside_name_unknown");
    const resolve = () => Promise.reject(new Error("ENOTFOUND"));
    const found = await outside({ inside: [], resolve }).pin("nobody.example");
    assert.ok(isRefusal(found) && found.code === "outside_name_unknown");
  });
});

describe("a call", () => {
  const ALLOWED = "127.0.0.2";
  const PRIVATE = "127.0.0.1";
  const heard: string[] = [];
  const servers: Server[] = [];
  /** The same at both addresses, so that only the address tells them apart. */
  let port = 0;
  before(async () => {
    for (const host of [ALLOWED, PRIVATE]) {
      const server = createServer((request, response) => {
        heard.push(`${host} ${request.headers.host}`);
        if (request.url === "/moved") {
          response.writeHead(302, { location: `http://${PRIVATE}:${port}/` }).end();
        } else response.end(request.url === "/long" ? "x".repeat(2_000) : "here");
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(port, host, resolve));
      port = (server.address() as AddressInfo).port;
    }
  });
  after(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Calls names of which each look-up finds the next address. */
  const calls = (...answers: readonly string[]) => {
    const left = [...answers];
    const resolve = async () => left.splice(0, 1).map((address) => ({ address }));
    const door = outside({ inside: [ALLOWED], resolve });
    return async (path = "/", keep = true) => {
      heard.length = 0;
      const reply = await door.call({
        ...{ url: new URL(`http://log.example:${port}${path}`), method: "GET", bytesMax: 1_000 },
        ...{ signal: AbortSignal.timeout(5_000), keep },
      });
      return isRefusal(reply) ? reply.code : `${reply.status} ${reply.body.toString()}`;
    };
  };

  test("goes where its name was seen, looked up once, under its own name", async () => {
    assert.equal(await calls(ALLOWED, PRIVATE)(), "200 here");
    assert.deepEqual(heard, [`${ALLOWED} log.example:${port}`]);
  });

  for (const keep of [true, false]) {
    const kept = keep ? "kept" : "closed";
    test(`is refused once the name points inside, the connection of before being ${kept}`, async () => {
      const call = calls(ALLOWED, PRIVATE, "10.0.0.7", ALLOWED);
      assert.equal(await call("/", keep), "200 here");
      for (const later of ["this machine", "a private network"]) {
        assert.equal(await call("/", keep), "outside_address_private", later);
        assert.deepEqual(heard, [], "nobody heard of it");
      }
      assert.equal(await call("/", keep), "200 here", "and goes on once it points back");
    });
  }

  test("is not sent on to where the other side points", async () => {
    assert.equal(await calls(ALLOWED)("/moved"), "302 ");
    assert.deepEqual(heard, [`${ALLOWED} log.example:${port}`]);
  });

  test("beyond the list is made by https alone, whatever answers there", async () => {
    assert.equal(await calls("8.8.8.8")(), "outside_needs_https");
  });

  test("takes no more than it was told to", async () => {
    await assert.rejects(calls(ALLOWED)("/long"), /larger than 1000 bytes/);
  });

  test("that nobody answers is a fault and no refusal", async () => {
    const door = outside({ inside: [ALLOWED] });
    const url = new URL(`http://${ALLOWED}:1/`);
    const signal = AbortSignal.timeout(5_000);
    await assert.rejects(door.call({ url, method: "GET", bytesMax: 10, signal }), {
      code: "ECONNREFUSED",
    });
  });
});
