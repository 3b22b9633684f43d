import { clearStack } from "./clear-stack";
import { layStack } from "./lay-stack";
import type { OpenBundle } from "./open-bundle";

/** The bundle that this program's commands take everything from; none where they may download. */
let current: OpenBundle | undefined;

/** From here on Terraform takes everything from it. */
export function takeFrom(bundle: OpenBundle): void {
  current = bundle;
}

/** Laid folders, each with its CLI configuration. */
const laid = new Map<string, string>();

/** Before `terraform init` in a folder: with a bundle lays what the stack needs, without one takes away what a bundle left. */
export function beforeInit(cwd: string): void {
  if (current === undefined) clearStack(cwd);
  else laid.set(cwd, layStack(cwd, current));
}

/** What Terraform's environment has by the bundle. */
export function offlineEnv(cwd: string): Record<string, string> {
  const config = current === undefined ? undefined : laid.get(cwd);
  return config === undefined ? {} : { TF_CLI_CONFIG_FILE: config };
}
