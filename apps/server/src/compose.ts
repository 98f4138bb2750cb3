/**
 * Joins the modules to the kernel and to each other, and serves them: the only place that knows two
 * modules. Everything started here is ended by `end`, in the opposite order.
 */
import { accessSync, constants, mkdirSync } from "node:fs";
import { disclosureHttp, siteFrame } from "@sandbank/disclosure";
import { type Config, enforceLimits, limits } from "@sandbank/kernel/config";
import {
  openPartition,
  openSecretBox,
  type RunningGuard,
  startGuard,
} from "@sandbank/kernel/guard";
import { httpServer, type HttpServer, openLog, signInPages, statics } from "@sandbank/kernel/http";
import { type DemoMade, type Identity, openIdentity } from "@sandbank/kernel/identity";
import { type Jobs, jobsRole, openJobs } from "@sandbank/kernel/jobs";
import { type Database, openDatabase, StoreProblem } from "@sandbank/kernel/store";
import { isRefusal, type Lang, type Refusal } from "@sandbank/kernel/words";
import {
  ARMING_GATES,
  endingCommands,
  sandboxCommandsBehind,
  sandboxModule,
} from "@sandbank/sandbox";
import { type MeasureReader, type SandboxModule, sandboxRole } from "@sandbank/sandbox";
import {
  openVault,
  partsCustody,
  prepareParts,
  tokensCommands,
  tokensModule,
  type TokensModule,
  tokensRole,
  vaultPort,
  vaultRole,
} from "@sandbank/tokens";
import { auditRoutes } from "./audit.routes.ts";
import { beginDemo } from "./begin-demo.ts";
import { clockRoutes } from "./clock.routes.ts";
import { DEMO_KEY_HOLDERS } from "./demo.ts";
import { followClock } from "./dues.ts";
import { leftOut } from "./left-out.ts";
import { keyRoutes } from "./keys.routes.ts";
import { policyCarrier } from "./joins/carrier.ts";
import { complaintDesk, complaintReadings } from "./joins/complaints.ts";
import { commentDesk, hearingReadings } from "./joins/hearings.ts";
import { archivePlaces, type DutyReader, obligationReader } from "./joins/ending.ts";
import { disclosureReader } from "./joins/disclosure.ts";
import { exitReading } from "./joins/exits.ts";
import {
  actsReader,
  businessNow,
  journalReader,
  limitsReader,
  taskDesk,
} from "./joins/readings.ts";
import { permitPlaces } from "./joins/permits.ts";
import { partitionRoutes } from "./partitions.routes.ts";
import {
  accountBooks,
  bankSigner,
  pilotReader,
  refusedReader,
  tokenDuties,
  tokenPartitions,
} from "./joins/tokens.ts";
import { type Logs, startLogs } from "./logs.ts";
import { migrations, partitionsOf, numbersOf, operatorOf, READER, roles } from "./parts.ts";
import { type BuiltPages, builtPages } from "./pages-build.ts";
import { staffRoutes } from "./staff.ts";
import { type Reach, reachOf } from "./reach.ts";
import { postOffice } from "./post/office.ts";
import { startMeasuring } from "./measuring.ts";
import { startSweeps } from "./sweep.ts";

/** A running Sandbank. */
export interface Sandbank {
  /** Where it is served on this machine. */
  readonly origin: string;
  /** Where people reach it: its public address, or the same. */
  readonly site: string;
  readonly guard: RunningGuard;
  readonly jobs: Jobs;
  readonly database: Database;
  readonly server: HttpServer;
  readonly logs: Logs;
  readonly pages: BuiltPages;
  /** In the demonstration, who can sign in to it and how. */
  readonly demo?: DemoMade;
  end(): Promise<void>;
}

/** The pilot whose business the routes of payment tokens are. */
const TOKENS_PILOT = "payment-tokens";

/** Name under which the logs of this installation are published. */
const LOG_ORIGIN = "sandbank.example";

/**
 * Starts a Sandbank. Throws a StoreProblem where it has nothing to stand on and answers a refusal
 * where its port is taken; both carry one sentence for people.
 */
export async function startSandbank(config: Config): Promise<Sandbank | Refusal> {
  if (config.databaseUrl !== undefined) openDataFolder(config.dataFolder);
  const database = await openDatabase({
    url: config.databaseUrl,
    folder: config.dataFolder,
    mode: config.mode,
    migrations,
    roles,
  });
  try {
    return await serve(config, database);
  } catch (error) {
    await database.end();
    throw error;
  }
}

/** Keys and logs stand in the data folder also where the rows stand elsewhere. */
function openDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === undefined) throw error;
    throw new StoreProblem("folder_not_writable", { folder, reason }, error);
  }
}

async function serve(config: Config, database: Database): Promise<Sandbank | Refusal> {
  enforceLimits(config.limits);
  const kernel = await startKernel(config, database);
  const { jobs, guard, reading, log } = kernel;
  const { sandbox, tokens } = await joinModules(config, database, kernel);
  jobs.register([...sandbox.tasks, ...tokens.tasks]);
  const demo = config.mode === "demo";
  const partitions = numbersOf;
  const without = leftOut(config);
  await sandbox.load(demo ? { demoPartitions: partitions, without } : {});
  jobs.start();
  await sandbox.carryOutstanding();
  const { identity, reach } = kernel;
  const logs = await startLogs(config, { database, partitions: kernel.rows, log });
  await logs.publish();
  const pages = builtPages(config);
  const joined = { sandbox, tokens, identity, reach, reading, logs, jobs, pages };
  const server = await serverOf(config, joined);
  const listening = await server.listen({ port: config.port });
  const sweeps = startSweeps(reading, log);
  const measuring = isRefusal(listening)
    ? undefined
    : startMeasuring({ database, reading, guard, server, log, origin: listening.origin });
  const following = followClock([...sandbox.dues, ...tokens.dues], {
    now: () => businessNow(reading.store),
    onFault: (fault) => log.error({ err: fault }, "What fell due could not be done."),
  });
  const watching = sandbox.watch(log);
  const end = async () => {
    await watching.end();
    await following.end();
    await measuring?.end();
    pages.end();
    await server.close();
    await sweeps.end();
    await jobs.stop();
    await guard.close();
    await logs.end();
    await database.end();
  };
  if (isRefusal(listening)) {
    await end();
    return listening;
  }
  const { origin } = listening;
  const site = reach.servedAt(origin);
  logs.servedAt(site);
  const served = { origin, site, guard, jobs, database, server, logs, pages, end };
  if (!demo) return served;
  const routes = [...sandbox.routes, ...tokens.routes];
  return { ...served, demo: await beginDemo(config, { identity, routes, log, origin }) };
}

/** What is joined after the guard has started with the commands that read it. */
interface Late {
  sandbox?: Pick<SandboxModule, "board" | "gates">;
  tokens?: Pick<TokensModule, "left">;
}

/** What a pilot's own module has left: of all pilots one has a module. */
function dutiesOf(late: Late): DutyReader {
  return async (pilot) => {
    if (pilot !== TOKENS_PILOT) return undefined;
    if (!late.tokens) throw new Error("payment tokens are not joined yet");
    return tokenDuties(late.tokens);
  };
}

/** The guard over every partition, the jobs that follow commits, and what readings need. */
async function startKernel(config: Config, database: Database) {
  const log = openLog({ level: "warn" });
  const rows = partitionsOf(LOG_ORIGIN);
  for (const row of rows) await openPartition(database.owner, row);
  const jobs = openJobs({
    store: database.as(jobsRole.role, { connections: 2 }),
    log,
    at_once_max: limits.jobsAtOnce,
  });
  const own = { connections: limits.moduleConnections };
  const stores = {
    sandbox: database.as(sandboxRole.role, own),
    tokens: database.as(tokensRole.role, own),
  };
  const reach = reachOf(config);
  const identity = openIdentity({
    ...{ store: database.as("sandbank_identity"), mode: config.mode, site: reach.passkeys },
  });
  const store = database.as(READER, { connections: limits.readerConnections });
  const vault = await openVault({
    store: database.as(vaultRole.role),
    mode: config.mode,
    custody: keyCustody(config),
  });
  // What the sandbox reads for its own commands: the guard is started with them before it is joined.
  const late: Late = {};
  const ending = {
    ...{ store: stores.sandbox, obligations: obligationReader({ store, rows }, dutiesOf(late)) },
    measures: { over: async (...asked) => late.sandbox?.board.over(...asked) } as MeasureReader,
    operatorOf,
  };
  const secrets = openSecretBox(config.dataFolder);
  const guard = await startGuard({
    commands: [
      ...sandboxCommandsBehind({
        unmet: async (...asked) => (await late.sandbox?.gates.unmet(...asked)) ?? ARMING_GATES,
      }),
      ...[...endingCommands(ending), ...tokensCommands(vault)],
    ],
    stores: new Map(Object.entries(stores)),
    mode: config.mode,
    secrets,
    roles: (principal) => identity.presentRoles(principal),
    onFault: (fault) => log.error({ err: fault }, "An act could not be carried out."),
    onCommit: () => jobs.nudge(),
  });
  return {
    log,
    rows,
    jobs,
    stores,
    identity,
    reach,
    guard,
    vault,
    ...{ ending, late, secrets },
    reading: { guard, store },
  };
}

/** Each module with its ports joined: whatever one needs of another passes through here. */
async function joinModules(
  config: Config,
  database: Database,
  kernel: Awaited<ReturnType<typeof startKernel>>,
) {
  const { guard, reading, rows, stores, ending, late, identity, reach, vault, secrets } = kernel;
  const sandbox: SandboxModule = sandboxModule({
    ...{ store: stores.sandbox, guard, carrier: policyCarrier(guard) },
    limits: limitsReader(reading),
    tasks: taskDesk(reading),
    journal: journalReader(reading),
    acts: actsReader(reading),
    permits: permitPlaces(reading),
    indicators: { latest: (...asked) => sandbox.board.latest(...asked) },
    ...{ obligations: ending.obligations, operatorOf: ending.operatorOf },
    archives: archivePlaces({ store: reading.store, rows }, config.dataFolder),
    post: postOffice(config.post, {
      ...{ identity, site: () => reach.site() },
      codeKey: secrets.keyFor("sandbox contact codes"),
    }),
  });
  late.sandbox = sandbox;
  const partitions = tokenPartitions();
  const tokens = tokensModule({
    ...{ store: stores.tokens, guard, partitions, vault: vaultPort(vault) },
    codes: vault,
    issuer: operatorOf(TOKENS_PILOT) ?? "",
    journal: refusedReader(reading),
    books: accountBooks(reading),
    pilot: pilotReader(reading.store, TOKENS_PILOT),
    signers: identity,
    keys: { of: (organisation) => sandbox.requestKeys(organisation) },
    signer: bankSigner(config.dataFolder),
    now: () => businessNow(reading.store),
  });
  late.tokens = tokens;
  return { sandbox, tokens };
}

/** The vault's key in two parts. The demonstration makes both, and splits a key of before there were parts. */
function keyCustody({ keyParts, dataFolder, mode }: Config) {
  prepareParts(keyParts, { dataFolder, mode, holders: DEMO_KEY_HOLDERS });
  return partsCustody(keyParts);
}

interface Joined {
  readonly sandbox: SandboxModule;
  readonly tokens: TokensModule;
  readonly identity: Identity;
  readonly reach: Reach;
  readonly reading: Parameters<typeof limitsReader>[0];
  readonly logs: Logs;
  readonly jobs: Jobs;
  readonly pages: BuiltPages;
}

async function serverOf(
  config: Config,
  { sandbox, tokens, identity, reach, reading, logs, jobs, pages }: Joined,
): Promise<HttpServer> {
  const reader = disclosureReader({
    ...{ mode: config.mode, register: sandbox.register, seen: sandbox, store: reading.store },
    evidence: (slug) => logs.evidence(slug),
    ...complaintReadings(sandbox),
    ...{ hearings: hearingReadings(sandbox), exit: exitReading(sandbox) },
  });
  // The transport's own pages cannot wait for a reading: they show the business time last seen.
  let seen = await reader.setting();
  const setting = async () => (seen = await reader.setting());
  const frame = siteFrame(() => seen);
  return httpServer({
    config: {
      ...{ body_bytes_max: limits.bodyBytes, receive_ms_max: limits.requestTimeoutMs },
      signatures: { age_ms_max: limits.signatureAgeMs, ahead_ms_max: limits.signatureAheadMs },
      ...reach.http,
    },
    frame,
    routes: [
      ...sandbox.routes,
      // A module that runs one pilot takes that pilot's requests alone.
      ...tokens.routes.map((one) => ({ ...one, countedFor: () => TOKENS_PILOT })),
      ...clockRoutes(reading, { jobs, sources: [...sandbox.dues, ...tokens.dues] }),
      ...auditRoutes(reading),
      ...keyRoutes(reading),
      ...staffRoutes(identity),
      ...partitionRoutes(),
    ],
    pages: [
      ...pages.pages,
      ...disclosureHttp(
        { ...reader, setting },
        { ...complaintDesk(sandbox), ...commentDesk(sandbox) },
      ),
      ...signInPages({ identity, frame, landing: landingOf }),
    ],
    statics: [pages.assets, statics("/logs", logs.folder, { immutable: false, open: true })],
    identity,
    wellKnown: () => ({
      ...{ site: "/", console: "/console/", bank: "/bank/", openapi: "/openapi.json" },
      logs: logs.addresses(""),
      witnesses: logs.witnesses.map((one) => one.vkey),
    }),
  });
}

/** Where a person who signed in by a link goes on: to his face, or to the console. */
function landingOf(face: string, lang: Lang): string {
  return `/${lang}/${face === "bank" ? "bank" : "console"}/`;
}
