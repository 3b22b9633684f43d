import type { CheckedWorkload } from "./checked-workload";
import type { Finding, TargetCheck } from "../finding";
import { annotationFindings } from "./workload-annotation-findings";
import { drainFindings } from "./workload-drain-findings";
import { featureFindings } from "./workload-feature-findings";
import { peersFindings } from "./workload-peer-findings";
import { placeFindings } from "./workload-place-findings";
import { quotaFindings } from "./workload-quota-findings";
import { scalingFindings } from "./workload-scaling-findings";

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
