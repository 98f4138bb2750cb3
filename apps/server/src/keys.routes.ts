/**
 * Keys for programs, issued by an administrator. The key stands in this one answer; asked again under
 * the same id it is given once more within minutes, and from then on not at all.
 */
import type { Guard } from "@sandbank/kernel/guard";
import { answerOf, type Route, route } from "@sandbank/kernel/http";
import { KEY_DAYS, ROLES } from "@sandbank/kernel/identity";
import { SANDBOX_PARTITION } from "@sandbank/sandbox";
import { z } from "zod";

const issued = z.object({
  id: z.string(),
  /** The whole key, told now and not again. */
  key: z.string(),
  prefix: z.string(),
  expires: z.string(),
});

/** POST /api/organisations/{id}/keys. */
export function keyRoutes({ guard }: { readonly guard: Guard }): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/organisations/{id}/keys",
      summary: { zh: "签发接口密钥，只显示一次", en: "Issue a key for a program, shown once" },
      auth: "any",
      params: z.strictObject({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/) }),
      body: z.strictObject({
        name: z.string().min(1).max(120),
        roles: z.array(z.enum(ROLES)).min(1).max(8),
        days: z.int().min(1).max(KEY_DAYS.most).optional(),
      }),
      answer: issued,
      status: 201,
      refusals: ["organisation_not_known", "already_delivered"],
      async handle({ params, body, principal, id }) {
        const outcome = await guard.act({
          ...{ partition: SANDBOX_PARTITION, id, principal, command: "guard.issue_key" },
          content: { ...body, organisation: params.id },
        });
        return answerOf(outcome, (answer, { secret = "" }) => ({
          ...(answer as Omit<z.infer<typeof issued>, "key">),
          key: secret,
        }));
      },
    }),
  ];
}
