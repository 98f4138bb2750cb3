/** Every command of watch periods, made with what they read of others. */
import type { Command } from "@sandbank/kernel/guard";
import type { EndingPorts } from "../ports.ts";
import { checkWatch, endWatch } from "./check.ts";
import { judgeCondition } from "./condition.ts";
import { ruleWatch } from "./rule.ts";
import { findSilence } from "./silence.ts";

export function watchCommands(ports: EndingPorts): readonly Command[] {
  return [checkWatch(ports), judgeCondition(ports), endWatch, findSilence, ruleWatch(ports)];
}
