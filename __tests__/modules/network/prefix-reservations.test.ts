import { PrefixReservations } from "../../../src/modules/network/prefix-reservations";
import { resourcesOf, synthConstruct } from "../../support/synth";

test("reserves each CIDR in its zone's subnet, for prefixes", () => {
  const json = synthConstruct((scope) => {
    new PrefixReservations(scope, "prefixes", {
      subnetIds: { "us-east-1a": "subnet-a", "us-east-1b": "subnet-b" },
      cidrs: {
        "us-east-1a": ["10.0.40.0/21", "10.0.48.0/22"],
        "us-east-1b": [],
        "us-east-1c": ["10.0.160.0/21"],
      },
    });
  });

  expect(resourcesOf(json, "aws_ec2_subnet_cidr_reservation")).toMatchObject({
    "prefixes_us-east-1a-10-0-40-0-21": {
      subnet_id: "subnet-a",
      cidr_block: "10.0.40.0/21",
      reservation_type: "prefix",
    },
    "prefixes_us-east-1a-10-0-48-0-22": { subnet_id: "subnet-a", cidr_block: "10.0.48.0/22" },
  });
  expect(Object.keys(resourcesOf(json, "aws_ec2_subnet_cidr_reservation"))).toHaveLength(2);
});
