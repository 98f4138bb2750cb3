/**
 * The life of a pilot that is drafted here, by mouse: from its declaration over consultation and
 * registration to its test, a change of its terms, its evaluation, its graduation and its watch, until
 * what the watch finds makes it leave by the plan that it declared. Odd journeys are walked on a phone
 * in Chinese and even ones at a desk in English; a long run walks all of them the other way too.
 * Screenshots go to the folder named by SANDBANK_SHOTS.
 */
import { describe } from "node:test";
import { DECLARE, RETURN } from "./declaring.fixture.ts";
import { EVALUATE } from "./evaluating.fixture.ts";
import { ANSWERING, COMMENT, PUBLISH, REGISTER } from "./hearing.fixture.ts";
import { LEAVE } from "./leaving.fixture.ts";
import { CHANGE, START } from "./starting.fixture.ts";
import { WATCH } from "./watching.fixture.ts";
import { journeys, WAYS } from "./walk.fixture.ts";

const LIFE = [
  DECLARE,
  RETURN,
  PUBLISH,
  COMMENT,
  ANSWERING,
  REGISTER,
  START,
  CHANGE,
  EVALUATE,
  WATCH,
  LEAVE,
];

for (const chinese of WAYS) {
  describe(`a pilot's life, ${chinese} journeys in Chinese`, () =>
    journeys("drafted", chinese, LIFE));
}
