/** One of the seven questions of an IP capacity review. */
export interface CapacityAnswer {
  readonly id:
    | "fits"
    | "steady-need"
    | "surge-and-burst-need"
    | "instance-types"
    | "prefix-delegation"
    | "custom-networking-or-ipv6"
    | "metrics";
  readonly question: string;
  readonly answer: string;
}
