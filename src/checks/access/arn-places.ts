import type { Finding, TargetCheck } from "../finding";
import { textsOf } from "./partitions";

/** Services that use what an ARN names only in their own region, some only in their own account. */
interface Place {
  readonly what: string;
  readonly why: string;
  /** Whether the account has to be the target's, too. */
  readonly ownAccount: boolean;
}

/** By the service in the ARN. */
const PLACES: Readonly<Record<string, Place>> = {
  // Amazon MSK Developer Guide, "Multi-VPC private connectivity": other accounts' brokers have other names and ports.
  kafka: {
    what: "a cluster",
    why: "KEDA asks brokers of its own account and region only",
    ownAccount: true,
  },
  // Elastic Load Balancing User Guide for ALBs, "SSL certificates": of the load balancer's region. ACM shares none.
  acm: {
    what: "a certificate",
    why: "load balancers take certificates of their own account and region only",
    ownAccount: true,
  },
  // AWS WAF API reference, AssociateWebACL: a regional web ACL and the resource are in one region and account.
  wafv2: {
    what: "a web ACL",
    why: "load balancers take web ACLs of their own account and region only",
    ownAccount: true,
  },
};

/** Keys of secrets: Secrets Manager and Parameter Store use those of their own region only; another account may share one. */
const SECRETS_KEY: Place = {
  what: "a key",
  why: "the services that keep secrets use keys of their own region only",
  ownAccount: false,
};

/** ARNs of the right partition that AWS refuses for their region or account, when the load balancer or secret is made. */
export const arnPlaceCheck: TargetCheck = ({ source, region, config }) =>
  textsOf(source).flatMap(({ path, text }): Finding[] => {
    // Statements of a service name what its own code calls, wherever that is.
    if (path.includes("statements")) return [];
    const [, service = "", arnRegion, account] =
      /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]+):(\d{12}):/.exec(text) ?? [];
    const place = service === "kms" && path.includes("keyArns") ? SECRETS_KEY : PLACES[service];
    if (place === undefined || arnRegion === undefined) return [];
    const { what, why, ownAccount } = place;
    if (arnRegion !== region) {
      return [{ path, message: `is in ${arnRegion}, and ${why}; write ${what} of ${region}` }];
    }
    if (!ownAccount || account === config.account.id) return [];
    return [{ path, message: `is of account ${account}, and ${why}; write ${what} of ${config.account.id}` }];
  });
