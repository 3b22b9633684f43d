export type Tier = "public" | "nodes" | "pods" | "controlPlane" | "firewall" | "transitGateway";
