/**
 * Five fictional institutions live on a real Sandbank through the permit edge, each on the pilot
 * that it plays, four with a key and one by requests that it signs. Their own books and the pilots'
 * public limits agree to the fen, what they ask for beyond their terms is refused by the code that it
 * should be, and each pilot's success rate is made of its own institution's requests.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  EAVES,
  FURROW,
  HARROW,
  Institution,
  type InstitutionFront,
  pause,
  PEBBLE,
  RequestSigner,
  SandbankClient,
  TRELLIS,
} from "@sandbank/world";
import { type Server, startServer } from "./server.ts";

const PIECES = 300;
/** Half seconds until a server has added up its answers, which it does every five seconds. */
const WAITS_MAX = 60;

describe("institutions on their own systems", () => {
  let server: Server;
  const data = mkdtempSync(join(tmpdir(), "institutions-"));
  before(async () => {
    server = await startServer(data);
  });
  after(async () => {
    await server.end();
    rmSync(data, { recursive: true, force: true });
  });

  /** A key for requests, enrolled by a senior of the institution. */
  async function enrolled({ organisation }: InstitutionFront): Promise<RequestSigner> {
    const signer = new RequestSigner();
    const key = server.key(organisation, "senior");
    const senior = new SandbankClient({ origin: server.origin, key });
    const body = signer.enrolment(organisation, "permits");
    const heard = await senior.post("/api/request-keys", `enrol-${signer.id}`, body);
    assert.equal(heard.said, "yes", JSON.stringify(heard));
    return signer;
  }

  for (const front of [HARROW, FURROW, EAVES, TRELLIS, PEBBLE]) {
    test(`${front.name.en} plays ${front.pilot} and agrees with its public limits`, async () => {
      const key = front.signs ? await enrolled(front) : server.key(front.organisation, "permits");
      const heard: number[] = [];
      const client = new SandbankClient({
        ...{ origin: server.origin, key },
        onTried: ({ path, status }) =>
          void (path.startsWith("/api/permits/") && heard.push(status)),
      });
      const institution = new Institution(front, client);
      await institution.live(1, PIECES);
      for (const { business, granted, code } of institution.book) {
        assert.equal(code, business.refusedBy, business.number);
        assert.equal(granted, business.refusedBy === undefined, business.number);
      }
      assert.ok(institution.used > 0n);
      assert.equal(await institution.stated(), institution.used);

      const again = new Institution(front, client);
      await again.live(1, PIECES);
      assert.deepEqual(again.book, institution.book, "the same acts again are the same acts");
      assert.equal(await again.stated(), institution.used);
      const isDone = (status: number) => status > 0 && status < 400;
      const done = heard.filter(isDone).length;
      assert.ok(done > 0 && done === heard.length, "every request was answered with a yes");
      for (let waits = 0; (await successful(client, front.pilot)) !== done; waits++) {
        assert.ok(waits < WAITS_MAX, `${await successful(client, front.pilot)} of ${done} counted`);
        await pause(500);
      }
    });
  }
});

interface Series {
  readonly windows: readonly {
    readonly figures: readonly { readonly figure: string; readonly sums: string | null }[];
  }[];
}

/** Requests of a pilot that were done, by its I2 in this month and the one before. */
async function successful(client: SandbankClient, pilot: string): Promise<number> {
  const heard = await client.get(`/api/pilots/${pilot}/indicators/I2?span=month&n=2`);
  assert.equal(heard.said, "yes");
  const figures = (heard.body as Series).windows.flatMap((window) => window.figures);
  const success = figures.filter(({ figure }) => figure === "success");
  return success.reduce((sum, { sums }) => sum + Number(sums ?? 0), 0);
}
