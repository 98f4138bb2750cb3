/** Who proposed or decided: the name and organisation of a member of staff, for other staff. */
import { route, type Route } from "@sandbank/kernel/http";
import type { Identity } from "@sandbank/kernel/identity";
import { declareRefusals } from "@sandbank/kernel/words";
import { z } from "zod";

const refuse = declareRefusals("server.staff", {
  staff_member_unknown: {
    category: "absent",
    text: { zh: "没有这个人。", en: "There is nobody by this reference." },
    remedy: { zh: "核对编号。", en: "Check the reference." },
  },
});

const text = z.object({ zh: z.string(), en: z.string() });

/** GET /api/staff/{id}, for whoever is signed in to the console. */
export function staffRoutes(identity: Identity): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/staff/{id}",
      summary: { zh: "工作人员的姓名和机构", en: "Name and organisation of a member of staff" },
      auth: "session",
      faces: ["console"],
      params: z.strictObject({ id: z.uuid() }),
      answer: z.object({ name: text, organisation: text }),
      async handle({ params }) {
        const person = await identity.findPerson(params.id);
        const home = person && (await identity.findOrganisation(person.organisation));
        if (person === undefined || home === undefined) return refuse("staff_member_unknown");
        return { name: person.name, organisation: home.name };
      },
    }),
  ];
}
