/**
 * What can be wrong with the vault's keys where it starts or where an operator works on them: faults
 * of set-up, each one sentence in both languages that says what to do. None of them shows a key.
 */
import type { Text } from "@sandbank/kernel/words";

const PROBLEMS = {
  kek_absent: {
    zh: "找不到保险库主密钥{name}的任何分量。两位保管人将各自的分量文件放入 {folders} 后再启动。",
    en: "No part of the vault's key {name}is at hand. Its two holders put their parts into {folders}, then start again.",
  },
  kek_part_absent: {
    zh: "保险库主密钥{name}缺少第 {part} 个分量，应在 {folder} 中。由其保管人放入后再启动。",
    en: "Part {part} of the vault's key {name}is absent from {folder}. Its holder puts it there, then start again.",
  },
  kek_part_of_another: {
    zh: "{folders} 中的两个分量不属于同一把主密钥或同一次拆分。换上成对的分量。",
    en: "The parts in {folders} are not of one key and one split. Put two parts there that belong together.",
  },
  kek_part_malformed: {
    zh: "主密钥分量文件 {path} 的内容不完整或被改动。换上原来的文件。",
    en: "The key part {path} is incomplete or was altered. Put the right file back.",
  },
  kek_part_misplaced: {
    zh: "分量文件 {path} 是第 {part} 个分量，放错了文件夹。两个分量各放各的文件夹。",
    en: "The key part {path} is part {part} and lies in the other part's folder. Each part has its own.",
  },
  kek_open_to_others: {
    zh: "主密钥分量文件 {path} 可被他人读取。将权限改为 0600。",
    en: "Others may read the key part {path}. Set its mode to 0600.",
  },
  kek_unreadable: {
    zh: "{path} 读不出来：{reason}。检查文件夹是否已挂载、权限是否正确。",
    en: "{path} cannot be read: {reason}. See whether the folder is mounted and who may read it.",
  },
  kek_several: {
    zh: "保险库还没有数据密钥，而 {folders} 中有多把主密钥。只留下要用的一把。",
    en: "The vault has no data key yet and {folders} hold several keys. Leave only the one to be used.",
  },
  kek_does_not_fit: {
    zh: "主密钥 {name} 解不开保险库中的数据密钥。换上原来的分量。",
    en: "The key {name} does not open the vault's data keys. Put the right parts back.",
  },
  kek_in_one_file: {
    zh: "{path} 是旧式的整把主密钥。运行 npm run sandbank -- kek split，由两位保管人各取一个分量。",
    en: "{path} is a whole key of the old form. Run npm run sandbank -- kek split, and two people take a part each.",
  },
  kek_name_malformed: {
    zh: "保管人姓名应为 1 至 80 个字符，不含换行。",
    en: "A holder's name has 1 to 80 characters and no line break.",
  },
  kek_one_holder: {
    zh: "两个分量须由两个不同的人保管。",
    en: "The two parts need two different holders.",
  },
} as const satisfies Record<string, Text>;

export type VaultProblemCode = keyof typeof PROBLEMS;

/** A fault of set-up, met while starting or by the command line. */
export class VaultProblem extends Error {
  override readonly name = "VaultProblem";
  readonly code: VaultProblemCode;
  readonly text: Text;
  constructor(code: VaultProblemCode, params: Readonly<Record<string, string>> = {}) {
    const filled = (text: string) =>
      text.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
    const { zh, en } = PROBLEMS[code];
    super(filled(en));
    this.code = code;
    this.text = { zh: filled(zh), en: filled(en) };
  }
}
