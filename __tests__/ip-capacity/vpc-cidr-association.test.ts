import { parseCidr } from "../../src/ip-capacity/cidr";
import { associationProblem } from "../../src/ip-capacity/vpc-cidr-association";

const problem = (primary: string, secondary: string, ...others: string[]) =>
  associationProblem(parseCidr(primary), parseCidr(secondary), others.map(parseCidr));

// Amazon VPC User Guide, "IPv4 CIDR block association restrictions".
describe("ranges that AWS associates", () => {
  test.each([
    ["10.8.0.0/16", "10.9.0.0/16"],
    ["10.8.0.0/16", "10.0.0.0/16"],
    ["10.0.0.0/16", "100.64.0.0/16"],
    ["172.16.0.0/16", "172.20.0.0/16"],
    ["192.168.0.0/20", "192.168.16.0/20"],
    ["192.168.0.0/20", "100.127.0.0/16"],
    ["100.64.0.0/16", "100.65.0.0/16"],
    ["10.0.0.0/16", "11.0.0.0/16"],
  ])("beside %s: %s", (primary, secondary) => {
    expect(problem(primary, secondary)).toBeUndefined();
  });
});

describe("ranges that AWS refuses", () => {
  test.each([
    [
      "10.8.0.0/16",
      "172.16.0.0/16",
      "can't be associated with a VPC whose first range is 10.8.0.0/16; write a block of 100.64.0.0/10, or a free one of 10.0.0.0/8",
    ],
    [
      "172.16.0.0/16",
      "192.168.0.0/16",
      "can't be associated with a VPC whose first range is 172.16.0.0/16; write a block of 100.64.0.0/10, or a free one of 172.16.0.0/12",
    ],
    [
      "172.16.0.0/16",
      "172.31.0.0/16",
      "is in 172.31.0.0/16, which AWS does not combine with another range of 172.16.0.0/12; write a block of 100.64.0.0/10, or a free one of 172.16.0.0/12",
    ],
    [
      "100.64.0.0/16",
      "10.0.0.0/16",
      "can't be associated with a VPC whose first range is 100.64.0.0/16; write a block of 100.64.0.0/10",
    ],
    [
      "10.8.0.0/16",
      "198.19.0.0/16",
      "can't be associated with a VPC whose first range is 10.8.0.0/16; write a block of 100.64.0.0/10, or a free one of 10.0.0.0/8",
    ],
    [
      "10.1.0.0/16",
      "10.0.0.0/20",
      "is in 10.0.0.0/16, which AWS does not combine with 10.1.0.0/16; write a block of 100.64.0.0/10, or a free one of 10.0.0.0/8",
    ],
    [
      "10.0.0.0/16",
      "169.254.0.0/20",
      "is link-local, which no VPC can have; write a block of 100.64.0.0/10, or a free one of 10.0.0.0/8",
    ],
  ])("beside %s: %s", (primary, secondary, message) => {
    expect(problem(primary, secondary)).toBe(message);
  });

  test("10.0.0.0/16 also beside another secondary range of 10.0.0.0/15", () => {
    expect(problem("10.8.0.0/16", "10.0.0.0/20", "10.1.0.0/16")).toContain("combine with 10.1.0.0/16");
  });
});
