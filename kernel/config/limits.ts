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

/** The table, by area: edge, guard, evidence, jobs, identity, store, procedure. */
export const LIMITS = {
  bodyBytes: entry(
    "bytes",
    [MEBIBYTE, KIBIBYTE, 64 * MEBIBYTE],
    "请求正文的大小",
    "size of a request's body",
  ),
  requestTimeoutMs: entry(
    "ms",
    [30 * SECOND, 100, 10 * MINUTE],
    "一次请求的总时间",
    "time that a request may take in all",
  ),
  signatureAgeMs: entry(
    "ms",
    [5 * MINUTE, SECOND, HOUR],
    "签名请求自签名起可以使用的时间",
    "time for which a signed request may be used after it was signed",
  ),
  signatureAheadMs: entry(
    "ms",
    [30 * SECOND, 0, 10 * MINUTE],
    "签名请求的签名时间可以比本机时钟晚多少",
    "time by which a signed request may be dated ahead of our clock",
  ),
  queueLength: entry(
    "acts",
    [20_000, 1, 1_000_000],
    "一个分区等待的指令数",
    "commands that may wait in one partition",
  ),
  batchSize: entry("acts", [128, 1, 10_000], "一批的指令数", "commands of one batch"),
  keptBalances: entry(
    "count",
    [200_000, 0, 100_000_000],
    "一个分区在内存中保留的账户、冻结与客户数",
    "accounts, holds and customers that a partition keeps in memory",
  ),
  taskLifetimeMs: entry(
    "ms",
    [7 * DAY, MINUTE, 365 * DAY],
    "复核任务的有效期",
    "life of a task that waits for a second person",
  ),
  holdsEndedAtOnce: entry(
    "count",
    [1000, 1, 100_000],
    "一批中释放的到期冻结数",
    "expired holds released in one batch",
  ),
  secretLifetimeMs: entry(
    "ms",
    [9 * MINUTE, 100, 9 * MINUTE],
    "保密结果加密留存的时间，此后一分钟内清除",
    "time that a secret answer lies sealed; it is gone within another minute",
  ),
  refundHorizonDays: entry(
    "days",
    [180, 1, 3_660],
    "周期额度结束后仍可退回的天数，此后额度账户下账",
    "days after a limit's period in which a refund still returns to it; then its account is dropped",
  ),
  windowsDroppedAtOnce: entry(
    "count",
    [400, 1, 400],
    "一次下账的周期额度账户数",
    "windows dropped by one act",
  ),
  faultTries: entry(
    "count",
    [5, 1, 1_000],
    "同一请求连续出错多少次后不再执行",
    "faults of one command after which it is not run again",
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
  jobsAtOnce: entry(
    "count",
    [4, 1, 256],
    "同时进行的作业数，紧急作业另计同样多",
    "jobs at work at once, and as many urgent ones apart",
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
  consultationDays: entry(
    "days",
    [7, 1, 365],
    "公示征求意见的最少天数，自公布次日起算",
    "whole days that a consultation lasts at least, from the day after publication",
  ),
  startWithinDays: entry(
    "days",
    [90, 1, 1000],
    "登记后须在多少天内开始测试",
    "days after registration within which a test has to start",
  ),
  testDaysLeast: entry(
    "days",
    [180, 1, 1000],
    "测试满多少天后可以申请结束并评价",
    "days that a test lasts at least before its end may be asked for",
  ),
  expertsLeast: entry(
    "count",
    [3, 1, 50],
    "专家论证至少需要的专家意见数",
    "opinions of experts that a review needs at least",
  ),
  extensionDaysBefore: entry(
    "days",
    [30, 1, 365],
    "延期须在测试期届满前多少天申请",
    "whole days before the end of a test by which its extension is asked for",
  ),
  watchDays: entry(
    "days",
    [90, 1, 1096],
    "毕业后观察多少天（准入条件另有约定的除外）",
    "days that a graduated pilot is watched, unless its terms say otherwise",
  ),
  contactsOfOrganisation: entry(
    "count",
    [50, 1, 1000],
    "一个机构登记的通知地址数",
    "addresses for notices that one organisation has",
  ),
  contactCodeMs: entry(
    "ms",
    [10 * MINUTE, MINUTE, HOUR],
    "验证通知地址的验证码的有效期",
    "time for which a code that proves an address holds",
  ),
  contactCodeTries: entry(
    "count",
    [5, 1, 10],
    "一个验证码可以输错几次",
    "wrong tries after which a code is spent",
  ),
  contactCodePauseMs: entry(
    "ms",
    [MINUTE, 0, HOUR],
    "向同一地址再次发送验证码前的间隔",
    "pause before another code goes to the same address",
  ),
  contactCodesOfContact: entry(
    "count",
    [5, 1, 100],
    "24小时内向同一地址发送的验证码数",
    "codes that go to one address within 24 hours",
  ),
  contactCodesOfOrganisation: entry(
    "count",
    [60, 1, 10_000],
    "24小时内一个机构请求发送的验证码数",
    "codes that one organisation has sent within 24 hours",
  ),
  commentsOfRound: entry(
    "count",
    [10_000, 1, 1_000_000],
    "一轮公示收取的意见数",
    "comments that one round of consultation takes",
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
