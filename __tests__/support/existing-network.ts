/** A target's network in a VPC that is there already, as YAML. Each test changes what it is about. */
export const EXISTING_NETWORK = `network:
  vpcCidr: 10.20.0.0/16
  zones: [us-east-1a, us-east-1b, us-east-1c]
  subnets:
    nodes: { cidrs: { us-east-1a: 10.20.32.0/19, us-east-1b: 10.20.64.0/19, us-east-1c: 10.20.96.0/19 } }
    controlPlane: { cidrs: { us-east-1a: 10.20.4.0/28, us-east-1b: 10.20.4.16/28, us-east-1c: 10.20.4.32/28 } }
  existing:
    vpcId: vpc-0a1b2c3d4e5f60718
    subnets:
      nodes: { us-east-1a: subnet-0b000001, us-east-1b: subnet-0b000002, us-east-1c: subnet-0b000003 }
      controlPlane: { us-east-1a: subnet-0c000001, us-east-1b: subnet-0c000002, us-east-1c: subnet-0c000003 }
    routeTables:
      nodes: { us-east-1a: rtb-0a000001, us-east-1b: rtb-0a000002, us-east-1c: rtb-0a000002 }
      controlPlane: rtb-0a000004
  networkAcls: { kind: none, reason: network ACLs come from the landing zone }
`;
