/**
 * Mail over SMTP, by nodemailer: one connection a letter, to the address that its server's name was
 * resolved to, with TLS wherever that is not on our own networks. A letter has one recipient, plain
 * text, and a Message-ID that is the same at every try. What the server says is never passed on: it
 * may name the recipient.
 */
import type { MailServer } from "@sandbank/kernel/config";
import type { Outside } from "@sandbank/kernel/outside";
import { isRefusal } from "@sandbank/kernel/words";
import type { Notice } from "@sandbank/sandbox";
import { createTransport } from "nodemailer";

const TIMEOUT_MS = 15_000;

/** Answers of a server by which this letter will never be taken (RFC 5321, 4.2.3). */
const NEVER = new Set([550, 551, 552, 553, 554, 555, 556]);

/** Sends mails by one server. */
export function mailer(server: MailServer, outside: Pick<Outside, "pin">) {
  return async (notice: Notice, signal: AbortSignal): Promise<"taken" | "refused"> => {
    const pinned = await outside.pin(server.host);
    if (isRefusal(pinned)) throw new Error(`the mail server is not called: ${pinned.code}`);
    const { user, password: pass } = server;
    const domain = server.from.slice(server.from.lastIndexOf("@") + 1);
    const transport = createTransport({
      ...{ host: pinned.addresses[0], port: server.port, secure: server.secure, name: domain },
      tls: { servername: server.host, minVersion: "TLSv1.2" },
      requireTLS: !server.secure && !pinned.inside,
      ...(user === undefined ? {} : { auth: { user, pass } }),
      ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
    const close = () => transport.close();
    signal.addEventListener("abort", close, { once: true });
    try {
      await transport.sendMail(letterOf(notice, server.from, domain));
      return "taken";
    } catch (error) {
      const { code = "", responseCode } = error as { code?: string; responseCode?: number };
      if (responseCode !== undefined && NEVER.has(responseCode)) return "refused";
      // Without the error itself, whose text repeats what the server said.
      throw new Error(`the mail server did not take it: ${code} ${responseCode ?? ""}`.trim());
    } finally {
      signal.removeEventListener("abort", close);
      close();
    }
  };
}

function letterOf({ to, subject, text, lang, id }: Notice, from: string, domain: string) {
  return {
    ...{ envelope: { from, to }, from: { name: "Sandbank 沙岸", address: from }, to },
    ...{ subject: subject ?? "", text, messageId: `<${id}@${domain}>` },
    headers: {
      "Auto-Submitted": "auto-generated",
      "Content-Language": lang === "zh" ? "zh-CN" : "en",
    },
  };
}
