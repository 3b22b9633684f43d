import { z } from "zod";
import { isLabelValue, isQualifiedName } from "./labels";

/** Kubernetes taint, parsed from `key=value:Effect`. */
export const taint = z
  .string()
  .meta({ examples: ["CriticalAddonsOnly=true:NoSchedule"] })
  .transform((text, context) => {
    const [, key = "", value = "", effect] =
      /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(text) ?? [];
    if (!isQualifiedName(key) || !isLabelValue(value)) {
      context.issues.push({
        code: "custom",
        message:
          "is not a taint; write key=value:NoSchedule (or PreferNoSchedule, NoExecute), with a key and a value as labels have them",
        input: text,
      });
      return z.NEVER;
    }
    return { key, value, effect: effect as "NoSchedule" | "PreferNoSchedule" | "NoExecute" };
  });

export type Taint = z.output<typeof taint>;
