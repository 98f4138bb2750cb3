/** What the public is told of an evaluation whose reasons people of the supervisor wrote. Pure. */
import type { Text } from "@sandbank/kernel/words";
import type { Criterion } from "../evaluation/criterion.ts";

const SIGNS = {
  atLeast: { zh: "不低于", en: "at least" },
  atMost: { zh: "不高于", en: "at most" },
} as const;

/** Parts per million in words of percent, exact to their last digit: 989900 is 98.99 %. */
export function figureText(unit: Criterion["unit"], value: bigint | null): Text {
  if (value === null) return { zh: "无数据", en: "no figure" };
  if (unit === "ppm") {
    const rest = String(value % 10_000n)
      .padStart(4, "0")
      .replace(/0{1,2}$/, "");
    const text = `${value / 10_000n}.${rest}`;
    return { zh: `${text}%`, en: `${text} %` };
  }
  return { zh: `${value}`, en: `${value}` };
}

/** Says that a criterion is overridden, with what was required and measured, and why. */
export function overriddenText(name: Text, of: Criterion, reason: Text): Text {
  const [required, measured] = [figureText(of.unit, of.required), figureText(of.unit, of.measured)];
  const sign = SIGNS[of.comparator];
  return {
    zh: `${name.zh}评价中的一项未达标，经两人批准按例外处理：${of.label.zh}（要求${sign.zh}${required.zh}，实测${measured.zh}）。理由：${reason.zh}`,
    en: `A criterion in the evaluation of ${name.en} is not met and is overridden by two people: ${of.label.en} (required ${sign.en} ${required.en}, measured ${measured.en}). Reason: ${reason.en}`,
  };
}

/** Says how an evaluation ended. */
export function resultText(
  name: Text,
  of: { readonly passed: boolean; readonly reason: Text; readonly overridden: number },
): Text {
  const { passed, reason, overridden } = of;
  const but = {
    zh: overridden === 0 ? "" : `，其中${overridden}项按例外处理`,
    en: overridden === 0 ? "" : `, ${overridden} of its criteria by an override`,
  };
  return passed
    ? {
        zh: `${name.zh}通过评价${but.zh}。理由：${reason.zh}`,
        en: `${name.en} has passed its evaluation${but.en}. Reason: ${reason.en}`,
      }
    : {
        zh: `${name.zh}未通过评价，不再办理新业务和新交易。理由：${reason.zh}`,
        en: `${name.en} has failed its evaluation and does no new business and no new transactions. Reason: ${reason.en}`,
      };
}

/** Says why something was decided, after what. */
export function reasoned(said: Text, reason: Text): Text {
  return { zh: `${said.zh}理由：${reason.zh}`, en: `${said.en} Reason: ${reason.en}` };
}
