import type { InstalledRecord } from "../components/component";
import { installed } from "../components/components";
import type { Identity } from "./identity";
import type { ProvedCall } from "./evaluate/proved-call";

/** Identities whose settings have a place of their own. */
const OWN: Readonly<Partial<Record<string, string>>> = {
  CI: "account.ci",
  "EC2 Auto Scaling": "nodes",
  "VPC flow logs": "network.flowLogs",
  deploy: "account.deployRole",
  "log delivery of DNS queries": "network",
  "log delivery of VPC flow logs": "network.flowLogs",
};

const records: readonly InstalledRecord[] = installed;

/** Where the component is set up whose role it is. */
function ofComponent(name: string): string | undefined {
  return records.find(({ roles = {} }) => roles[name] !== undefined)?.settings?.join(".");
}

/** What a stack is made of, where it is not named like its setting. */
const OF_STACKS: Readonly<Partial<Record<string, string>>> = {
  autoscaling: "nodes",
  bootstrap: "account",
  federation: "mesh",
};

/** The setting that comes nearest to what stops a call: of the endpoint, else of who calls. */
export function settingOf({ name, kind, where: { stack } }: Identity, { verdict }: ProvedCall): string {
  if (verdict.kind !== "allowed" && verdict.layer === "endpoint") return "network.endpoints";
  const section = stack.slice(stack.lastIndexOf("-") + 1);
  if (kind === "service") return `workloads.${name}`;
  return OWN[name] ?? ofComponent(name) ?? OF_STACKS[section] ?? section;
}
