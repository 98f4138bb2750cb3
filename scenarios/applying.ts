/**
 * What an institution does to have a pilot of its own admitted: files the draft, enrols the key with
 * which it signs, signs what a version says is to be signed, and hands it in. The drafter and the
 * signer are two people.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { act, demand, read, type Stage, tried, type Who } from "./stage.ts";

/** Who applies for which pilot. */
export interface Applicant {
  readonly pilot: string;
  readonly organisation: string;
  readonly drafter: Who;
  readonly signer: Who;
}

/** The bytes that go before a raw Ed25519 seed to make it a private key (RFC 8410). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/** Files a text and answers with what a declaration refers to it by. */
export async function fileText(
  stage: Stage,
  of: { readonly who: Who; readonly key: string; readonly text: string },
): Promise<unknown> {
  const { who, key, text } = of;
  const content = Buffer.from(text).toString("base64");
  const body = { name: `${key}.txt`, type: "text/plain", content };
  return act(stage, { who, path: "/api/attachments", key, body });
}

/** The institution's signing key; of a demonstration, so that its seed may follow from the scenario's. */
function keyOf(stage: Stage, { organisation }: Applicant): KeyObject {
  const { seed } = stage.progress.kept;
  const raw = createHash("sha256").update(`${organisation} ${seed}`).digest();
  return createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, raw]),
    format: "der",
    type: "pkcs8",
  });
}

function publicOf(key: KeyObject): string {
  return String(createPublicKey(key).export({ format: "jwk" }).x);
}

function signedText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString("base64url");
}

/** Enrols the institution's key with a proof that it holds it. */
export async function enrol(stage: Stage, applicant: Applicant): Promise<void> {
  const key = keyOf(stage, applicant);
  const publicKey = publicOf(key);
  const text = `sandbank-signing-key-v1\n${applicant.organisation}\n${publicKey}\n`;
  const body = { publicKey, proof: signedText(key, text) };
  await act(stage, { who: applicant.signer, path: "/api/signing-keys", key: "enrol", body });
}

interface Application {
  readonly textToSign: string;
  readonly missing: readonly unknown[];
}

/** Where the steps of an application are taken. */
export function stepsPath(pilot: string): string {
  return `/api/applications/${pilot}/steps`;
}

/** The signer signs what the latest version says is to be signed, and nothing may be missing in it. */
export async function signStep(
  stage: Stage,
  of: {
    readonly applicant: Applicant;
    readonly step: "submit" | "amend";
    readonly version: number;
  },
): Promise<void> {
  const { applicant, step, version } = of;
  const { pilot, signer: who } = applicant;
  const key = keyOf(stage, applicant);
  const found = await read<Application>(stage, `/api/applications/${pilot}`, who);
  demand(found.missing.length === 0, `the declaration lacks ${JSON.stringify(found.missing)}`);
  const id = createHash("sha256")
    .update(Buffer.from(publicOf(key), "base64url"))
    .digest("hex");
  const signature = { key: id, value: signedText(key, found.textToSign) };
  await act(stage, { who, path: stepsPath(pilot), key: step, body: { step, version, signature } });
}

interface StaffComments {
  readonly comments: readonly { readonly id: string; readonly number: number }[];
}

/** Ids of the comments on a pilot in the order in which they came in. */
export async function commentIds(stage: Stage, pilot: string): Promise<string[]> {
  const path = `/api/applications/${pilot}/comments`;
  const { comments } = await read<StaffComments>(stage, path, "supervisor officer");
  return comments.toSorted((a, b) => a.number - b.number).map(({ id }) => id);
}

/** Says something in public about a published declaration. Its receipt is told once. */
export async function say(
  stage: Stage,
  of: { readonly pilot: string; readonly key: string; readonly body: object },
): Promise<void> {
  const { pilot, key, body } = of;
  const path = `/api/pilots/${pilot}/comments`;
  const asking = { who: "sandbar-bank customers", path, key, body } as const;
  const code = await tried(stage, asking);
  // A comment that is sent again was taken before.
  demand(code === "yes" || code === "already_delivered", `a comment was not taken: ${code}`);
}
