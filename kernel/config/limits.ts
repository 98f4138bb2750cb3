/**
 * Everything has a limit, and every limit of the system stands here with its default, its bounds,
 * its unit and its meaning. Limits of a pilot are not here: those are declared, and enforced by the
 * ledger. A limit is changed by `SANDBANK_LIMIT_<NAME>` in the environment, never in the code.
 */
import type { Text } from "../words/index.ts";

export type LimitUnit = "bytes" | "rows" | "acts" | "ms" | "days" | "count";

/** One limit as the table states it. */
export interface LimitEntry {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  readonly unit: LimitUnit;
  readonly meaning: Text;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** The table, by area: edge, guard, evidence, jobs, identity, store. */
export const LIMITS = {
  bodyBytes: entry(
    "bytes",
    [MEBIBYTE, KIBIBYTE, 64 * MEBIBYTE],
    "请求正文的大小",
    "size of a request's body",
  ),
  attachmentBytes: entry(
    "bytes",
    [10 * MEBIBYTE, KIBIBYTE, 64 * MEBIBYTE],
    "一个附件的大小",
    "size of one attachment",
  ),
  pageRows: entry("rows", [50, 1, 1000], "一页的默认行数", "rows of a page unless asked"),
  pageRowsMost: entry("rows", [200, 1, 10_000], "一页的最多行数", "most rows of a page"),
  requestTimeoutMs: entry(
    "ms",
    [30 * SECOND, 100, 10 * MINUTE],
    "一次请求的总时间",
    "time that a request may take in all",
  ),
  headersTimeoutMs: entry(
    "ms",
    [10 * SECOND, 100, MINUTE],
    "等待请求头的时间",
    "time to wait for a request's headers",
  ),
  httpConnections: entry(
    "count",
    [10_000, 1, 1_000_000],
    "同时打开的连接数",
    "connections open at once",
  ),
  outgoingTimeoutMs: entry(
    "ms",
    [10 * SECOND, 100, 5 * MINUTE],
    "调用外部服务的等待时间",
    "time to wait for an outside service",
  ),
  outgoingTries: entry(
    "count",
    [5, 1, 100],
    "调用外部服务的次数",
    "tries of a call to an outside service",
  ),
  queueLength: entry(
    "acts",
    [20_000, 1, 1_000_000],
    "一个分区等待的指令数",
    "commands that may wait in one partition",
  ),
  batchSize: entry("acts", [512, 1, 10_000], "一批的指令数", "commands of one batch"),
  taskLifetimeMs: entry(
    "ms",
    [7 * DAY, MINUTE, 365 * DAY],
    "复核任务的有效期",
    "life of a task that waits for a second person",
  ),
  secretLifetimeMs: entry(
    "ms",
    [10 * MINUTE, SECOND, HOUR],
    "秘密结果的保存时间",
    "time for which a secret result can be fetched",
  ),
  holdsEndedAtOnce: entry(
    "count",
    [1000, 1, 100_000],
    "一批中释放的到期冻结数",
    "expired holds released in one batch",
  ),
  reconnectTries: entry(
    "count",
    [6, 1, 100],
    "数据库断线后的重试次数",
    "tries after the database was lost",
  ),
  reconnectPauseMs: entry(
    "ms",
    [50, 1, MINUTE],
    "数据库断线后首次重试前的等待时间",
    "pause before the first try after the database was lost",
  ),
  faultTries: entry(
    "count",
    [3, 1, 100],
    "故障指令的重试次数",
    "tries of a command that ends in a fault",
  ),
  totalsIntervalMs: entry(
    "ms",
    [SECOND, 10, MINUTE],
    "两次公布限额用量的间隔",
    "time between two statements of the limits' use",
  ),
  checkpointIntervalMs: entry(
    "ms",
    [SECOND, 10, MINUTE],
    "两次签署检查点的间隔",
    "time between two signed checkpoints",
  ),
  witnessTimeoutMs: entry(
    "ms",
    [2 * SECOND, 10, MINUTE],
    "等待见证人的时间",
    "time to wait for a witness",
  ),
  receiptWaitMs: entry(
    "ms",
    [5 * SECOND, 0, MINUTE],
    "等待回执得到见证的时间",
    "time to wait for a receipt to be witnessed",
  ),
  receiptsAtOnce: entry(
    "count",
    [1000, 1, 100_000],
    "同时等待的回执数",
    "receipts that may wait at once",
  ),
  jobTries: entry("count", [10, 1, 1000], "一项作业的重试次数", "tries of a job before it parks"),
  jobsAtOnce: entry("count", [4, 1, 256], "同时进行的作业数", "jobs at work at once"),
  sessionLifetimeMs: entry(
    "ms",
    [12 * HOUR, MINUTE, 30 * DAY],
    "登录会话的有效期",
    "life of a session",
  ),
  sessionIdleMs: entry(
    "ms",
    [30 * MINUTE, MINUTE, DAY],
    "登录会话的闲置时间",
    "time for which a session may rest unused",
  ),
  linkLifetimeMs: entry(
    "ms",
    [15 * MINUTE, SECOND, 7 * DAY],
    "一次性链接的有效期",
    "life of a one-time link",
  ),
  challengeLifetimeMs: entry(
    "ms",
    [5 * MINUTE, SECOND, HOUR],
    "通行密钥质询的有效期",
    "life of a passkey's challenge",
  ),
  stepUpLifetimeMs: entry(
    "ms",
    [5 * MINUTE, SECOND, HOUR],
    "二次验证的有效期",
    "time for which a second factor counts",
  ),
  keyLifetimeDays: entry("days", [365, 1, 731], "接口密钥的有效期", "life of an API key"),
  formTokenLifetimeMs: entry(
    "ms",
    [2 * HOUR, MINUTE, DAY],
    "公开表单令牌的有效期",
    "life of a public form's token",
  ),
  moduleConnections: entry(
    "count",
    [4, 1, 200],
    "每个模块的数据库连接数",
    "database connections of one module",
  ),
  readerConnections: entry(
    "count",
    [4, 1, 200],
    "读取用的数据库连接数",
    "database connections for reading",
  ),
  statementTimeoutMs: entry(
    "ms",
    [30 * SECOND, 100, HOUR],
    "一条数据库语句的时间",
    "time that a database statement may take",
  ),
  storeStartMs: entry(
    "ms",
    [MINUTE, SECOND, 10 * MINUTE],
    "等待数据库启动的时间",
    "time to wait for the database to start",
  ),
} as const satisfies Readonly<Record<string, LimitEntry>>;

export type LimitName = keyof typeof LIMITS;
export type Limits = { readonly [name in LimitName]: number };

/** The names in the order of the table. */
export const LIMIT_NAMES = Object.keys(LIMITS) as readonly LimitName[];

const inForce = Object.fromEntries(LIMIT_NAMES.map((name) => [name, LIMITS[name].usual])) as {
  [name in LimitName]: number;
};

/** The limits in force in this process: the defaults until `enforceLimits` says otherwise. */
export const limits: Limits = inForce;

/** Puts limits in force, at start and in tests; what is not named stays as it is. */
export function enforceLimits(values: Partial<Limits>): void {
  Object.assign(inForce, values);
}

/** The variable that changes a limit: `batchSize` is `SANDBANK_LIMIT_BATCH_SIZE`. */
export function limitVariable(name: LimitName): string {
  return `SANDBANK_LIMIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function entry(
  unit: LimitUnit,
  [usual, least, most]: readonly [number, number, number],
  ...[zh, en]: readonly [string, string]
): LimitEntry {
  return { usual, least, most, unit, meaning: { zh, en } };
}
