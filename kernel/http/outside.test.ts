/** Which addresses are called, one row for each kind, and that a name is called where it was seen. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
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
      assert.deepEqual(await pinned(host, [address]), { host, address, inside: false });
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
