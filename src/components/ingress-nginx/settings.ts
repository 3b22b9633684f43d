import { z } from "zod";
import { reason } from "../../config/schema/common";

export const nginx = z
  .strictObject({ reason: reason("rewrites of the old shop, moved to routes by May: WEB-811") })
  .optional()
  .describe(
    "ingress-nginx, retired by its maintainers in March 2026: faults found since then are not fixed. Default: none.",
  );
