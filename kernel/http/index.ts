export * from "./route.ts";
export * from "./page.ts";
export { answerOf } from "./outcome.ts";
export {
  type HttpConfig,
  type HttpServer,
  type HttpSettings,
  type Listening,
  RATES_USUAL,
  type Served,
  httpServer,
} from "./server.ts";
export { type Statics, readStaticPath, statics } from "./statics.ts";
export { type Frame, escapeHtml, plainFrame, problemPage, signInPages } from "./plain.ts";
export {
  OutcomeUnknown,
  type Problem,
  type ProblemFailed,
  Refused,
  STATUS,
  STATUS_OF_CODE,
  problemOf,
  statusOf,
} from "./problem.ts";
export {
  type Checked,
  type Place,
  compileContract,
  inputSchema,
  outputSchema,
} from "./contract.ts";
export { readsOf } from "./api.ts";
export { type Read, type Reader, readAll, readBytes, readerOf } from "./reader.ts";
export { type Logger, maskNumbers, openLog } from "./log.ts";
export { type HttpMetrics, httpMetrics } from "./metrics.ts";
export { type Who, whoContract, whoOf } from "./session.routes.ts";
export { FORM_FIELDS } from "./form.ts";
export { Buckets, type Rate } from "./rate.ts";
export { isCommandId } from "./caller.ts";
