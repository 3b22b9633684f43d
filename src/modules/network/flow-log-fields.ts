/** Type of a column in Athena. */
export type ColumnType = "string" | "int" | "bigint";

interface FlowLogField {
  /** As the VPC User Guide names it ("Flow log records"). */
  readonly name: string;
  /** What its Parquet type (INT_32, INT_64, STRING) is in Athena. */
  readonly type: ColumnType;
}

const text = (name: string): FlowLogField => ({ name, type: "string" });
const int = (name: string): FlowLogField => ({ name, type: "int" });
const bigint = (name: string): FlowLogField => ({ name, type: "bigint" });

/**
 * Fields of a record. The first thirteen say who talked to whom and whether it passed. The others say what those can't:
 * who a packet is really from where an address was translated (pkt-*), which way and by which exit it went, and in which
 * zone.
 * New ones go to the end; changing them replaces the flow log.
 */
export const flowLogFields: readonly FlowLogField[] = [
  int("version"),
  text("account-id"),
  text("vpc-id"),
  text("subnet-id"),
  text("srcaddr"),
  text("dstaddr"),
  int("srcport"),
  int("dstport"),
  int("protocol"),
  bigint("packets"),
  bigint("bytes"),
  text("action"),
  text("log-status"),
  text("interface-id"),
  text("instance-id"),
  text("az-id"),
  text("region"),
  text("type"),
  bigint("start"),
  bigint("end"),
  int("tcp-flags"),
  text("pkt-srcaddr"),
  text("pkt-dstaddr"),
  text("pkt-src-aws-service"),
  text("pkt-dst-aws-service"),
  text("flow-direction"),
  int("traffic-path"),
];

/** The format as AWS reads it. `$${` is how Terraform writes `${`. */
export function flowLogFormat(): string {
  return flowLogFields.map(({ name }) => `$\${${name}}`).join(" ");
}

/** Columns of the table: Parquet files have the fields' names with underscores. */
export function flowLogColumns(): { name: string; type: ColumnType }[] {
  return flowLogFields.map(({ name, type }) => ({ name: name.replaceAll("-", "_"), type }));
}
