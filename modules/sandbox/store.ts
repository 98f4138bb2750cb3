/** The module's schema, and the database roles that log in to work with it. */
import type { Migrations, RoleDeclaration } from "@sandbank/kernel/store";

export const sandboxMigrations: Migrations = {
  schema: "sandbox",
  folder: new URL("./sql/", import.meta.url),
};

export const sandboxRole: RoleDeclaration = {
  role: "sandbank_sandbox",
  memberOf: ["sandbank_act"],
};

/** Follows the journals and keeps what indicators are computed from: counts, nothing personal. */
export const followerRole: RoleDeclaration = {
  role: "sandbank_follower",
  memberOf: ["sandbank_follow"],
};
