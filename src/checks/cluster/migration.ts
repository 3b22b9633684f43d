import type { ConfigPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";

const MIGRATION: ConfigPath = ["cluster", "migration"];

/** A change of the pods' network that the config asks for: from something else, and with groups that can be new ones. */
export const migrationCheck: TargetCheck = ({ config, podNetwork }) => {
  const { migration } = config.cluster;
  if (migration === undefined) return [];
  const findings: Finding[] = [];
  if (migration.from === podNetwork) {
    findings.push({
      path: [...MIGRATION, "from"],
      message: "is how cni networks pods now, so nothing changes; remove cluster.migration, or change cni",
      related: [["cni"]],
    });
  }
  for (const [name, { generation }] of Object.entries(config.nodes)) {
    if (generation !== undefined) continue;
    findings.push({
      path: ["nodes", name, "generation"],
      message:
        "is required with cluster.migration, so that a new group starts beside the old one; write 2, or one more than it was",
      related: [MIGRATION],
    });
  }
  return findings;
};
