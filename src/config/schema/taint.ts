import { z } from "zod";

/** Kubernetes taint, parsed from `key=value:Effect`. */
export const taint = z
  .string()
  .meta({ examples: ["CriticalAddonsOnly=true:NoSchedule"] })
  .transform((text, context) => {
    const match = /^([A-Za-z0-9./_-]+)(?:=([A-Za-z0-9._-]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(
      text,
    );
    if (match === null) {
      context.issues.push({
        code: "custom",
        message: "is no taint; write key=value:NoSchedule (or PreferNoSchedule, NoExecute)",
        input: text,
      });
      return z.NEVER;
    }
    return {
      key: match[1] ?? "",
      value: match[2] ?? "",
      effect: match[3] as "NoSchedule" | "PreferNoSchedule" | "NoExecute",
    };
  });
