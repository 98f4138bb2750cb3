/** Every command of the end of a pilot, made with what they read of others. */
import type { Command } from "@sandbank/kernel/guard";
import type { EndingPorts } from "../ports.ts";
import { archiveCommands } from "./archiving.ts";
import { beginExit, endPeriod } from "./begin.ts";
import { completeExit, confirmExit, sendBackExit } from "./complete.ts";
import { closeStep, reportItem } from "./step.ts";

export function exitCommands(ports: EndingPorts): readonly Command[] {
  return [
    beginExit(ports),
    endPeriod(ports),
    reportItem(ports),
    closeStep(ports),
    confirmExit(ports),
    sendBackExit(ports),
    completeExit(ports),
    ...archiveCommands(ports),
  ];
}
