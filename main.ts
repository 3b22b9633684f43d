import { loadFleet } from "./src/fleet/load-fleet";
import { fleetWarnings } from "./src/fleet/warnings";
import { selectTargets } from "./src/fleet/select-targets";
import { asOfDay } from "./src/cli/as-of";
import { judgementDay } from "./src/cli/judgement-day";
import { reportAndExit } from "./src/cli/report-error";
import { say } from "./src/cli/terminal";
import { synthesize } from "./src/synth/synthesize";

// The app that the cdktf CLI runs (cdktf.json). `octarine synth` calls the same function and writes the same bytes.
// Everything a synthesis depends on is read here: the envs folder, which targets, and where to write.
const {
  OCTARINE_ENVS = "envs",
  OCTARINE_TARGETS = "",
  CDKTF_OUTDIR = "cdktf.out",
  SOURCE_DATE_EPOCH,
} = process.env;

try {
  const day = asOfDay(undefined, SOURCE_DATE_EPOCH);
  const names = OCTARINE_TARGETS.split(",").filter(Boolean);
  const fleet = selectTargets(loadFleet(OCTARINE_ENVS, day), names);
  for (const warning of fleetWarnings(fleet, day)) say(`warning: ${warning}`);
  const asOf = judgementDay(day, OCTARINE_ENVS);
  const { kept } = synthesize(fleet, CDKTF_OUTDIR, { asOf, whole: names.length === 0 });
  for (const line of kept) say(`warning: ${line}`);
} catch (error) {
  reportAndExit(error);
}
