import { counted } from "../../text/counted";
import type { Command } from "commander";
import { loadFleet } from "../../fleet/load-fleet";
import { selectTargets } from "../../fleet/select-targets";
import { Reads, recordReads } from "../../reads/reads";
import { reportPage } from "../../report/report";
import { envsDir, loadOptions } from "../fleet-options";
import { judgementDay } from "../judgement-day";
import { tellProgress } from "../progress";
import { print, say } from "../terminal";
import { isPass, tellPass } from "../watch/pass";
import { shownFile, writeWhole } from "../write-whole";

interface ReportOptions {
  readonly out?: string;
  readonly watch?: boolean;
  readonly port?: number;
}

export async function report(names: string[], options: ReportOptions, command: Command): Promise<void> {
  const { out } = options;
  if (options.watch) {
    const { watchReport } = await import("../watch/watch-report");
    return await watchReport(options);
  }
  if (isPass()) return await reportPass(names, command);
  const { page, count } = made(names, command);
  if (out === undefined) return print(page.trimEnd());
  writeWhole(out, page);
  say(`wrote ${shownFile(out)}: ${summaryOf(page, count)}`);
}

const summaryOf = (page: string, targets: number) =>
  `${counted(targets, "target")}, ${Math.ceil(page.length / 1024)} KiB`;

function made(names: readonly string[], command: Command): { page: string; count: number } {
  const options = loadOptions(command);
  const fleet = loadFleet(envsDir(command), options);
  const { targets } = selectTargets(fleet, names);
  tellProgress(`reporting on ${counted(targets.length, "target")}`);
  const judgedOn = judgementDay(options, envsDir(command));
  return { page: reportPage(targets, { fleet, ...options, judgedOn }), count: targets.length };
}

/** The same as a pass of `--watch`. */
async function reportPass(names: readonly string[], command: Command): Promise<void> {
  const reads = new Reads();
  await tellPass(reads, () => {
    const { page, count } = recordReads(reads, () => made(names, command));
    return { page, summary: summaryOf(page, count) };
  });
}
