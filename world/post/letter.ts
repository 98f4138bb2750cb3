/**
 * What arrived at the simulated post: mails as far as a reader needs them (RFC 5322 header, one part
 * of plain text in base64 or quoted-printable, words of RFC 2047) and text messages.
 */

/** A mail or text message as it was taken in. */
export interface Arrived {
  readonly kind: "mail" | "sms";
  readonly to: string;
  /** Message-ID of a mail, Idempotency-Key of a text message: the same for the same letter. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
}

/** Reads a mail of one plain part. */
export function readMail(raw: Buffer, to: string): Arrived {
  const whole = raw.toString("latin1");
  const end = whole.indexOf("\r\n\r\n");
  const [head, body] = end < 0 ? [whole, ""] : [whole.slice(0, end), whole.slice(end + 4)];
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const field = (name: string) => {
    const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`)) ?? "";
    return line.slice(name.length + 1).trim();
  };
  const encoding = field("content-transfer-encoding").toLowerCase();
  return {
    ...{ kind: "mail", to, id: field("message-id") },
    subject: decodedWords(field("subject")),
    text: decoded(body, encoding).toString("utf8").replaceAll("\r\n", "\n"),
  };
}

function decoded(body: string, encoding: string): Buffer {
  if (encoding === "base64") return Buffer.from(body, "base64");
  if (encoding === "quoted-printable") return unquoted(body.replaceAll("=\r\n", ""));
  return Buffer.from(body, "latin1");
}

function unquoted(text: string): Buffer {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1");
}

/** Words of a header that are not ASCII. White space between two of them is none. */
function decodedWords(text: string): string {
  const joined = text.replaceAll(/\?=\s+=\?/g, "?==?");
  return joined.replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, said: string) =>
    (how.toLowerCase() === "b"
      ? Buffer.from(said, "base64")
      : unquoted(said.replaceAll("_", " "))
    ).toString("utf8"),
  );
}
