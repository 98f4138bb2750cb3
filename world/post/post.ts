/**
 * The simulated post office: a mail server that speaks real SMTP and a gateway for text messages,
 * on this machine only. Everything ends here and can be read on a page that says so; nothing is sent
 * on, and nothing is kept when it ends.
 */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { gateway } from "./gateway.ts";
import { type Arrived, readMail } from "./letter.ts";

/** Largest mail, in bytes. */
const MAIL_BYTES_MAX = 256 * 1024;
/** Letters that are kept; the oldest go first. */
const LETTERS_MAX = 1_000;

export interface PostAsked {
  /** 0 takes any free port. */
  readonly mailPort: number;
  readonly webPort: number;
  /** Called when a mail has come, before its sender is told so. */
  readonly beforeAnswer?: () => Promise<void>;
}

export interface RunningPost {
  readonly mailPort: number;
  /** Where the page and the gateway are. */
  readonly origin: string;
  readonly letters: readonly Arrived[];
  end(): Promise<void>;
}

export async function startPost(asked: PostAsked): Promise<RunningPost> {
  const letters: Arrived[] = [];
  const mail = mailServer(letters, asked.beforeAnswer);
  const web = gateway(letters);
  await new Promise<void>((resolve, reject) => {
    mail.once("error", reject);
    mail.listen(asked.mailPort, "127.0.0.1", resolve);
  });
  await new Promise<void>((resolve, reject) => {
    web.once("error", reject);
    web.listen(asked.webPort, "127.0.0.1", resolve);
  });
  const portOf = (address: unknown) => (address as AddressInfo).port;
  return {
    mailPort: portOf(mail.server.address()),
    origin: `http://127.0.0.1:${portOf(web.address())}`,
    letters,
    async end() {
      web.closeAllConnections();
      await new Promise<void>((resolve) => web.close(() => resolve()));
      await new Promise<void>((resolve) => mail.close(() => resolve()));
    },
  };
}

function mailServer(letters: Arrived[], beforeAnswer: PostAsked["beforeAnswer"]): SMTPServer {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    size: MAIL_BYTES_MAX,
    closeTimeout: 500,
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      const answer = async () => {
        await beforeAnswer?.();
        callback();
      };
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        letters.push(...envelope.rcptTo.map(({ address }) => readMail(raw, address)));
        letters.splice(0, Math.max(0, letters.length - LETTERS_MAX));
        void answer();
      });
    },
  });
  // A sender who dies in the middle of a mail is no business of ours.
  server.on("error", () => undefined);
  return server;
}
