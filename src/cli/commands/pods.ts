import { requireInstanceType, UnknownInstanceTypeError } from "../../facts/instance-types";
import { podDensity } from "../../ip-capacity/pod-density";
import { isPodDensityMode, type PodDensityMode, podDensityModes } from "../../ip-capacity/pod-density-mode";
import { podsText } from "../../ip-capacity/pods-text";
import { UsageError } from "../report-error";
import { print, printJson } from "../terminal";

export function pods(names: string[], options: { mode?: string; json?: boolean }): void {
  names.forEach(refuseUnknownType);
  const modes = options.mode === undefined ? podDensityModes : [modeOf(options.mode)];
  const densities = names.flatMap((name) => modes.map((mode) => podDensity(name, mode)));
  if (options.json) printJson("pods", densities);
  else print(podsText(densities));
}

function refuseUnknownType(name: string): void {
  try {
    requireInstanceType(name);
  } catch (error) {
    throw error instanceof UnknownInstanceTypeError ? new UsageError(error.message) : error;
  }
}

function modeOf(text: string): PodDensityMode {
  if (isPodDensityMode(text)) return text;
  throw new UsageError(`--mode ${text} is not a mode; write one of ${podDensityModes.join(", ")}`);
}
