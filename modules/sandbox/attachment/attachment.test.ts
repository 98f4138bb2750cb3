/** What an attachment is, told from its bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sniff } from "./attachment.ts";

test("an attachment is what its bytes are: PDF, PNG, JPEG, plain text, and nothing else", () => {
  const table: readonly (readonly [string, Uint8Array, string | undefined])[] = [
    ["a PDF", Buffer.from("%PDF-1.7\n"), "application/pdf"],
    ["a PNG", Buffer.from("89504e470d0a1a0a00", "hex"), "image/png"],
    ["a JPEG", Buffer.from("ffd8ffe000", "hex"), "image/jpeg"],
    ["Chinese text", Buffer.from("服务协议书\r\n\t第一条"), "text/plain"],
    ["a page is plain text, and is served as such", Buffer.from("<script>"), "text/plain"],
    ["text that is not UTF-8", Buffer.from("b2e2cad4", "hex"), undefined],
    ["a program", Buffer.from("4d5a9000", "hex"), undefined],
    ["a ZIP", Buffer.from("504b030400", "hex"), undefined],
    ["text with a NUL", Buffer.from("a\u0000b"), undefined],
    ["a PNG cut short", Buffer.from("89504e47", "hex"), undefined],
  ];
  for (const [why, bytes, expected] of table) assert.equal(sniff(bytes), expected, why);
});
