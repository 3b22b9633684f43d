import { admissionWorld } from "../admission/admission-world";
import { objections } from "../admission/decide";
import { admissionFindings } from "../admission/findings";
import type { Inventory, Resource } from "../guardrails/resource";

/** Pods that the API server would refuse, for the rules ADMISSION-*. A plan alone does not show the other stacks. */
export function refusedPods({ resources, complete }: Inventory): Resource[] {
  return complete ? admissionFindings(objections(admissionWorld(resources))) : [];
}
