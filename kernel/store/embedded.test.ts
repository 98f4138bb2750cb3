/** The embedded server: started, adopted, restarted and left, also after its parent was killed. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { mkdir } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runningPostmaster, type Server, startServer, StoreProblem, SUPERUSER } from "./index.ts";
import { asClient } from "./session.ts";

describe("the embedded server", () => {
  let root = "";
  before(() => {
    root = mkdtempSync(join(tmpdir(), "sandbank-embedded-"));
    chmodSync(root, 0o711);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const start = (name: string): Promise<Server> =>
    startServer({ folder: join(root, name), durable: false, trust: true });

  function ask(server: Server, text: string): Promise<unknown> {
    const { host, port } = server;
    return asClient({ host, port, database: "postgres", user: SUPERUSER }, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(text);
      return Object.values(rows[0] ?? {})[0];
    });
  }

  /** Starts a program in a process of its own and gives its first line of output. */
  async function program(text: string): Promise<{ child: ChildProcess; said: string }> {
    const child = spawn(process.execPath, ["--input-type=module", "-e", text], {
      cwd: import.meta.dirname,
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdout.setEncoding("utf8");
    const gone = once(child, "exit").then(() => assert.fail("the program ended without a word"));
    const [said] = (await Promise.race([once(child.stdout, "data"), gone])) as [string];
    gone.catch(() => {});
    return { child, said: said.trim() };
  }

  const starter = (folder: string): string => `
  import { startServer } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
  const server = await startServer(${JSON.stringify({ folder, durable: false, trust: true })});
  console.log(server.pid);
  process.stdin.resume();`;

  async function ended(child: ChildProcess): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }

  test("a server starts on an empty folder, answers, and leaves nothing running", async () => {
    const server = await start("plain");
    assert.equal(await ask(server, "select 6 * 7"), 42);
    assert.equal(await ask(server, "show listen_addresses"), "");
    assert.equal(server.adopted, false);
    await server.stop();
    assert.equal(runningPostmaster(server.folder.pgdata), undefined);
    assert.equal(existsSync(join(server.folder.pgdata, "postmaster.pid")), false);
    assert.equal(existsSync(join(server.host, ".s.PGSQL.5432")), false);
  });

  test("the passwords and the rows are for their owner's eyes only", async () => {
    const server = await start("plain");
    assert.equal(statSync(server.folder.passwords).mode & 0o777, 0o600);
    assert.equal(statSync(server.folder.pgdata).mode & 0o777, 0o700);
    assert.equal(statSync(server.host).mode & 0o777, 0o700);
    await server.stop();
  });

  test("two servers with different folders run side by side", async () => {
    const [one, two] = [await start("plain"), await start("second")];
    await ask(one, "create table only_here ()");
    assert.equal(await ask(two, "select to_regclass('only_here')"), null);
    assert.notEqual(one.pid, two.pid);
    await Promise.all([one.stop(), two.stop()]);
  });

  test("a folder too deep for a socket's path gets a short one elsewhere", async () => {
    const server = await start(`deep/${"very-".repeat(12)}deep/${"folder-".repeat(8)}end`);
    assert(server.host.startsWith(tmpdir()) && server.host.length < 60);
    assert.equal(await ask(server, "select 1"), 1);
    await server.stop();
    assert.equal(existsSync(server.host), false);
  });

  test("a server whose program was killed with SIGKILL is adopted with its rows", async () => {
    const folder = join(root, "plain");
    const { child, said } = await program(starter(folder));
    child.kill("SIGKILL");
    await ended(child);
    const server = await start("plain");
    assert.equal(server.adopted, true);
    assert.equal(String(server.pid), said);
    assert.equal(await ask(server, "select 1"), 1);
    await server.stop();
    assert.equal(runningPostmaster(server.folder.pgdata), undefined);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`${signal} to a program that listens to nothing stops its server too`, async () => {
      const folder = join(root, "plain");
      const { child } = await program(starter(folder));
      child.kill(signal);
      await ended(child);
      assert.equal(child.signalCode, signal);
      assert.equal(runningPostmaster(join(folder, "postgres")), undefined);
    });
  }

  test("a program that simply ends stops its server too", async () => {
    const folder = join(root, "plain");
    const { child } = await program(
      `${starter(folder)}\nprocess.stdin.on("data", () => process.exit());`,
    );
    child.stdin?.write("end\n");
    await ended(child);
    assert.equal(child.exitCode, 0);
    assert.equal(runningPostmaster(join(folder, "postgres")), undefined);
  });

  test("after SIGKILL the pid file still says ready, but the server counts as gone and starts again", async () => {
    const server = await start("plain");
    await ask(server, "create table kept as select 5 as n");
    process.kill(server.pid, "SIGKILL");
    while (runningPostmaster(server.folder.pgdata)) await sleep(5);
    assert.match(readFileSync(join(server.folder.pgdata, "postmaster.pid"), "utf8"), /ready/);
    const again = await start("plain");
    assert.equal(again.adopted, false);
    assert.equal(await ask(again, "select n from kept"), 5);
    await again.stop();
  });

  test("a pid file whose number now belongs to a stranger stops nobody", async () => {
    const server = await start("plain");
    const pidFile = join(server.folder.pgdata, "postmaster.pid");
    const lines = readFileSync(pidFile, "utf8").split("\n");
    await server.stop();
    const stranger = spawn("sleep", ["60"]);
    lines[0] = String(stranger.pid);
    writeFileSync(pidFile, lines.join("\n"));
    writeFileSync(join(server.host, ".s.PGSQL.5432.lock"), lines.join("\n"));
    const again = await start("plain");
    assert.equal(again.adopted, false);
    assert.equal(await ask(again, "select 1"), 1);
    await again.stop();
    assert.equal(stranger.exitCode, null);
    stranger.kill();
  });

  test("a program that ends signals no stranger who has the number of a server that was killed", async () => {
    const stranger = spawn("sleep", ["60"]);
    const shutdown = new URL("./shutdown.ts", import.meta.url).href;
    const folder = join(root, "plain", "postgres");
    const { child, said } = await program(
      `import { stopWithProcess } from ${JSON.stringify(shutdown)};
       stopWithProcess(${stranger.pid}, ${JSON.stringify(folder)});
       process.stdout.write("registered");
       process.stdin.on("data", () => process.exit());`,
    );
    assert.equal(said, "registered");
    child.stdin?.write("end\n");
    await ended(child);
    assert.equal(child.exitCode, 0);
    // Signals are taken in their order: one from the program would have been the first.
    stranger.kill("SIGTERM");
    await ended(stranger);
    assert.equal(stranger.signalCode, "SIGTERM");
  });

  test("two starts of one folder in the same moment end with one server", async () => {
    const [one, two] = await Promise.all([start("second"), start("second")]);
    assert.equal(one.pid, two.pid);
    await one.stop();
  });

  test("a folder that was half made is made again", async () => {
    const folder = join(root, "half");
    await mkdir(join(folder, "postgres.making", "base"), { recursive: true });
    const server = await start("half");
    assert.equal(await ask(server, "select 1"), 1);
    await server.stop();
  });

  const refused = (code: string) => (error: unknown) =>
    error instanceof StoreProblem && error.code === code && error.text.zh !== error.text.en;

  test("a folder of another PostgreSQL version is left alone", async () => {
    const folder = join(root, "other");
    await mkdir(join(folder, "postgres"), { recursive: true });
    writeFileSync(join(folder, "postgres", "PG_VERSION"), "15\n");
    await assert.rejects(start("other"), refused("folder_of_other_version"));
  });

  test("a folder with somebody's files does not become a store", async () => {
    const folder = join(root, "letters");
    await mkdir(folder);
    writeFileSync(join(folder, "letter.txt"), "Dear");
    await assert.rejects(start("letters"), refused("folder_not_empty"));
  });

  test("a place that cannot be a folder is said to be so", async () => {
    writeFileSync(join(root, "file"), "");
    await assert.rejects(start("file"), refused("folder_not_writable"));
    await assert.rejects(start("file/below"), refused("folder_not_writable"));
    await assert.rejects(
      startServer({ folder: "/proc/sandbank", durable: true }),
      refused("folder_not_writable"),
    );
  });

  test("a server that cannot start says why, in the words of its log", async () => {
    const server = await start("second");
    await server.stop();
    writeFileSync(join(server.folder.pgdata, "postgresql.conf"), "no_such_setting = 1\n");
    await assert.rejects(
      start("second"),
      (error) => refused("server_did_not_start")(error) && /postgresql\.conf/.test(String(error)),
    );
  });
});
