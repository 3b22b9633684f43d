import { loadFleet } from "../../../src/fleet/load-fleet";
import { EXISTING_NETWORK } from "../../support/existing-network";
import { aFolder } from "../../support/fixtures";
import { ENVIRONMENT } from "../../support/problems";
import { reachOf } from "../support";

const [target] = loadFleet(
  aFolder({
    "dev/environment.yaml": `${ENVIRONMENT}ingress: {}\n`,
    "dev/us-east-1.yaml": EXISTING_NETWORK,
  }),
).targets;
if (target === undefined) throw new Error("no target");
const reach = reachOf(target);

/** Where undecided flows end, and why. */
const doubts = reach.judged
  .filter(({ verdict }) => verdict === "undecided")
  .flatMap(({ hops }) => hops.filter((hop) => hop.verdict === "undecided").map(({ says }) => says));

test("no flow is said to be stopped, or to pass, by what is somebody else's", () => {
  expect(reach.judged.filter(({ verdict }) => verdict === "denied")).toEqual([]);
  expect(doubts.some((says) => says.startsWith("vpc-0a1b2c3d4e5f60718 may stop"))).toBe(true);
});
