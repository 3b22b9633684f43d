import { settingsOf } from "../../components/installing";
import type { Construct } from "constructs";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { identityContract } from "./identity-contract";

/** SPIRE. Cilium's mutual authentication is a part of Cilium, in the cni stack. */
export class IdentityStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "identity", props);
    this.installComponents();
    const { trustDomain } = settingsOf(this.target.config.identity, this.target);
    publish(this, identityContract, { trust_domain: trustDomain });
  }
}
