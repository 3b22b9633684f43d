import { z } from "zod";
import { shortName } from "../common";

/** Kubernetes names a container port by an IANA service name, of at most 15 characters (RFC 6335, section 5.1). */
export const portName = shortName(15);

const number = z.number().int().min(1).max(65535);

/** Ports below are root's on a node whose container runtime keeps the kernel's default (ip_unprivileged_port_start). */
export const FIRST_UNPRIVILEGED_PORT = 1024;

const portSchema = z
  .strictObject({
    port: number.describe("Port of the service, 1 to 65535."),
    targetPort: number.optional().describe("Port of the container, 1024 or above. Default: port."),
    protocol: z
      .enum(["http", "grpc", "tcp"])
      .describe("What is spoken, for meshes, gateways and load balancers."),
  })
  .refine(
    ({ port, targetPort }) => (targetPort ?? port) >= FIRST_UNPRIVILEGED_PORT,
    "would need root in the container; add targetPort: 8080, or another of 1024 or above",
  )
  .meta({ examples: [{ port: 80, targetPort: 8080, protocol: "http" }] });

export const portsSchema = z
  .record(portName, portSchema)
  .refine(
    (ports) => Object.keys(ports).length > 0,
    "has no port; name at least the one of probes and metrics",
  )
  .describe("Ports by name. A worker has one as well, for /livez, /readyz and /metrics.")
  .meta({ examples: [{ http: { port: 80, targetPort: 8080, protocol: "http" } }] });
