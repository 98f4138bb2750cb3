/**
 * The text of a signature: the Ed25519 example of RFC 9421 byte for byte, and what a signature must
 * cover and say, one row for each rule.
 */
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { describe, test } from "node:test";
import type { Instant } from "../clock/index.ts";
import { isRefusal, type Refusal } from "../words/index.ts";
import { compareContent, readContentDigest } from "./digest.ts";
import {
  coversEnough,
  isTimely,
  type Message,
  readSignature,
  type RequestSignature,
  signatureBase,
} from "./signature.ts";

/** RFC 9421, B.1.4 and B.2.6. */
const RFC = {
  d: "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU",
  x: "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs",
  input:
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");' +
    'created=1618884473;keyid="test-key-ed25519"',
  signature:
    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
  base: `"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
} as const;

const message: Message = {
  method: "POST",
  scheme: "https",
  url: "/foo?param=Value&Pet=dog",
  headers: {
    host: "example.com",
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-length": "18",
  },
};

function read(headers: Message["headers"]): RequestSignature {
  const signature = readSignature(headers);
  assert.ok(!isRefusal(signature), isRefusal(signature) ? signature.code : "");
  return signature;
}

function codeOf(value: unknown): string {
  return isRefusal(value) ? value.code : "taken";
}

/** The first parameter that a refusal names. */
function named(value: unknown): string | undefined {
  return Object.values((value as Refusal).params ?? {})[0];
}

describe("RFC 9421, B.2.6", () => {
  const headers = { ...message.headers, "signature-input": RFC.input, signature: RFC.signature };
  const signature = read(headers);
  const jwk = { kty: "OKP", crv: "Ed25519", x: RFC.x };

  test("gives the very text of the standard, and its signature verifies", () => {
    const base = signatureBase(signature, { ...message, headers });
    assert.equal(base, RFC.base);
    const key = createPublicKey({ key: jwk, format: "jwk" });
    assert.ok(verify(null, Buffer.from(RFC.base), key, signature.bytes));
    const changed = signatureBase(signature, { ...message, headers, method: "PUT" });
    assert.ok(!verify(null, Buffer.from(String(changed)), key, signature.bytes));
  });

  test("is what the standard's key signs, byte for byte", () => {
    const key = createPrivateKey({ key: { ...jwk, d: RFC.d }, format: "jwk" });
    assert.deepEqual(sign(null, Buffer.from(RFC.base), key), signature.bytes);
    assert.deepEqual([signature.keyid, signature.created], ["test-key-ed25519", 1_618_884_473]);
  });

  test("covers less than we ask for", () => {
    assert.equal(named(coversEnough(signature, headers)), "@query");
  });
});

describe("a component", () => {
  const baseOf = (component: string, of: Partial<Message> = {}) =>
    signatureBase({ components: [component], params: "()" }, { ...message, ...of });
  const host = (name: string) => ({ headers: { host: name } });
  const rows: readonly (readonly [string, Partial<Message>, string])[] = [
    ["@method", {}, "POST"],
    ["@target-uri", {}, "https://example.com/foo?param=Value&Pet=dog"],
    ["@target-uri", host("Example.com:443"), "https://example.com/foo?param=Value&Pet=dog"],
    ["@authority", host("LOCALHOST:8080"), "localhost:8080"],
    ["@authority", { ...host("a.example:80"), scheme: "http" }, "a.example"],
    ["@authority", { ...host("a.example:443"), scheme: "http" }, "a.example:443"],
    ["@scheme", {}, "https"],
    ["@path", { url: "/a%20b" }, "/a%20b"],
    ["@query", {}, "?param=Value&Pet=dog"],
    ["@query", { url: "/foo" }, "?"],
    ["@query", { url: "/foo??a" }, "??a"],
    ["x-many", { headers: { "x-many": [" a ", "b"] } }, "a, b"],
    ["x-empty", { headers: { "x-empty": "" } }, ""],
  ];
  for (const [component, of, value] of rows) {
    test(`${component} of ${JSON.stringify(of)} is ${value}`, () => {
      assert.equal(baseOf(component, of), `"${component}": ${value}\n"@signature-params": ()`);
    });
  }

  test("that the request does not have is refused, whatever it is called", () => {
    for (const name of ["x-absent", "__proto__", "constructor", "@status"]) {
      assert.equal(codeOf(baseOf(name)), "signature_component_absent");
    }
  });
});

describe("what is not taken is named", () => {
  const GOOD = '("@method" "@target-uri");created=1;keyid="k"';
  const rows: readonly (readonly [string, string, string?])[] = [
    [`a=${GOOD}`, "taken"],
    [`a=${GOOD};expires=2;nonce="n";tag="t";alg="ed25519"`, "taken"],
    ["a=", "signature_header_malformed", "Signature-Input"],
    ['a="text"', "signature_header_malformed", "Signature-Input"],
    [`b=${GOOD}`, "signature_not_one"],
    [`a=${GOOD}, b=${GOOD}`, "signature_not_one"],
    ["", "signature_not_one"],
    ['a=("@method";req);created=1;keyid="k"', "signature_component_not_taken", "@method"],
    ['a=("@status");created=1;keyid="k"', "signature_component_not_taken", "@status"],
    ['a=("@query-param";name="x")', "signature_component_not_taken", "@query-param"],
    ['a=("Host");created=1;keyid="k"', "signature_component_not_taken", "Host"],
    ["a=(host);created=1", "signature_component_not_taken", "host"],
    ['a=("host" "host");created=1;keyid="k"', "signature_component_not_taken", "host"],
    ['a=("host");keyid="k"', "signature_parameter_needed", "created"],
    ['a=("host");created=1', "signature_parameter_needed", "keyid"],
    [`a=${GOOD};alg="rsa-pss-sha512"`, "signature_parameter_not_taken", "alg"],
    [`a=${GOOD};alg=ed25519`, "signature_parameter_not_taken", "alg"],
    [`a=${GOOD};more=1`, "signature_parameter_not_taken", "more"],
    ['a=("host");created="1";keyid="k"', "signature_parameter_not_taken", "created"],
    ['a=("host");created=-1;keyid="k"', "signature_parameter_not_taken", "created"],
    ['a=("host");created=1.0;keyid="k"', "signature_parameter_not_taken", "created"],
    [`a=("host");created=1;keyid="${"k".repeat(257)}"`, "signature_parameter_not_taken", "keyid"],
  ];
  for (const [input, code, what] of rows) {
    test(`${input.slice(0, 60)}: ${code} ${what ?? ""}`, () => {
      const answer = readSignature({ "signature-input": input, signature: "a=:AAAA:" });
      assert.equal(codeOf(answer), code);
      if (what !== undefined) assert.equal(named(answer), what);
    });
  }

  test("a signature that is no bytes, or of more than one", () => {
    const of = (signature: string | undefined) =>
      readSignature({ "signature-input": `a=${GOOD}`, signature });
    assert.equal(named(of(undefined)), "Signature");
    assert.equal(named(of('a="AAAA"')), "Signature");
    assert.equal(named(of("a=(:AAAA:)")), "Signature");
    assert.equal(codeOf(of("a=:AAAA:, b=:AAAA:")), "signature_not_one");
  });

  test("parameters are signed in the order of their signer", () => {
    const input = String.raw`a=("host");keyid="k\"";created=1`;
    const { params } = read({ "signature-input": input, signature: "a=:AAAA:" });
    assert.equal(params, String.raw`("host");keyid="k\"";created=1`);
  });
});

describe("a signature covers the method, the whole address, and what says which act it is", () => {
  const digest = { "content-digest": "sha-256=:AAAA:" };
  const id = { "idempotency-key": "order-1" };
  const rows: readonly (readonly [readonly string[], Message["headers"], string?])[] = [
    [["@method", "@target-uri"], {}],
    [["@method", "@authority", "@path", "@query"], {}],
    [["@target-uri"], {}, "@method"],
    [["@method"], {}, "@target-uri"],
    [["@method", "@path"], {}, "@authority"],
    [["@method", "@authority", "@path"], {}, "@query"],
    [["@method", "@target-uri"], digest, "content-digest"],
    [["@method", "@target-uri", "content-digest"], digest],
    [["@method", "@target-uri", "content-digest"], { ...digest, ...id }, "idempotency-key"],
    [["@method", "@target-uri", "idempotency-key"], id],
  ];
  for (const [components, headers, missing] of rows) {
    test(`${components.join(" ")} of ${Object.keys(headers).join(" ")}: ${missing ?? "enough"}`, () => {
      const answer = coversEnough({ components }, headers);
      assert.equal(named(answer), missing);
      assert.equal(answer === true, missing === undefined);
    });
  }
});

describe("a signature is of now", () => {
  const now = 1_000_000_000_000 as Instant;
  const window = { age_ms_max: 300_000, ahead_ms_max: 30_000 };
  const rows: readonly (readonly [number, number | undefined, string])[] = [
    [1_000_000_000, undefined, "taken"],
    [999_999_700, undefined, "taken"],
    [999_999_699, undefined, "signature_too_old"],
    [1_000_000_030, undefined, "taken"],
    [1_000_000_031, undefined, "signature_ahead_of_time"],
    [1_000_000_000, 1_000_000_001, "taken"],
    [1_000_000_000, 1_000_000_000, "signature_expired"],
    [999_999_699, 999_999_700, "signature_too_old"],
  ];
  for (const [created, expires, code] of rows) {
    test(`created ${created}, expires ${expires ?? "never"}: ${code}`, () => {
      const said = { created, ...(expires === undefined ? {} : { expires }) };
      assert.equal(codeOf(isTimely(said, window, now)), code);
    });
  }
});

describe("a body is the one that was signed", () => {
  // RFC 9530, appendix B: the body of RFC 9421's examples.
  const body = Buffer.from('{"hello": "world"}');
  const digest = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
  const compare = (header: string | undefined, bytes: Uint8Array) => {
    const signed = readContentDigest(header);
    return codeOf(isRefusal(signed) ? signed : compareContent(signed, bytes));
  };
  const rows: readonly (readonly [string | undefined, Uint8Array, string])[] = [
    [digest, body, "taken"],
    [`sha-512=:AAAA:, ${digest}`, body, "taken"],
    [digest, Buffer.from('{"hello": "World"}'), "content_digest_differs"],
    [digest, Buffer.alloc(0), "content_digest_differs"],
    [undefined, Buffer.alloc(0), "taken"],
    [undefined, body, "content_digest_needed"],
    ["sha-512=:AAAA:", body, "content_digest_malformed"],
    ["sha-256=:AAAA:", body, "content_digest_malformed"],
    ["sha-256=abc", body, "content_digest_malformed"],
    ["sha-256", body, "content_digest_malformed"],
    ["", body, "content_digest_malformed"],
  ];
  for (const [header, bytes, code] of rows) {
    test(`${header} of ${bytes.length} bytes: ${code}`, () => {
      assert.equal(compare(header, bytes), code);
    });
  }
});
