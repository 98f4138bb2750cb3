/**
 * A stranger's client of the form edge, written from the page that describes it and nothing else. A
 * message whose answer was not heard is sent again as it is, since it names its act by itself. An
 * answer that the bank's key does not stand for is not believed.
 */
import { createHash } from "node:crypto";
import { pause } from "../clock.ts";
import type { BankKey } from "./bank-key.ts";
import { NotReached } from "./client.ts";
import type { RequestSigner } from "./signing.ts";

/** Where the edge is, and who speaks. */
export interface FormDoor {
  readonly origin: string;
  /** Token requestor id, 11 digits. */
  readonly trid: string;
  readonly signer: RequestSigner;
  readonly bank: BankKey;
  readonly timeoutMs?: number;
  readonly triesMax?: number;
  readonly pauseMs?: number;
}

/** One transaction in the words of the page. */
export interface FormAsked {
  readonly txnType: "00" | "01" | "02" | "03" | "04" | "32";
  readonly merId: string;
  readonly orderId: string;
  /** `YYYYMMDDhhmmss`; with the order it names the act, so it is kept with it. */
  readonly txnTime: string;
  /** What the transaction has beside: amounts, `origQryId`, `token` and where it is paid. */
  readonly more: Readonly<Record<string, string>>;
  readonly token?: string;
}

export type FormAnswer = Readonly<Record<string, string>> & { readonly respCode?: string };

const UNKNOWN = "03";
const FORM = "application/x-www-form-urlencoded";

export class FormClient {
  readonly #door: Required<FormDoor>;

  constructor(door: FormDoor) {
    this.#door = { timeoutMs: 10_000, triesMax: 6, pauseMs: 100, ...door };
  }

  /** Sends a message until its outcome is known. Throws `NotReached` after the last try. */
  async send(asked: FormAsked): Promise<FormAnswer> {
    const message = new URLSearchParams(this.#message(asked)).toString();
    const { triesMax, pauseMs } = this.#door;
    let why = "";
    for (let tried = 1; tried <= triesMax; tried += 1) {
      const heard = await this.#once(message);
      if (typeof heard !== "string" && heard.respCode !== UNKNOWN) return heard;
      why = typeof heard === "string" ? heard : "the outcome is not known";
      if (tried < triesMax) await pause(pauseMs * 2 ** (tried - 1));
    }
    throw new NotReached(`${asked.txnType} ${asked.orderId}: ${why}`);
  }

  #message({ txnType, merId, orderId, txnTime, more, token }: FormAsked): Record<string, string> {
    const { trid, signer } = this.#door;
    const paying = token === undefined ? "" : `token=${token}&`;
    const fields = {
      ...{ version: "5.1.0", encoding: "UTF-8", bizType: "000902", accessType: "0" },
      ...{ txnType, txnSubType: "00", merId, orderId, txnTime },
      tokenPayData: `{trId=${trid}&${paying}tokenType=01}`,
      ...more,
      ...{ signMethod: "ED25519", certId: signer.id },
    };
    return { ...fields, signature: signer.signText(digestOf(fields)) };
  }

  /** The answer, or why it is worth asking again. */
  async #once(message: string): Promise<FormAnswer | string> {
    const { origin, bank, timeoutMs } = this.#door;
    let text: string;
    try {
      const answer = await fetch(`${origin}/api/unionpay/back-trans`, {
        ...{ method: "POST", headers: { "content-type": FORM }, body: message },
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await answer.text();
      if (!answer.headers.get("content-type")?.startsWith(FORM)) return `status ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const fields = Object.fromEntries(new URLSearchParams(text));
    const { signature = "", certId } = fields;
    const believed = certId === bank.id && bank.signed(`${digestOf(fields)}\n`, signature);
    return believed ? fields : "the answer is not signed by the bank";
  }
}

/** SHA-256 of the sorted fields but the signature, 64 hexadecimal digits. */
export function digestOf(fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields).filter((name) => name !== "signature");
  const text = names
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => `${name}=${fields[name]}`)
    .join("&");
  return createHash("sha256").update(text).digest("hex");
}
