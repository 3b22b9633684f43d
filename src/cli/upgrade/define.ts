import { kubectl, typed, whyNot } from "../../live/question";
import type { HopStep } from "../../upgrade/hop-steps";
import { helm } from "../render/run-helm";
import { CommandFailure } from "../report-error";
import { say, warn } from "../terminal";
import type { GateOptions } from "./gates";

/**
 * Applies definitions that Helm does not upgrade, before the chart whose controller has to know them.
 *
 * @throws CommandFailure where nobody can, with the command to do it by hand
 */
export async function define(
  { component, charts }: Extract<HopStep, { does: "define" }>,
  { asks, accepted }: Pick<GateOptions, "asks" | "accepted">,
): Promise<void> {
  for (const { repository, name, version } of charts) {
    const chart = repository.startsWith("oci://") ? [`${repository}/${name}`] : [name, "--repo", repository];
    const show = ["show", "crds", ...chart, "--version", version];
    const apply = { ...kubectl("apply", "--server-side", "--force-conflicts", "-f", "-"), seconds: 120 };
    const byHand = `helm ${show.join(" ")} | ${typed(apply)}`;
    const accept = `--accept define-${component}=<reason>`;
    if (accepted.has(`define-${component}`)) {
      warn(`definitions of ${component} are yours to apply: ${byHand}`);
      continue;
    }
    if (asks === undefined)
      throw new CommandFailure(
        `definitions of ${component} go before its chart, and --without-verify lets nobody apply them; apply them by hand, ${byHand}, and say so by ${accept}`,
      );
    const shown = helm(show);
    if ("problem" in shown)
      throw new CommandFailure(`${shown.problem}; apply them by hand, ${byHand}, and say so by ${accept}`);
    if (shown.output.trim() === "") continue;
    const { live, close } = await asks.target();
    const answer = await live.ask({ ...apply, input: shown.output }).finally(close);
    if (answer.is !== "said") throw new CommandFailure(`${byHand}: ${whyNot(answer)}`);
    say(answer.text.trim());
  }
}
