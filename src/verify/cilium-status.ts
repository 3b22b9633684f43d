import { z } from "zod";

const state = z
  .object({ state: z.string().catch(""), msg: z.string().catch("") })
  .optional()
  .catch(undefined);

/**
 * `cilium-dbg status -o json`: StatusResponse of cilium/cilium v1.19.6, api/v1/models/status_response.go and the models that it names
 * (the same fields in v1.18.11).
 */
export const ciliumStatus = z.object({
  cilium: state,
  kubernetes: state,
  "container-runtime": state,
  /** `True` or `False`. */
  "kube-proxy-replacement": z.object({ mode: z.string().optional() }).optional().catch(undefined),
  /** `Native` or `Tunnel`. */
  routing: z
    .object({ "inter-host-routing-mode": z.string().optional(), "tunnel-protocol": z.string().optional() })
    .optional()
    .catch(undefined),
  encryption: z.object({ mode: z.string().optional() }).optional().catch(undefined),
  "cluster-mesh": z
    .object({
      clusters: z
        .array(
          z.object({
            name: z.string().catch(""),
            ready: z.boolean().catch(false),
            connected: z.boolean().catch(false),
            status: z.string().catch(""),
          }),
        )
        .catch([]),
    })
    .optional()
    .catch(undefined),
});

/** Of a CiliumNode (pkg/ipam/types/types.go, v1.19.6). */
export const ciliumNode = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z
    .object({ ipam: z.object({ pool: z.record(z.string(), z.unknown()).optional() }).optional() })
    .optional(),
  status: z
    .object({
      ipam: z
        .object({
          used: z.record(z.string(), z.unknown()).optional(),
          "operator-status": z.object({ error: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});
