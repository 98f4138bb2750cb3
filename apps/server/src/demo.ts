/**
 * The people and firms of the demonstration. All of them are fictional and say so; real
 * institutions stand only beside the facts that the source reports.
 */
import { type DemoAsked, demoPersonId } from "@sandbank/kernel/identity";

export const DEMO: DemoAsked = {
  organisations: [
    organisation("supervisor", "supervisor", ["演示监管局（虚构）", "Demo Supervisor (fictional)"]),
    organisation("sandbar-bank", "institution", ["沙洲银行（虚构）", "Sandbar Bank (fictional)"]),
    organisation("harbour-bank", "institution", ["港湾银行（虚构）", "Harbour Bank (fictional)"]),
    organisation("tideway-tech", "institution", [
      "潮汐科技（虚构）",
      "Tideway Technology (fictional)",
    ]),
    organisation("farsail-travel", "requestor", ["远帆旅行（虚构）", "Farsail Travel (fictional)"]),
    organisation("lantern-finance", "requestor", [
      "灯塔消费金融（虚构）",
      "Lantern Consumer Finance (fictional)",
    ]),
    organisation("harrow-bank", "institution", ["禾田银行（虚构）", "Harrow Bank (fictional)"]),
    organisation("furrow-bank", "institution", ["阡陌银行（虚构）", "Furrow Bank (fictional)"]),
    organisation("eaves-bank", "institution", ["檐下银行（虚构）", "Eaves Bank (fictional)"]),
    organisation("trellis-bank", "institution", ["藤架银行（虚构）", "Trellis Bank (fictional)"]),
    organisation("pebble-acquiring", "institution", [
      "卵石收单（虚构）",
      "Pebble Acquiring (fictional)",
    ]),
    organisation("customers", "customers", ["演示客户（虚构）", "Demo customers (fictional)"]),
    organisation("auditor", "auditor", ["明镜审计（虚构）", "Clearglass Audit (fictional)"]),
    organisation("shoal-institute", "auditor", [
      "浅滩研究院（虚构）",
      "Shoal Institute (fictional)",
    ]),
    organisation("reed-university", "auditor", ["芦苇大学（虚构）", "Reed University (fictional)"]),
    organisation("dune-society", "auditor", ["沙丘学会（虚构）", "Dune Society (fictional)"]),
    organisation("platform", "platform", [
      "沙岸演示平台（虚构）",
      "Sandbank demo platform (fictional)",
    ]),
  ],
  people: [
    person("supervisor", ["李监管", "Li Wei, case officer"], ["supervisor_officer"]),
    person(
      "supervisor",
      ["赵审批", "Zhao Ning, approver"],
      ["supervisor_officer", "supervisor_approver"],
    ),
    person(
      "supervisor",
      ["钱审批", "Qian Yu, approver"],
      ["supervisor_officer", "supervisor_approver"],
    ),
    person("sandbar-bank", ["孙运营", "Sun Hao, operator"], ["institution_operator"]),
    person("sandbar-bank", ["陈投诉", "Chen Jing, complaints"], ["complaint_handler"]),
    person("sandbar-bank", ["何投诉", "He Yun, complaints"], ["complaint_handler"]),
    person("sandbar-bank", ["许高管", "Xu Rong, senior"], ["institution_approver"]),
    person("sandbar-bank", ["陆赔付", "Lu Ping, trustee"], ["compensation_trustee"]),
    person("sandbar-bank", ["施赔付", "Shi Min, trustee"], ["compensation_trustee"]),
    person("sandbar-bank", ["魏合规", "Wei Lin, compliance"], ["compliance_officer"]),
    person("harbour-bank", ["顾起草", "Gu Ran, drafter"], ["institution_operator"]),
    person("harbour-bank", ["罗签署", "Luo Jing, approver"], ["institution_approver"]),
    person("harbour-bank", ["沈合规", "Shen Yi, compliance"], ["compliance_officer"]),
    person("tideway-tech", ["杜起草", "Du Ke, drafter"], ["institution_operator"]),
    person("auditor", ["周审计", "Zhou Lan, auditor"], ["auditor"]),
    person("shoal-institute", ["郑专家", "Zheng Bo, expert"], ["expert"]),
    person("reed-university", ["冯专家", "Feng Qing, expert"], ["expert"]),
    person("dune-society", ["蒋专家", "Jiang Yi, expert"], ["expert"]),
    customer(["林晓", "Lin Xiao, customer"]),
    customer(["秦舟", "Qin Zhou, customer"]),
    customer(["温晴", "Wen Qing, customer"]),
    person("platform", ["吴管理", "Wu Ping, administrator"], ["administrator", "clock_keeper"]),
  ],
  keys: [
    key("sandbar-bank", "operator", ["institution_operator"]),
    key("sandbar-bank", "approver", ["institution_approver"]),
    key("sandbar-bank", "customers", ["customer"]),
    key("sandbar-bank", "compliance", ["compliance_officer"]),
    key("harbour-bank", "drafter", ["institution_operator"]),
    key("harbour-bank", "approver", ["institution_approver"]),
    key("tideway-tech", "drafter", ["institution_operator"]),
    key("farsail-travel", "requestor", ["requestor"]),
    key("lantern-finance", "requestor", ["requestor"]),
    key("harrow-bank", "permits", ["permit_client"]),
    key("furrow-bank", "permits", ["permit_client"]),
    key("eaves-bank", "permits", ["permit_client"]),
    key("trellis-bank", "permits", ["permit_client"]),
    key("pebble-acquiring", "permits", ["permit_client"]),
    key("harbour-bank", "permits", ["permit_client"]),
    ...desk("sandbar-bank"),
    ...desk("harrow-bank"),
    ...desk("furrow-bank"),
    ...desk("eaves-bank"),
    ...desk("trellis-bank"),
    ...desk("pebble-acquiring"),
    ...office("harrow-bank"),
    ...office("furrow-bank"),
    ...office("trellis-bank"),
    ...office("pebble-acquiring"),
    key("supervisor", "officer", ["supervisor_officer"]),
    key("supervisor", "approver", ["supervisor_officer", "supervisor_approver"]),
    key("platform", "clock", ["clock_keeper", "administrator"]),
    key("auditor", "auditor", ["auditor"]),
  ],
};

/**
 * Whose parts of the vault's key the demonstration says it holds: each with his id, by which he signs
 * where the keys are destroyed.
 */
export const DEMO_KEY_HOLDERS = [
  `孙运营 ${demoPersonId("sandbar-bank", "Sun Hao, operator")}`,
  `许高管 ${demoPersonId("sandbar-bank", "Xu Rong, senior")}`,
] as const;

type Organisations = DemoAsked["organisations"];

function organisation(
  id: string,
  kind: Organisations[number]["kind"],
  [zh, en]: readonly [string, string],
): Organisations[number] {
  return { id, kind, name: { zh, en }, fictional: true };
}

function person(
  of: string,
  [zh, en]: readonly [string, string],
  roles: DemoAsked["people"][number]["roles"],
): DemoAsked["people"][number] {
  return { organisation: of, name: { zh, en }, roles, face: "console" };
}

/** Somebody with a card at the demonstration's bank, who signs in to its app. */
function customer([zh, en]: readonly [string, string]): DemoAsked["people"][number] {
  const name = { zh, en };
  return { organisation: "customers", name, roles: ["customer"], face: "bank" };
}

function key(
  of: string,
  name: string,
  roles: DemoAsked["keys"][number]["roles"],
): DemoAsked["keys"][number] {
  return { organisation: of, name, roles };
}

/** Who answers complaints of an institution, re-checks answers and pays out of its pool. */
function desk(of: string): DemoAsked["keys"] {
  return [
    key(of, "complaints", ["complaint_handler"]),
    key(of, "senior", ["institution_approver"]),
    key(of, "trustee", ["compensation_trustee"]),
  ];
}

/** Who runs a pilot for its institution, and who answers for it when it leaves. */
function office(of: string): DemoAsked["keys"] {
  return [
    key(of, "operator", ["institution_operator"]),
    key(of, "compliance", ["compliance_officer"]),
  ];
}
