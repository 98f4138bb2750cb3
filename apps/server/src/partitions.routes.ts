/** Which partitions this installation has opened for a pilot, for whoever puts it in place. */
import { route, type Route } from "@sandbank/kernel/http";
import { z } from "zod";
import { numbersOf } from "./parts.ts";

/** GET /api/pilots/{slug}/partitions: none for a pilot that nothing was opened for. */
export function partitionRoutes(): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/partitions",
      summary: { zh: "为试点开设的分区", en: "Partitions opened for a pilot" },
      auth: "session",
      faces: ["console"],
      params: z.strictObject({ slug: z.string().min(1).max(63) }),
      answer: z.object({ partitions: z.array(z.number().int()) }),
      handle: async ({ params }) => ({ partitions: [...numbersOf(params.slug)] }),
    }),
  ];
}
