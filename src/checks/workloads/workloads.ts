import type { CheckedWorkload } from "./checked-workload";
import type { Finding, TargetCheck } from "../finding";
import { annotationFindings } from "./annotations";
import { drainFindings } from "./drain";
import { featureFindings } from "./features";
import { peersFindings } from "./peers";
import { placeFindings } from "./placement";
import { quotaFindings } from "./quotas";
import { scalingFindings } from "./scaling";

/** Services that could not run here, or not as they say. */
export const workloadCheck: TargetCheck = (target): Finding[] => {
  const all = Object.entries(target.workloads).map(([name, workload]): CheckedWorkload => ({
    target,
    name,
    workload,
    path: ["workloads", name],
  }));
  return [
    ...all.flatMap((each) => [
      ...placeFindings(each),
      ...featureFindings(each),
      ...annotationFindings(each),
      ...drainFindings(each),
      ...scalingFindings(each),
      ...peersFindings(each),
    ]),
    ...quotaFindings(target),
  ];
};
