/** `sandbank verify`: walks a log from its files, by address or folder, and says what it found. */
import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import {
  folderSource,
  httpSource,
  indexOf,
  readVerifier,
  type Verified,
  type Verifier,
  verifyLog,
} from "@sandbank/kernel/evidence";
import { explain, formatCount, isRefusal, type Lang } from "@sandbank/kernel/words";
import { type Asked, type CliCommand, complain, progress, say } from "./command.ts";
import { complainNotCalled, wayOut } from "./way-out.ts";

/** How many findings are shown; the rest is counted. */
const SHOWN_MAX = 20;
const CHUNK_BYTES = 1 << 20;

export const verify: CliCommand = {
  name: "verify",
  summary: {
    zh: "核对一份日志：逐条重算，检查签名、见证、次序与上限；有事实文件时逐笔重放",
    en: "Verify a log: hash every record again, check signatures, witnesses, order and caps; replay each act with a facts file",
  },
  usage:
    "verify <address or folder> [--vkey <key>]… [--witness <key>]… [--quorum <n>] [--older <file>] [--facts <file>] [--json]",
  options: {
    vkey: { type: "string", multiple: true },
    witness: { type: "string", multiple: true },
    quorum: { type: "string" },
    older: { type: "string" },
    facts: { type: "string" },
    json: { type: "boolean" },
  },
  about: {
    vkey: {
      zh: "日志的公钥；见证人的公钥也可以这样给出。不给出则不核对签名",
      en: "the log's key; a witness's key may be given here too. Without it signatures are not checked",
    },
    witness: { zh: "见证人的公钥，可多次给出", en: "a witness's key; may be given several times" },
    quorum: {
      zh: "至少几位见证人须已签名；不写则为全部",
      en: "how many of the witnesses must have signed; all unless told",
    },
    older: { zh: "以前保存的检查点文件", en: "a checkpoint that you kept from earlier" },
    facts: {
      zh: "事实文件（每行一笔）：打开承诺，重放记账，证明没有超过上限",
      en: "a facts file, one act a line: opens the commitments, replays the postings, proves no cap was exceeded",
    },
    json: { zh: "以 JSON 输出结果", en: "print the result as JSON" },
  },
  async run(asked) {
    const { lang, values, positionals } = asked;
    const [place] = positionals;
    const keys = keysOf(asked);
    if (place === undefined || keys === undefined) {
      return complain(lang, {
        zh: "须给出日志的地址或文件夹；--vkey 与 --witness 应为公示页上的公钥，其中日志的公钥只有一个。",
        en: "Give the log's address or folder; --vkey and --witness take keys from the public page, one of them the log's.",
      });
    }
    const { older, facts, quorum } = values;
    if (typeof quorum === "string" && !/^\d{1,3}$/.test(quorum)) {
      return complain(lang, {
        zh: "--quorum 应为整数。",
        en: "--quorum takes a whole number.",
      });
    }
    for (const file of [older, facts]) {
      if (typeof file !== "string" || existsSync(file)) continue;
      return complain(lang, { zh: `没有文件 ${file}。`, en: `There is no file ${file}.` });
    }
    const outside = wayOut(lang);
    if (outside === undefined) return 1;
    const source = /^https?:/.test(place) ? httpSource(place, outside) : folderSource(place);
    const seen = await verifyLog({
      source,
      ...keys,
      ...(typeof quorum === "string" ? { quorum: Number(quorum) } : {}),
      ...(typeof older === "string" ? { older: readFileSync(older, "utf8") } : {}),
      ...(typeof facts === "string" ? { facts: linesOf(facts) } : {}),
      onProgress: progress,
    }).catch((fault: Error) => {
      const said = complainNotCalled(lang, fault.cause);
      if (said === undefined) throw fault;
      return said;
    });
    if (typeof seen === "number") return seen;
    if (values["json"]) print(seen, lang);
    else tell(seen, lang);
    return seen.found === 0 ? 0 : 1;
  },
};

interface Keys {
  readonly log?: Verifier;
  readonly witnesses: readonly Verifier[];
}

/** Sorts the keys by what they are for; undefined where one is no key, or two are the log's. */
function keysOf({ values }: Asked): Keys | undefined {
  const texts = [values["vkey"] ?? [], values["witness"] ?? []].flat() as string[];
  const read = texts.map(readVerifier);
  if (read.some(isRefusal)) return undefined;
  const keys = read as Verifier[];
  const logs = keys.filter((key) => key.kind === "log");
  if (logs.length > 1) return undefined;
  const witnesses = keys.filter((key) => key.kind === "witness");
  return logs[0] ? { log: logs[0], witnesses } : { witnesses };
}

/** Lines of a file, read a piece at a time: a facts file may be larger than memory. */
function* linesOf(path: string): Generator<string> {
  const file = openSync(path, "r");
  const decoder = new StringDecoder("utf8");
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let rest = "";
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, read))).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest !== "") yield rest;
  } finally {
    closeSync(file);
  }
}

function print(seen: Verified, lang: Lang): void {
  const { totals, findings, finding: _, ...rest } = seen;
  const told = findings.map((one) => {
    const { code, sentence, remedy } = explain(one, lang);
    const index = indexOf(one);
    const { params = {} } = one;
    return { code, ...(index === undefined ? {} : { index }), params, sentence, remedy };
  });
  const stated = [...totals.values()].map((total) => ({
    ...total,
    used: total.used.toString(),
    cap: total.cap.toString(),
  }));
  process.stdout.write(`${JSON.stringify({ ...rest, totals: stated, findings: told }, null, 2)}\n`);
}

function tell(seen: Verified, lang: Lang): void {
  if (seen.found > 0) return tellFindings(seen, lang);
  const [size, acts] = [formatCount(seen.size, lang), formatCount(seen.acts, lang)];
  const { accepted, refused } = seen.tally;
  const members = formatCount(seen.members, lang);
  say(lang, {
    zh: `核对一致：${seen.origin}，${size} 条记录，${acts} 项操作（接受 ${accepted}，拒绝 ${refused}），客户 ${members} 人。`,
    en: `Consistent: ${seen.origin}, ${size} records, ${acts} acts (${accepted} accepted, ${refused} refused), ${members} customers.`,
  });
  tellSignatures(seen, lang);
  for (const { limit, period, used, cap } of seen.totals.values()) {
    const name = `${limit} (${period})`;
    say(lang, {
      zh: `  ${name}：已用 ${used}，上限 ${cap}`,
      en: `  ${name}: used ${used} of ${cap}`,
    });
  }
  tellReplay(seen, lang);
}

function tellSignatures(seen: Verified, lang: Lang): void {
  if (!seen.signed) {
    return say(lang, {
      zh: "没有给出日志的公钥：签名未经核对，不能断定这是谁的日志。",
      en: "No log key was given: the signature was not checked, and whose log this is remains open.",
    });
  }
  const by = seen.witnessedBy.join(", ");
  if (by === "")
    return say(lang, {
      zh: "日志已签名；未核对见证人。",
      en: "Signed by the log; no witness was checked.",
    });
  say(lang, { zh: `日志已签名，见证人：${by}。`, en: `Signed by the log, witnessed by ${by}.` });
}

function tellReplay({ replayed }: Verified, lang: Lang): void {
  if (replayed === undefined) return;
  const { opened, unopened, erased } = replayed;
  if (erased > 0) {
    say(lang, {
      zh: `${erased} 项操作已按要求删除，无法打开；其占用的试点总额度按事实文件计入，与公布的用量一致。`,
      en: `${erased} acts were erased and cannot be opened; what they moved of pilot-wide limits is taken from the facts file and adds up to the stated totals.`,
    });
  }
  if (unopened > 0) {
    return say(lang, {
      zh: `事实文件打开了 ${opened} 项，另有 ${unopened} 项未打开：上限只就打开的部分得到证明。`,
      en: `The facts file opened ${opened} acts and left ${unopened} closed: the caps are proven for what was opened.`,
    });
  }
  say(lang, {
    zh: `${opened} 项操作全部打开并重放：没有任何一项超过上限。`,
    en: `All ${opened} acts were opened and replayed: none took any limit above its cap.`,
  });
}

function tellFindings(seen: Verified, lang: Lang): void {
  const lines = [];
  if (seen.firstBad !== undefined) {
    lines.push({
      zh: `核对不一致，最先出现在第 ${seen.firstBad} 条。`,
      en: `Not consistent, first at leaf ${seen.firstBad}.`,
    });
  } else lines.push({ zh: "核对不一致。", en: "Not consistent." });
  for (const one of seen.findings.slice(0, SHOWN_MAX)) {
    const { sentence } = explain(one, lang);
    lines.push({ zh: `  ${sentence}`, en: `  ${sentence}` });
  }
  const more = seen.found - Math.min(SHOWN_MAX, seen.findings.length);
  if (more > 0) lines.push({ zh: `  另有 ${more} 处。`, en: `  And ${more} more.` });
  const [first] = seen.findings;
  if (first) {
    const { remedy } = explain(first, lang);
    lines.push({ zh: remedy, en: remedy });
  }
  for (const line of lines) complain(lang, line);
}
