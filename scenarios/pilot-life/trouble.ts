/**
 * What goes wrong in the thirty days: one customer is charged twice, complains, is upheld and is paid
 * out of the pool by two; and the supervisor stops new payments for a day, by two each way.
 */
import {
  answer,
  claim,
  type Grievance,
  lodge,
  numbersOf,
  payOut,
  poolOf,
  TERM_DAYS,
} from "../grievance.ts";
import { byTwo, check, settled, SUPERVISORS, tell } from "../stage.ts";
import { POOL } from "./admission.ts";
import { SUSPENDED_DAY } from "./business-plan.ts";
import type { Life, Step } from "./life.ts";
import { dayOfBusiness, type LifePlan, on, PILOT } from "./plan.ts";

/** The one claim of the life: what was asked, and what was admitted and paid; fen. */
const CLAIM = { asked: "150000", admitted: "120000" } as const;
/** Days of business on which it is lodged, answered, claimed and paid. */
const GRIEVED = { lodged: 8, answered: 14, claimed: 15, paid: 18 } as const;
const DIRECTIVES = `/api/pilots/${PILOT}/directives`;

const said = (zh: string, en: string) => ({ zh, en });

function grievanceOf(plan: LifePlan): Grievance {
  const lodged = dayOfBusiness(GRIEVED.lodged);
  return {
    ...{ id: "twice", pilot: PILOT, desk: "sandbar-bank", category: "wrong_amount" },
    text: "同一张机票扣了两次款，请退还。 Charged twice for one ticket; please pay it back.",
    lodged: on(plan, lodged, 15),
    due: on(plan, lodged + TERM_DAYS.usual + 1, 0),
    answered: on(plan, dayOfBusiness(GRIEVED.answered)),
    outcome: "upheld",
  };
}

export function troubleSteps(plan: LifePlan): Step[] {
  const grievance = grievanceOf(plan);
  const at = (nth: number, hour?: number) => on(plan, dayOfBusiness(nth), hour);
  return [
    { name: "lodged", at: grievance.lodged, run: (life) => lodge(life, grievance) },
    { name: "upheld", at: at(GRIEVED.answered), run: (life) => answer(life, grievance) },
    { name: "claimed", at: at(GRIEVED.claimed), run: (life) => claim(life, grievance, CLAIM) },
    { name: "paid-out", at: at(GRIEVED.paid), run: (life) => compensate(life, grievance) },
    { name: "suspension", at: at(SUSPENDED_DAY), run: suspend },
    { name: "resumption", at: at(SUSPENDED_DAY, 18), run: resume },
  ];
}

async function compensate(life: Life, grievance: Grievance): Promise<void> {
  await payOut(life, grievance, CLAIM.admitted);
  const pool = await poolOf(life, PILOT);
  const left = BigInt(POOL.funded) - BigInt(CLAIM.admitted);
  check(life, {
    name: "compensated",
    zh: "赔付由补偿资金支付，余额与预告一致",
    en: "The claim is paid out of the pool, which holds what was foretold",
    expected: `1 paid, ${CLAIM.admitted} of ${CLAIM.asked}, ${left} left`,
    seen: `${pool.claims.paid} paid, ${pool.paid} of ${pool.claimed}, ${pool.free} left`,
  });
  const { figures } = await numbersOf(life, PILOT);
  check(life, {
    ...{ name: "complaints", zh: "投诉公示一致", en: "The public numbers of complaints agree" },
    expected: "received 1, decided 1, ever overdue 0",
    seen: `received ${figures["received"]}, decided ${figures["decided"]}, ever overdue ${figures["everOverdue"]}`,
  });
  tell(life, {
    ...{ at: on(life.plan, dayOfBusiness(GRIEVED.paid)), pilot: PILOT },
    zh: "从补偿资金向投诉人赔付1,200.00元，两人办理",
    en: "CNY 1,200.00 is paid to a complainant out of the pool, by two people",
  });
}

async function suspend(life: Life): Promise<void> {
  await byTwo(life, {
    ...{ ...SUPERVISORS, path: DIRECTIVES, key: "suspend" },
    body: {
      ...{ kind: "suspension", classes: ["OPEN", "USE"] },
      reason: said("同一笔支付扣了两次，查明前暂停", "Charged twice; suspended until it is known"),
      notice: said("暂停新支付，已授权的照常办结。", "No new payments; what exists is finished."),
      liftedWhen: said("原因查明", "The cause is known"),
    },
  });
  await settled(life, PILOT, "suspended");
  tell(life, {
    ...{ at: on(life.plan, dayOfBusiness(SUSPENDED_DAY)), pilot: PILOT },
    ...{ zh: "暂停，两人批准", en: "is suspended, by two people" },
  });
}

async function resume(life: Life): Promise<void> {
  await byTwo(life, {
    ...{ ...SUPERVISORS, path: DIRECTIVES, key: "resume" },
    body: {
      kind: "resumption",
      reason: said("原因已查明并改正", "The cause is known and mended"),
      notice: said("恢复新支付。", "New payments are possible again."),
    },
  });
  const { state, policy } = await settled(life, PILOT, "testing");
  const { OPEN, USE, SERVICE } = policy?.classes ?? {};
  check(life, {
    ...{ name: "resumed", zh: "恢复后三类业务开放", en: "Once resumed all three classes are open" },
    ...{ expected: "testing: true, true, true", seen: `${state}: ${OPEN}, ${USE}, ${SERVICE}` },
  });
  tell(life, {
    ...{ at: on(life.plan, dayOfBusiness(SUSPENDED_DAY), 18), pilot: PILOT },
    ...{ zh: "恢复，两人批准", en: "is resumed, by two people" },
  });
}
