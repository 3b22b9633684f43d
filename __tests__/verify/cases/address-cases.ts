import { type Answers } from "../../support/live-answers";
import { type LiveCase, describeCluster, subnets, GET_CLUSTER, CILIUM_ENI } from "./objects";

const GET_SUBNETS = "aws ec2 describe-subnets --filters Name=vpc-id,Values=vpc-1";

const ofVpc: Answers = { [GET_CLUSTER]: describeCluster(), [GET_SUBNETS]: subnets() };

export const addressCases: readonly LiveCase[] = [
  {
    id: "SUBNET-ADDRESSES",
    answers: ofVpc,
    faults: [
      {
        changed: { [GET_SUBNETS]: subnets({ "10.0.80.0/20": 12 }) },
        says: /nodes subnet of us-east-1b .* has 12 addresses left, of 4,091/,
      },
      {
        changed: { [GET_SUBNETS]: subnets({ "10.0.80.0/20": 1000 }) },
        says: /uses 3,091 addresses, the plan counts with 1,605 at most/,
      },
      { changed: { [GET_SUBNETS]: { Subnets: [] } }, says: /is not in the VPC/ },
    ],
  },
  {
    id: "SUBNET-PREFIXES",
    yaml: CILIUM_ENI,
    answers: { ...ofVpc, "aws ec2 describe-network-interfaces *": { NetworkInterfaces: [] } },
    faults: [
      {
        changed: {
          "aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=subnet-10.0.16.0/20": {
            NetworkInterfaces: [
              {
                SubnetId: "s",
                PrivateIpAddresses: Array.from({ length: 256 }, (_, block) => ({
                  PrivateIpAddress: `10.0.${16 + Math.floor(block / 16)}.${(block % 16) * 16 + 3}`,
                })),
              },
            ],
          },
        },
        says: /us-east-1a .* has 0 whole \/28 blocks left, and a node needs 7; 3,500 addresses are free, scattered/,
      },
    ],
  },
  {
    id: "LB-SUBNETS",
    answers: ofVpc,
    faults: [
      {
        changed: { [GET_SUBNETS]: subnets({}, false) },
        says: /0 of 3 public subnets have the tag kubernetes.io\/role\/elb/,
      },
      {
        changed: { [GET_SUBNETS]: subnets({ "10.0.8.0/24": 5 }) },
        says: /10.0.8.0\/24 has 5 addresses left; a load balancer needs 8/,
      },
    ],
  },
];
