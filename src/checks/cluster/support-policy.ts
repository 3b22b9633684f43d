import { supportEnd } from "../../facts/eks-calendar";
import type { TargetCheck } from "../finding";

/** A cluster in extended support costs six times as much, so it is asked for by name. */
export const supportPolicyCheck: TargetCheck = ({ config, release }) => {
  const end = supportEnd(release.kubernetes.version);
  if (end === undefined || !end.standardEnded || config.cluster.supportPolicy === "extended") return [];
  return [
    {
      path: ["cluster", "supportPolicy"],
      value: config.cluster.supportPolicy,
      message:
        `can't be: Kubernetes ${release.kubernetes.version} of release ${release.name} left standard support on ${end.standard};` +
        ` write extended (0.60 USD per cluster hour in place of 0.10), or a later release`,
      related: [["release"]],
    },
  ];
};
