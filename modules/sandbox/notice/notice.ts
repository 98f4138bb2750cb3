/**
 * Public notices: what became of a pilot, in both languages, for everybody. A directive's notice is
 * the supervisor's own text; the others are set here. Notices are appended, never taken back.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change } from "@sandbank/kernel/guard";
import type { Text } from "@sandbank/kernel/words";
import type { NoticeKind } from "./notice.contract.ts";
import { publishNotice } from "./notice.store.ts";

interface Amendment {
  readonly name: Text;
  readonly version: number;
  readonly material: boolean;
}

interface Lifted {
  readonly name: Text;
  /** The policy without caps, and the last one with them. */
  readonly version: number;
  readonly before: number;
  /** The last day of the watch period. */
  readonly watched: string;
}

/** What is said of the steps that need no author. */
export const STEP_NOTICES = {
  published: (name: Text) => ({
    zh: `${name.zh}的声明已公示，公开征求意见。`,
    en: `The declaration of ${name.en} is published for public comment.`,
  }),
  registered: (name: Text) => ({
    zh: `${name.zh}经公示审核通过，完成登记。`,
    en: `${name.en} has passed publication and review and is registered.`,
  }),
  ready: (name: Text) => ({
    zh: `${name.zh}的管控规则已编译并通过自检，可以开始测试。`,
    en: `The policy of ${name.en} is compiled and has passed its self-test; testing may start.`,
  }),
  started: (name: Text) => ({
    zh: `${name.zh}开始测试。参加自愿，可以随时退出。`,
    en: `${name.en} starts testing. Joining is voluntary, and everybody may leave at any time.`,
  }),
  consultation_closed: (name: Text) => ({
    zh: `${name.zh}的公示期满，不再接受意见。`,
    en: `The consultation on ${name.en} has run its time and takes no more comments.`,
  }),
  withdrawn: (name: Text) => ({
    zh: `${name.zh}的申报已由申报机构撤回。`,
    en: `The application of ${name.en} is withdrawn by the institution that declared it.`,
  }),
  amended: ({ name, version, material }: Amendment) => ({
    zh: `${name.zh}的声明书改为第${version}版，${material ? "属于重大修改，重新公示征求意见" : "属于文字修改"}。`,
    en: `Version ${version} of the declaration of ${name.en} is published. The amendment is ${
      material ? "material: comments are invited again" : "editorial"
    }.`,
  }),
  change_published: ({ name, version, material }: Amendment) => ({
    zh: `${name.zh}提出变更（第${version}版），${material ? "重新公示征求意见；其间仍按原声明书测试" : "属于文字修改"}。`,
    en: `A change of ${name.en} is asked for (version ${version}). ${
      material
        ? "Comments are invited; meanwhile the test goes on as declared before."
        : "It is editorial."
    }`,
  }),
  change_adopted: ({ name, version }: Amendment) => ({
    zh: `${name.zh}自即时起按声明书第${version}版测试。`,
    en: `From now on ${name.en} is tested under version ${version} of its declaration.`,
  }),
  exit_begun: (name: Text) => ({
    zh: `${name.zh}开始退出。不再办理新业务；已有业务继续办理至结束，投诉照常受理。`,
    en: `${name.en} begins to leave. It takes no new business; what exists is finished, and complaints are taken as before.`,
  }),
  exited: (name: Text) => ({
    zh: `${name.zh}已完成退出，退出报告公开可查。`,
    en: `${name.en} has left the sandbox; the exit report is open to everybody.`,
  }),
  evaluation_begun: (name: Text) => ({
    zh: `${name.zh}申请结束测试，开始评价。其间不再新增客户，已有客户照常使用。`,
    en: `${name.en} asks to end its test and is being evaluated. Meanwhile it takes no new customers; those it has go on.`,
  }),
  graduation_decided: ({ name, from }: { readonly name: Text; readonly from: string }) => ({
    zh: `${name.zh}自${from}起毕业出箱，届时解除各项上限。`,
    en: `${name.en} graduates on ${from}; its caps are lifted from then on.`,
  }),
  graduated: ({ name, version, before, watched }: Lifted) => ({
    zh: `${name.zh}毕业出箱，自即时起按第${version}版管控规则运行，不再设试点上限；第${before}版随之失效，仍留存可查。毕业观察期至${watched}，其间逐月对照毕业标准。`,
    en: `${name.en} has graduated. Version ${version} of its policy is in force and sets no cap of the sandbox; version ${before}, which did, stays on record. It is watched until ${watched}: its graduation thresholds are compared again every month.`,
  }),
  watch_ended: (name: Text) => ({
    zh: `${name.zh}的毕业观察期结束，没有待处理的发现；此后按一般监管管理。`,
    en: `The watch period of ${name.en} is over with nothing left open; from now on it is supervised like any other service.`,
  }),
  tested_again: (name: Text) => ({
    zh: `${name.zh}未通过评价，获准在原测试期内继续测试。`,
    en: `${name.en} failed its evaluation and may test again within its period.`,
  }),
  extension_granted: ({ name, until }: { readonly name: Text; readonly until: string }) => ({
    zh: `${name.zh}的测试期延长至${until}。`,
    en: `The test of ${name.en} is extended to ${until}.`,
  }),
  extension_refused: (name: Text) => ({
    zh: `${name.zh}的延期申请未获批准。`,
    en: `The extension that ${name.en} asked for is refused.`,
  }),
} as const satisfies Partial<Record<NoticeKind, (of: never) => Text>>;

/** The change that publishes a notice. `id` must be its own: one act may publish several. */
export function publish(notice: {
  readonly id: string;
  readonly pilot: string;
  readonly at: Instant;
  readonly kind: NoticeKind;
  readonly text: Text;
  readonly directive?: string;
}): Change {
  const { at, directive, ...rest } = notice;
  return change(publishNotice, { ...rest, at: toIso(at), directive: directive ?? null });
}
