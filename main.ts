import { asOfDay } from "./src/cli/as-of";
import { reportAndExit } from "./src/cli/report-error";
import { synthOnce } from "./src/cli/synth/synth-once";

// The app that the cdktf CLI runs (cdktf.json). `octarine synth` calls the same function and writes the same bytes.
// Everything a synthesis depends on is read here: the envs folder, which targets, and where to write.
const {
  OCTARINE_ENVS = "envs",
  OCTARINE_TARGETS = "",
  CDKTF_OUTDIR = "cdktf.out",
  SOURCE_DATE_EPOCH,
} = process.env;

async function app(): Promise<void> {
  const targets = OCTARINE_TARGETS.split(",").filter(Boolean);
  const request = { envs: OCTARINE_ENVS, targets, ...asOfDay(undefined, SOURCE_DATE_EPOCH) };
  await synthOnce({ request, out: CDKTF_OUTDIR });
}

app().catch(reportAndExit);
