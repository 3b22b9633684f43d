import { z } from "zod";

/** A time as the Gateway API and Istio both write it. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}(ms|s|m|h)$/, "is not a time; write for example 500ms, 5s or 1m")
  .meta({ examples: ["5s"] });
