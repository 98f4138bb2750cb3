/** Scenes in the database, read together with the organisation of their requestor. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, textArray, type Tx } from "@sandbank/kernel/store";
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
  readonly at: string;
}

const SCENES = statement(
  "tokens.scenes",
  `select s.id, s.trid, r.organisation, array_to_string(s.merchants, ' '),
          array_to_string(s.mccs, ' '), array_to_string(s.channels, ' ')
     from tokens.scene s
     join tokens.requestor r on r.partition = s.partition and r.trid = s.trid
    where s.partition = $1 and s.id = any($2::text[])`,
);

export const addScene: Effect<SceneRow> = {
  statement: statement(
    "tokens.add_scene",
    `insert into tokens.scene (partition, id, trid, merchants, mccs, channels, name_zh, name_en, at)
     select $1, t.id, t.trid, string_to_array(t.merchants, ' '), string_to_array(t.mccs, ' '),
            string_to_array(t.channels, ' '), t.zh, t.en, t.at
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                   $8::text[], $9::timestamptz[])
            t(id, trid, merchants, mccs, channels, zh, en, at)`,
  ),
  columns: ["id", "trid", "merchants", "mccs", "channels", "name_zh", "name_en", "at"],
};

/** The scenes of these ids that exist. */
export async function scenesIn(
  tx: Tx,
  partition: number,
  ids: Iterable<string>,
): Promise<Map<string, Scene>> {
  const rows = await tx.rows(SCENES, [partition, textArray([...new Set(ids)])]);
  return new Map(rows.map((row) => [row[0] as string, readScene(row as string[])]));
}
