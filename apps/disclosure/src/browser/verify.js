// Checks one receipt against the public log, in this browser, with WebCrypto. It sends nothing
// anywhere and believes nothing on the page but the verifier keys that the page shows.
// Receipt: c2sp.org/tlog-proof@v1. Checkpoint: c2sp.org/tlog-checkpoint, a signed note.
// Leaf and inclusion: RFC 9162 2.1.1 and 2.1.3.2. Witnesses: c2sp.org/tlog-cosignature (Ed25519).
const NOTE = 1;
const COSIGNATURE = 4;
const HASH_BYTES = 32;

const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
const utf8 = (text) => new TextEncoder().encode(text);
const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Index, hashes and checkpoint of a receipt; throws on anything that is not exactly one. */
export function readReceipt(text) {
  const cut = text.indexOf("\n\n");
  const lines = text.slice(0, cut).split("\n");
  if (cut < 0 || lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("not a receipt");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const index = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? "")?.[1];
  if (index === undefined) throw new Error("receipt without index");
  return { index: BigInt(index), path: lines.map(bytesOf), checkpoint: text.slice(cut + 2) };
}

/** Origin, size, root and signatures of a checkpoint. `body` is what is signed. */
export function readCheckpoint(note) {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0) throw new Error("not a signed note");
  const body = note.slice(0, cut + 1);
  const [origin, size, root] = body.split("\n");
  if (!origin || !/^(0|[1-9][0-9]*)$/.test(size ?? "") || !root) throw new Error("no checkpoint");
  const signatures = note
    .slice(cut + 2)
    .trimEnd()
    .split("\n")
    .map((line) => /^\u2014 (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, name, blob]) => ({ name, blob: bytesOf(blob) }));
  return { body, origin, size: BigInt(size), root: bytesOf(root), signatures };
}

/** Name, id, kind and key of a verifier key `name+id+base64(kind, key)`. */
export async function readKey(vkey) {
  const [name, id] = vkey.split("+", 2);
  const material = bytesOf(vkey.slice(`${name}+${id}+`.length));
  const kind = material[0];
  const expected = (await sha256(utf8(`${name}\n`), material)).slice(0, 4);
  const hex = [...expected].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== id || material.length !== 33) throw new Error(`damaged verifier key of ${name}`);
  return { name, id: expected, kind, key: material.slice(1) };
}

/** True if the checkpoint carries a signature of this key that holds. */
export async function signedBy(checkpoint, vkey) {
  const { name, id, kind, key } = await readKey(vkey);
  const found = checkpoint.signatures.find(
    (one) => one.name === name && same(one.blob.slice(0, 4), id),
  );
  if (found === undefined) return false;
  const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  const holds = (signature, message) =>
    crypto.subtle.verify("Ed25519", imported, signature, utf8(message));
  if (kind === NOTE) return holds(found.blob.slice(4), checkpoint.body);
  if (kind !== COSIGNATURE || found.blob.length !== 76) return false;
  const time = new DataView(found.blob.buffer).getBigUint64(4);
  return holds(found.blob.slice(12), `cosignature/v1\ntime ${time}\n${checkpoint.body}`);
}

/** True if the record is the leaf at `index` of the tree with this size and root. */
export async function includes(record, receipt, checkpoint) {
  return leadsTo(await sha256(Uint8Array.of(0), utf8(record)), receipt, checkpoint);
}

/** True if the path leads from the hash of leaf `index` to the root of a tree of this size. */
export async function leadsTo(leaf, { index, path }, { size, root }) {
  if (index < 0n || index >= size) return false;
  if (![leaf, root, ...path].every((one) => one.length === HASH_BYTES)) return false;
  let hash = leaf;
  let node = index;
  let last = size - 1n;
  for (const sibling of path) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = await sha256(Uint8Array.of(1), sibling, hash);
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else {
      hash = await sha256(Uint8Array.of(1), hash, sibling);
    }
    node /= 2n;
    last /= 2n;
  }
  return last === 0n && same(hash, root);
}

/** One answer per check, in the order of the page: the record, then each key. */
export async function check({ origin, record, proof, keys }) {
  const receipt = readReceipt(proof);
  const checkpoint = readCheckpoint(receipt.checkpoint);
  const inside = checkpoint.origin === origin && (await includes(record, receipt, checkpoint));
  return [inside, ...(await Promise.all(keys.map((vkey) => signedBy(checkpoint, vkey))))];
}

async function canVerify() {
  const key = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
  try {
    await crypto.subtle.importKey("jwk", key, "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

function say(box, kind, text) {
  const answer = box.querySelector("[role=status]");
  answer.className = `note ${kind}`;
  answer.textContent = text;
}

async function run(box) {
  const words = box.dataset;
  if (!(await canVerify())) return say(box, "warn", words.unable);
  const content = JSON.parse(box.querySelector("script[type='application/json']").textContent);
  const results = await check(content).catch(() => []);
  for (const [at, item] of box.querySelectorAll("[data-check]").entries()) {
    item.dataset.state = results[at] ? "ok" : "no";
    item.querySelector(".sr").textContent = results[at] ? words.yes : words.no;
  }
  const all = results.length > 0 && results.every(Boolean);
  return say(box, all ? "ok" : "stop", all ? words.pass : words.fail);
}

if (typeof document !== "undefined") {
  for (const box of document.querySelectorAll("[data-verify]")) {
    const act = box.querySelector("[data-act]");
    act.hidden = false;
    act.addEventListener("click", () => run(box));
  }
}
