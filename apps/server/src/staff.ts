/** Who somebody is, for other staff: who proposed or decided, and who can be appointed an expert. */
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

const EXPERTS_MOST = 200;

/** GET /api/staff/{id} and GET /api/experts, for whoever is signed in to the console. */
export function staffRoutes(identity: Identity): Route[] {
  return [memberRoute(identity), expertsRoute(identity)];
}

function memberRoute(identity: Identity): Route {
  return route({
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
  });
}

function expertsRoute(identity: Identity): Route {
  return route({
    method: "GET",
    path: "/api/experts",
    summary: { zh: "可以聘任的专家", en: "Experts who can be appointed" },
    auth: "session",
    faces: ["console"],
    answer: z.object({
      experts: z.array(
        z.object({ person: z.string(), name: text, home: z.string(), organisation: text }),
      ),
    }),
    async handle() {
      const people = await identity.listByRole({ role: "expert", most: EXPERTS_MOST });
      const homes = await Promise.all(
        people.map(({ organisation }) => identity.findOrganisation(organisation)),
      );
      const experts = people.map(({ id, name, organisation }, at) => ({
        ...{ person: id, name, home: organisation },
        organisation: homes[at]?.name ?? name,
      }));
      return { experts };
    },
  });
}
