/**
 * A Sandbank that is killed after the mail server has a letter and before it could say so: started
 * again it sends that letter once more, when the dead process's lease has ended, under the same
 * Message-ID, and then no more.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pause, type RunningPost, startPost } from "@sandbank/world";
import { noticesOf, openDesk, openIncident, postSettings, until } from "./post/desk.ts";
import { killGroup, type Server, startServer } from "./server.ts";

/** The lease of a job, after which another process takes it over, and something more. */
const LEASE_MS = 60_000;
const QUIET_MS = 5_000;

test("killed between sending and saying so: one duplicate, under the same id", async () => {
  const data = mkdtempSync(join(tmpdir(), "post-killed-"));
  let isLethal = false;
  const post: RunningPost = await startPost({
    ...{ mailPort: 0, webPort: 0 },
    async beforeAnswer() {
      if (!isLethal) return;
      isLethal = false;
      killGroup(Number(readFileSync(join(data, "server.pid"), "utf8")));
    },
  });
  let server: Server | undefined;
  const mails = () => noticesOf(post, "mail");
  try {
    const doomed = await startServer(data, postSettings(post));
    await openDesk(doomed, post);
    isLethal = true;
    await openIncident(doomed, "killed");
    await until(() => mails().length === 1);
    server = await startServer(data, postSettings(post));
    await pause(LEASE_MS);
    await until(() => mails().length === 2);
    await pause(QUIET_MS);
    assert.equal(mails().length, 2);
    assert.equal(mails()[0]?.id, mails()[1]?.id);
    assert.equal(mails()[0]?.subject, mails()[1]?.subject);
  } finally {
    await server?.end();
    await post.end();
    rmSync(data, { recursive: true, force: true });
  }
});
