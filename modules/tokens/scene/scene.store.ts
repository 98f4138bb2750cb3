/** Scenes in the database, read together with the organisation and the state of their requestor. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, textArray, type Tx } from "@sandbank/kernel/store";
import type { RequestorState, SceneState } from "../contract.ts";
import { readScene, type Scene } from "./scene.ts";

interface SceneRow {
  readonly id: string;
  readonly trid: string;
  /** Lists as words with blanks between: none of them has one inside. */
  readonly merchants: string;
  readonly mccs: string;
  readonly channels: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly cryptogram: boolean;
  readonly at: string;
}

/** A scene as people see it. */
export interface ShownScene extends Omit<SceneRow, "at"> {
  readonly organisation: string;
  readonly state: SceneState;
  readonly requestor: RequestorState;
  /** What the requestor is called. */
  readonly by_zh: string;
  readonly by_en: string;
}

/** Scenes of one answer; the scenes of a pilot are read whole. */
const LISTED_MAX = 500;

const LISTS = `array_to_string(s.merchants, ' ') as merchants, array_to_string(s.mccs, ' ') as mccs,
  array_to_string(s.channels, ' ') as channels`;
const JOINED = `from tokens.scene s
  join tokens.requestor r on r.partition = s.partition and r.trid = s.trid`;

const SCENES = statement(
  "tokens.scenes",
  `select s.id, s.trid, r.organisation, s.state, r.state, s.cryptogram, ${LISTS} ${JOINED}
    where s.partition = $1 and s.id = any($2::text[])`,
);
const ALL = statement(
  "tokens.scenes_listed",
  `select s.id, s.trid, r.organisation, s.state, r.state as requestor, s.cryptogram, ${LISTS},
          s.name_zh, s.name_en, r.name_zh as by_zh, r.name_en as by_en ${JOINED} where s.partition = $1 order by s.id limit $2`,
);

export const addScene: Effect<SceneRow> = {
  statement: statement(
    "tokens.add_scene",
    `insert into tokens.scene
       (partition, id, trid, merchants, mccs, channels, name_zh, name_en, cryptogram, at, state)
     select $1, t.id, t.trid, string_to_array(t.merchants, ' '), string_to_array(t.mccs, ' '),
            string_to_array(t.channels, ' '), t.zh, t.en, t.cryptogram, t.at, 'open'
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                   $8::text[], $9::boolean[], $10::timestamptz[])
            t(id, trid, merchants, mccs, channels, zh, en, cryptogram, at)`,
  ),
  columns: [
    "id",
    "trid",
    "merchants",
    "mccs",
    "channels",
    "name_zh",
    "name_en",
    "cryptogram",
    "at",
  ],
};

export const putScene: Effect<Pick<Scene, "id" | "state">> = {
  statement: statement(
    "tokens.put_scene",
    `update tokens.scene s set state = n.state
       from unnest($2::text[], $3::text[]) n(id, state)
      where s.partition = $1 and s.id = n.id`,
  ),
  columns: ["id", "state"],
};

/** The scenes of these ids that exist. */
export async function scenesIn(
  tx: Tx,
  partition: number,
  ids: Iterable<string>,
): Promise<Map<string, Scene>> {
  const rows = await tx.rows(SCENES, [partition, textArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row[0] as string, readScene(row)]));
}

/** Every scene by id, at most 500. */
export function findScenes(store: Store, partition: number): Promise<ShownScene[]> {
  return store.query<ShownScene>(ALL, [partition, LISTED_MAX]);
}
