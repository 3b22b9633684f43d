import { type Declaration, declarationOf, type GoPackage } from "../provider-source/go-source";

const PROVIDER_SERVICES = "github.com/hashicorp/terraform-provider-aws/internal/service/";
const SDK = "github.com/aws/aws-sdk-go-v2/service/";

/** Packages of the SDK by the provider's name for their client, where it is not the same in lower case. */
const CLIENTS: Readonly<Record<string, string>> = {
  elbv2: "elasticloadbalancingv2",
  events: "eventbridge",
  logs: "cloudwatchlogs",
  s3express: "s3",
};

/** A call of the SDK: its package and the operation. */
export interface SdkCall {
  readonly service: string;
  readonly operation: string;
}

type Packages = (name: string) => GoPackage;

/**
 * The calls of the SDK that a function reaches, through functions of its package, of other services' packages, and
 * methods of its own receiver. Functions that are named only, as values, count as called.
 *
 * @param start `eks.resourceClusterCreate`, or a method as `ec2.securityGroupRuleResource.Create`
 */
export function sdkCalls(start: string, packages: Packages): SdkCall[] {
  const seen = new Set<string>();
  const calls = new Map<string, SdkCall>();
  const todo = [start];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const [folder = "", ...rest] = name.split(".");
    const inPackage = packages(folder);
    const declaration = declarationOf(rest.join("."), inPackage);
    if (declaration === undefined) continue;
    for (const call of ownCalls(declaration)) calls.set(`${call.service}:${call.operation}`, call);
    todo.push(...named(declaration, folder, rest, inPackage));
  }
  return [...calls.values()];
}

function ownCalls({ text, imports }: Declaration): SdkCall[] {
  const clients = new Map<string, string>();
  const sdkPackage = (alias: string) => {
    const path = imports.get(alias);
    return path?.startsWith(SDK) === true ? path.slice(SDK.length).split("/")[0] : undefined;
  };
  for (const [, variable = "", alias = ""] of text.matchAll(/\b(\w+) \*(\w+)\.Client\b/g)) {
    const service = sdkPackage(alias);
    if (service !== undefined) clients.set(variable, service);
  }
  for (const [, variable = "", client = ""] of text.matchAll(/\b(\w+) :?= [^\n]*\.(\w+)Client\(ctx/g)) {
    const service = client.toLowerCase();
    clients.set(variable, CLIENTS[service] ?? service);
  }
  const direct = [...text.matchAll(/\b(\w+)\.([A-Z]\w+)\(ctx\b/g)].flatMap(
    ([, variable = "", operation = ""]) => {
      const service = clients.get(variable);
      return service === undefined ? [] : [{ service, operation }];
    },
  );
  const helped = [...text.matchAll(/\b(\w+)\.New(\w+?)(?:Paginator|Waiter)\(/g)].flatMap(
    ([, alias = "", operation = ""]) => {
      const service = sdkPackage(alias);
      return service === undefined ? [] : [{ service, operation }];
    },
  );
  return [...direct, ...helped];
}

/**
 * Functions and methods that a declaration names.
 *
 * @param name with the struct that a method was called of, which may embed the one that declares it
 */
function named(
  { text, receiver, imports }: Declaration,
  folder: string,
  [struct = "", method]: readonly string[],
  inPackage: GoPackage,
): string[] {
  const body = text.slice(text.indexOf("{"));
  const own = [...body.matchAll(/(?<![.\w])([a-zA-Z_]\w*)\b(?!\s*:[^=])/g)]
    .map(([, each = ""]) => each)
    .filter((each) => inPackage.has(each))
    .map((each) => `${folder}.${each}`);
  const methods =
    method === undefined || receiver === undefined
      ? []
      : [...body.matchAll(new RegExp(`\\b${receiver}\\.(\\w+)\\b`, "g"))].map(
          ([, each = ""]) => `${folder}.${struct}.${each}`,
        );
  const others = [...body.matchAll(/\b(\w+)\.([A-Z]\w*)\(/g)].flatMap(([, alias = "", func = ""]) => {
    const path = imports.get(alias);
    return path?.startsWith(PROVIDER_SERVICES) === true
      ? [`${path.slice(PROVIDER_SERVICES.length)}.${func}`]
      : [];
  });
  return [...own, ...methods, ...others];
}
