import type { TargetCheck } from "../finding";

/** An existing bucket's lifecycle is its owner's. */
export const flowLogsCheck: TargetCheck = ({ config }) => {
  const { flowLogs } = config.network;
  if (flowLogs.kind !== "s3" || flowLogs.bucket === undefined || flowLogs.retentionDays === undefined)
    return [];
  const message = `has no effect in the existing bucket ${flowLogs.bucket}, whose owner's lifecycle rules decide; remove it`;
  return [
    { path: ["network", "flowLogs", "retentionDays"], message, related: [["network", "flowLogs", "bucket"]] },
  ];
};
