/**
 * Letters go outside from a real Sandbank to the simulated post office: as mail over SMTP and as
 * text messages, in two languages, and late but once where the post office was away.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Arrived, type RunningPost, SandbankClient, startPost } from "@sandbank/world";
import { bodyOf } from "./front-door.ts";
import { noticesOf, openDesk, openIncident, postSettings, until } from "./post/desk.ts";
import { type Server, startServer } from "./server.ts";

describe("a letter for the supervisor", () => {
  const data = mkdtempSync(join(tmpdir(), "post-"));
  let post: RunningPost;
  let server: Server;
  before(async () => {
    post = await startPost({ mailPort: 0, webPort: 0 });
    server = await startServer(data, postSettings(post));
    await openDesk(server, post);
  });
  after(async () => {
    await server.end();
    await post.end();
    rmSync(data, { recursive: true, force: true });
  });

  const of = (kind: Arrived["kind"]) => noticesOf(post, kind);

  test("arrives as a mail and as a text message, and can be read on the simulated page", async () => {
    await openIncident(server, "first");
    await until(() => noticesOf(post).length >= 2);
    const [[mail], [sms]] = [of("mail"), of("sms")];
    assert.equal(noticesOf(post).length, 2);
    assert.equal(mail?.to, "desk@supervisor.example");
    assert.equal(mail.subject, "[沙岸] 登记了一起事件：事件 first");
    assert.match(mail.id, /^<[0-9a-f]{32}@sandbank\.example>$/);
    assert.match(mail.text, /在收件箱中查看：http:\/\/localhost:\d+\/zh\/console\/inbox\n/);
    assert.equal(sms?.to, "+8613900000000");
    assert.match(sms.text, /^\[Sandbank\] An incident was put on record \(item-provenance\) http/);
    for (const lang of ["zh", "en"]) {
      const page = await (await fetch(`${post.origin}/${lang}/`)).text();
      assert.match(page, lang === "zh" ? /模拟/ : /simulated/);
      assert.ok(page.includes("事件 first") && page.includes("+8613900000000"));
      assert.equal(page.match(/<b class="code">[0-9]{6}<\/b>/g)?.length, 2, "codes at a glance");
    }
  });

  test("waits while the post office is away, and then comes once", async () => {
    const at = { mailPort: post.mailPort, webPort: Number(new URL(post.origin).port) };
    await post.end();
    await openIncident(server, "second");
    const key = server.key("supervisor", "officer");
    const officer = new SandbankClient({ origin: server.origin, key });
    const contacts = async () => {
      const heard = await officer.get("/api/contacts");
      return bodyOf<{ contacts: { dispatches: { waiting: number; sent: number } }[] }>(heard, "");
    };
    await until(async () =>
      (await contacts()).contacts.every((one) => one.dispatches.waiting === 1),
    );
    post = await startPost(at);
    await until(() => post.letters.length >= 2);
    await until(async () => (await contacts()).contacts.every((one) => one.dispatches.sent === 2));
    assert.deepEqual([of("mail").length, of("sms").length], [1, 1]);
    assert.match(of("mail")[0]?.subject ?? "", /事件 second$/);
  });
});
