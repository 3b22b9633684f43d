import { ENVIRONMENT, NETWORK, problemsOf } from "./problems";

/** A target's namespaces. */
export const SHOP = "namespaces: { shop: {} }\n";

/** The first lines of a valid service, whose file is `workloads/web.yaml`. */
export const SERVICE = 'namespace: shop\nimage: "{account}.dkr.ecr.{region}.amazonaws.com/web:1"\n';

const PORTS = "ports: { http: { port: 8080, protocol: http } }\n";
const RESOURCES = "resources: { cpus: 0.1, memoryMiB: 128 }\n";

/** Problems of a target with one service; what a service needs is filled in. */
export function serviceProblems(service: string, target: string): string[] {
  const filled = [
    service,
    /^ports:/m.test(service) ? "" : PORTS,
    /^resources:/m.test(service) ? "" : RESOURCES,
  ].join("");
  return problemsOf({
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": NETWORK + target,
    "dev/workloads/web.yaml": filled,
  });
}

export interface RefusedService {
  readonly what: string;
  /** @default SHOP */
  readonly target?: string;
  readonly service: string;
  readonly problem: string;
  /** What is said besides. */
  readonly more?: readonly string[];
}

export function refusesService(cases: readonly RefusedService[]): void {
  test.each(cases)("refuses $what", ({ service, target = SHOP, problem, more = [] }) => {
    expect(serviceProblems(service, target)).toEqual([problem, ...more]);
  });
}
