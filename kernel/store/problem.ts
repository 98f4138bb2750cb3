/**
 * What can be wrong with the place where Sandbank keeps its rows, said in one sentence a person can
 * act on. These are faults of set-up, met while starting; they are never answers to a command, so
 * they are no refusals and have no part in the evidence.
 */
import type { Text } from "../words/index.ts";

const PROBLEMS = {
  url_not_understood: {
    zh: "DATABASE_URL 无法识别：{reason}。格式应为 postgres://用户:密码@主机:端口/数据库。",
    en: "DATABASE_URL cannot be read: {reason}. It looks like postgres://user:password@host:port/database.",
  },
  cannot_connect: {
    zh: "连接不到 {place} 的数据库（{reason}）。检查地址、端口，以及数据库是否已启动。",
    en: "No database answers at {place} ({reason}). Check the address, the port, and that the server runs.",
  },
  wrong_password: {
    zh: "{place} 的数据库不接受用户 {user} 的密码。检查 DATABASE_URL 中的用户名和密码。",
    en: "The database at {place} does not accept the password of {user}. Check both in DATABASE_URL.",
  },
  database_absent: {
    zh: "{place} 上没有名为 {database} 的数据库。先建好它，或改用已有的数据库。",
    en: "There is no database named {database} at {place}. Create it first, or name one that exists.",
  },
  server_too_old: {
    zh: "数据库版本是 {version}，需要 PostgreSQL 15 或更高版本。",
    en: "The server is PostgreSQL {version}; Sandbank needs 15 or newer.",
  },
  program_too_old: {
    zh: "数据库中的 {file} 来自更新的程序。改用较新的 Sandbank 打开它。",
    en: "The database has {file}, which this program does not know. Open it with a newer Sandbank.",
  },
  store_behind: {
    zh: "正在运行的 Sandbank 还没有 {file}。用本程序重新启动它之后再试。",
    en: "The Sandbank that runs here lacks {file}. Restart it with this program, then try again.",
  },
  migration_changed: {
    zh: "{file} 在执行之后被改动过。恢复原文件，改动另写一个新文件。",
    en: "{file} was changed after it had been applied. Restore it and put the change in a further file.",
  },
  migration_failed: {
    zh: "{file} 执行失败：{reason}。数据库保持在它之前的状态。",
    en: "{file} failed: {reason}. The database stands as it was before that file.",
  },
  migration_misnamed: {
    zh: "{file} 的名称或首行不合规定：名称形如 0001_name.sql，首行写明 --! breaking: yes 或 no。",
    en: "{file} breaks the form: it is named like 0001_name.sql and opens with --! breaking: yes or no.",
  },
  not_created_by_sandbank: {
    zh: "数据库 {database} 不是 Sandbank 建立的，演示模式不会改动它。换一个空数据库。",
    en: "The database {database} was not made by Sandbank, and demo mode leaves it alone. Give an empty one.",
  },
  other_mode: {
    zh: "数据库 {database} 是以 {found} 模式建立的，不能以 {asked} 模式打开。",
    en: "The database {database} was made in {found} mode and does not open in {asked} mode.",
  },
  owner_cannot_create_roles: {
    zh: "用户 {user} 没有 CREATEROLE 权限，无法建立各模块的数据库角色。授予该权限后再试。",
    en: "The user {user} lacks CREATEROLE, so the modules' roles cannot be made. Grant it and try again.",
  },
  disk_full: {
    zh: "{folder} 所在磁盘已满。清出空间后再启动；已确认的数据没有丢失。",
    en: "The disk of {folder} is full. Free some space and start again; nothing acknowledged is lost.",
  },
  folder_not_writable: {
    zh: "无法写入数据目录 {folder}（{reason}）。检查目录的权限，或另选一个目录。",
    en: "The folder {folder} cannot be written ({reason}). Check its rights or choose another one.",
  },
  folder_in_use: {
    zh: "另一个 Sandbank 正在使用 {folder}。先停止它，或另选一个目录。",
    en: "Another Sandbank is using {folder}. Stop that one first, or choose another folder.",
  },
  folder_of_other_version: {
    zh: "{folder} 由 PostgreSQL {found} 建立，本程序带的是 {shipped}。用原来的程序备份，再恢复到新目录。",
    en: "{folder} was made by PostgreSQL {found}, this program ships {shipped}. Open it with the older program.",
  },
  folder_not_empty: {
    zh: "{folder} 里已有别的文件，不能当作数据目录。另选一个空目录。",
    en: "{folder} already holds other files, so it cannot become a store. Choose an empty folder.",
  },
  machine_not_supported: {
    zh: "没有适用于 {machine} 的内置 PostgreSQL。用 DATABASE_URL 指定一个已有的数据库。",
    en: "No PostgreSQL ships for {machine}. Name a database of your own in DATABASE_URL.",
  },
  server_did_not_start: {
    zh: "PostgreSQL 没有启动：{reason}。日志在 {log}。",
    en: "PostgreSQL did not start: {reason}. Its log is {log}.",
  },
  backup_needs_embedded: {
    zh: "备份只适用于内置数据库。外部数据库用它自己的备份工具，例如 pg_basebackup。",
    en: "This backup is for the embedded server. Use an external server's own tools, like pg_basebackup.",
  },
  backup_damaged: {
    zh: "备份中的 {file} 与清单不符（{reason}），没有恢复任何内容。换一份备份。",
    en: "{file} of the backup does not match its manifest ({reason}); nothing was restored. Use another copy.",
  },
} as const satisfies Record<string, Text>;

/** The closed set of what can be wrong with the store. */
export type StoreProblemCode = keyof typeof PROBLEMS;

/** Every code, for the reference and the test that reads each sentence. */
export const storeProblemCodes = Object.keys(PROBLEMS) as readonly StoreProblemCode[];

/** A problem of set-up with its sentence in both languages; `message` is the English one. */
export class StoreProblem extends Error {
  override readonly name = "StoreProblem";
  readonly code: StoreProblemCode;
  readonly text: Text;
  constructor(code: StoreProblemCode, params: Readonly<Record<string, string>>, cause?: unknown) {
    const fill = (template: string): string =>
      template.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `{${name}}`);
    const text = { zh: fill(PROBLEMS[code].zh), en: fill(PROBLEMS[code].en) };
    super(text.en, { cause });
    this.code = code;
    this.text = text;
  }
}

/** The errno name of a thrown system error, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
