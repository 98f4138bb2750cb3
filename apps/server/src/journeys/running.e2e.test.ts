/**
 * What happens to a pilot under test, by mouse: a directive and its end by two people, and a complaint
 * that is paid. Odd journeys are walked on a phone in Chinese
 * and even ones at a desk in English; a long run walks all of them the other way too. Screenshots go
 * to the folder named by SANDBANK_SHOTS.
 */
import { describe } from "node:test";
import { DIRECT } from "./directing.fixture.ts";
import { REDRESS } from "./redress.fixture.ts";
import { journeys, WAYS } from "./walk.fixture.ts";

for (const chinese of WAYS) {
  describe(`a pilot under test, ${chinese} journeys in Chinese`, () =>
    journeys("running", chinese, [DIRECT, REDRESS]));
}
