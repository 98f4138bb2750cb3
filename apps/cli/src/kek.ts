/**
 * `sandbank kek`: the vault's key in two parts, for the two people who hold them. It works on their
 * files alone and shows whose they are and whether they fit, never what stands in them.
 */
import { isConfigProblem, readConfig } from "@sandbank/kernel/config";
import type { Text } from "@sandbank/kernel/words";
import {
  changeHolder,
  joinAt,
  keptIn,
  makeKey,
  namesIn,
  oldKeyIn,
  splitOldKey,
  VaultProblem,
} from "@sandbank/tokens";
import { type Asked, type CliCommand, complain, say } from "./command.ts";

const USAGE: Text = {
  zh: "用法：kek make|split --holder <姓名> --holder <姓名>；kek check；kek change-holder --key <名称> --part 1|2 --holder <姓名>",
  en: "Usage: kek make|split --holder <name> --holder <name>; kek check; kek change-holder --key <name> --part 1|2 --holder <name>",
};

type Folders = readonly [string, string];

/** Where the parts lie by the environment. */
interface Place {
  readonly folders: Folders;
  readonly dataFolder: string;
}

type Verb = (asked: Asked, place: Place) => number;

const VERBS: Readonly<Record<string, Verb>> = { make, split, check, "change-holder": handOver };

export const kek: CliCommand = {
  name: "kek",
  summary: {
    zh: "保险库主密钥的两个分量：生成、核对、移交",
    en: "The two parts of the vault's key: make, check, hand over",
  },
  usage: "kek make|check|change-holder|split [--holder <name> …] [--key <name>] [--part 1|2]",
  options: {
    holder: { type: "string", multiple: true },
    key: { type: "string" },
    part: { type: "string" },
  },
  about: {
    holder: {
      zh: "保管人姓名；make 和 split 写两次，依次为第 1、第 2 个分量",
      en: "name of a holder; twice for make and split, of the first part and then of the second",
    },
    key: {
      zh: "主密钥的名称，由 kek check 列出",
      en: "name of the key, as kek check lists it",
    },
    part: { zh: "移交第几个分量", en: "which part is handed over" },
  },
  async run(asked) {
    const verb = VERBS[asked.positionals[0] ?? ""];
    if (!verb) return complain(asked.lang, USAGE);
    const config = readConfig(process.env);
    if (isConfigProblem(config)) return complain(asked.lang, config.text);
    try {
      return verb(asked, { folders: config.keyParts, dataFolder: config.dataFolder });
    } catch (error) {
      if (error instanceof VaultProblem) return complain(asked.lang, error.text);
      throw error;
    }
  },
};

function holdersOf({ values: { holder } }: Asked): readonly string[] {
  return Array.isArray(holder) ? holder.map(String) : [];
}

function make(asked: Asked, { folders }: Place): number {
  const [first, second, ...more] = holdersOf(asked);
  if (first === undefined || second === undefined || more.length > 0) {
    return complain(asked.lang, USAGE);
  }
  const { name } = makeKey(folders, [first, second]);
  say(asked.lang, {
    zh: `主密钥 ${name} 已生成。第 1 个分量由${first}保管：${folders[0]}；第 2 个分量由${second}保管：${folders[1]}`,
    en: `Key ${name} is made. Part 1 is ${first}'s: ${folders[0]}. Part 2 is ${second}'s: ${folders[1]}`,
  });
  return 0;
}

function split(asked: Asked, { folders, dataFolder }: Place): number {
  const [first, second, ...more] = holdersOf(asked);
  if (first === undefined || second === undefined || more.length > 0) {
    return complain(asked.lang, USAGE);
  }
  const old = oldKeyIn(dataFolder);
  if (old === undefined) {
    return complain(asked.lang, {
      zh: `${dataFolder} 中没有旧式的整把主密钥。`,
      en: `There is no whole key of the old form in ${dataFolder}.`,
    });
  }
  const { name } = splitOldKey(old, folders, [first, second]);
  say(asked.lang, {
    zh: `主密钥 ${name} 已拆成两个分量，由${first}、${second}分别保管；原文件已删除。`,
    en: `Key ${name} is split into two parts, ${first}'s and ${second}'s; the whole file is deleted.`,
  });
  return 0;
}

/** Every key of which anything lies there must be whole; the first that is not says why. */
function check(asked: Asked, { folders }: Place): number {
  const names = namesIn(folders);
  if (names.length === 0) {
    throw new VaultProblem("kek_absent", { name: "", folders: folders.join(", ") });
  }
  for (const name of names) joinAt(folders, name).fill(0);
  for (const { name, made, holders } of keptIn(folders)) {
    say(asked.lang, {
      zh: `主密钥 ${name} 完整；生成于 ${made}；保管人：${holders[0]}（第 1 个分量）、${holders[1]}（第 2 个分量）`,
      en: `Key ${name} is whole; made ${made}; held by ${holders[0]} (part 1) and ${holders[1]} (part 2)`,
    });
  }
  return 0;
}

function handOver(asked: Asked, { folders }: Place): number {
  const { key, part } = asked.values;
  const [holder, ...more] = holdersOf(asked);
  const number = part === "1" ? 1 : part === "2" ? 2 : undefined;
  if (typeof key !== "string" || !number || holder === undefined || more.length > 0) {
    return complain(asked.lang, USAGE);
  }
  changeHolder(folders, { key, part: number, holder });
  say(asked.lang, {
    zh: `主密钥 ${key} 的第 ${number} 个分量现由${holder}保管。两个分量都已重写，早先的分量与它们不能拼合。`,
    en: `Part ${number} of key ${key} is now ${holder}'s. Both parts were made anew; earlier ones join with neither.`,
  });
  return 0;
}
