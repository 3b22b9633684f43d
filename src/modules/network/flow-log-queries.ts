/** A subnet, with its zone and its first and last address as numbers. */
export interface SubnetRange {
  readonly zone: string;
  readonly tier: string;
  readonly first: number;
  readonly last: number;
}

export interface FlowLogQueryInput {
  readonly table: string;
  readonly subnets: readonly SubnetRange[];
  /** Network interfaces of the NAT gateways; there may be none. */
  readonly natInterfaceIds: readonly string[];
}

export interface FlowLogQuery {
  readonly description: string;
  readonly sql: string;
}

/** One day, in UTC, so that no query ever reads all of the logs. */
const DAY = "year = ? AND month = ? AND day = ?";
const ASKS = "Parameters: year, month, day (UTC).";

/**
 * Questions that an operator has about traffic, by name. `?` are Athena's execution parameters.
 *
 * An overlay shows the nodes' addresses here and not the pods': what goes on inside it is in Hubble.
 */
export function flowLogQueries(input: FlowLogQueryInput): Record<string, FlowLogQuery> {
  const { table, natInterfaceIds } = input;
  return {
    "rejected-flows": {
      description: `What security groups and network ACLs refused, most packets first. ${ASKS}`,
      sql: rejectedFlows(table),
    },
    "top-talkers-across-zones": {
      description: `IPv4 pairs that send most over zone borders, which AWS charges for. ${ASKS}`,
      sql: topTalkersAcrossZones(input),
    },
    ...(natInterfaceIds.length > 0 && {
      "nat-bytes-by-source": {
        description: `Who sends and gets most through the NAT gateways, which AWS charges for both. ${ASKS}`,
        sql: natBytesBySource(input),
      },
    }),
    "flows-of-a-pod": {
      description: `All flows from and to one address, by time. Parameters: year, month, day (UTC), the address in single quotes.`,
      sql: flowsOfAPod(table),
    },
  };
}

function rejectedFlows(table: string): string {
  return `SELECT pkt_srcaddr, pkt_dstaddr, dstport, protocol, flow_direction, interface_id,
  sum(packets) AS packets, count(*) AS records,
  from_unixtime(min("start")) AS first_seen, from_unixtime(max("end")) AS last_seen
FROM ${table}
WHERE ${DAY} AND action = 'REJECT' AND log_status = 'OK'
GROUP BY pkt_srcaddr, pkt_dstaddr, dstport, protocol, flow_direction, interface_id
ORDER BY packets DESC
LIMIT 100`;
}

/** A flow inside the VPC is recorded where it leaves and where it arrives: counted where it leaves only. */
function topTalkersAcrossZones({ table, subnets }: FlowLogQueryInput): string {
  const rows = [...subnets]
    .sort((a, b) => a.first - b.first)
    .map(({ zone, tier, first, last }) => `    ('${zone}', '${tier}', ${first}, ${last})`);
  return `WITH subnets (zone, tier, first_address, last_address) AS (
  VALUES
${rows.join(",\n")}
), flows AS (
  SELECT pkt_srcaddr, pkt_dstaddr, bytes,
    ${addressNumber("pkt_srcaddr")} AS source_number,
    ${addressNumber("pkt_dstaddr")} AS destination_number
  FROM ${table}
  WHERE ${DAY} AND action = 'ACCEPT' AND log_status = 'OK' AND type = 'IPv4' AND flow_direction = 'egress'
)
SELECT source.zone AS from_zone, destination.zone AS to_zone, source.tier AS from_tier,
  destination.tier AS to_tier, pkt_srcaddr, pkt_dstaddr, sum(bytes) AS bytes
FROM flows
JOIN subnets AS source ON source_number BETWEEN source.first_address AND source.last_address
JOIN subnets AS destination ON destination_number BETWEEN destination.first_address AND destination.last_address
WHERE source.zone <> destination.zone
GROUP BY source.zone, destination.zone, source.tier, destination.tier, pkt_srcaddr, pkt_dstaddr
ORDER BY bytes DESC
LIMIT 100`;
}

/**
 * Records of a NAT gateway's own interface. Where packet and record name different ends, the gateway stands between
 * them: it has the sender as pkt_srcaddr on the way out and the receiver as pkt_dstaddr on the way back.
 */
function natBytesBySource({ table, natInterfaceIds }: FlowLogQueryInput): string {
  const interfaces = natInterfaceIds.map((id) => `'${id}'`).join(", ");
  const isOut = "flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr";
  const isBack = "flow_direction = 'egress' AND srcaddr <> pkt_srcaddr";
  return `SELECT CASE WHEN ${isOut} THEN pkt_srcaddr ELSE pkt_dstaddr END AS source,
  sum(CASE WHEN ${isOut} THEN bytes ELSE 0 END) AS bytes_out,
  sum(CASE WHEN ${isBack} THEN bytes ELSE 0 END) AS bytes_back,
  sum(bytes) AS bytes
FROM ${table}
WHERE ${DAY} AND log_status = 'OK' AND interface_id IN (${interfaces})
  AND ((${isOut}) OR (${isBack}))
GROUP BY CASE WHEN ${isOut} THEN pkt_srcaddr ELSE pkt_dstaddr END
ORDER BY bytes DESC
LIMIT 100`;
}

function flowsOfAPod(table: string): string {
  return `SELECT from_unixtime("start") AS since, from_unixtime("end") AS until, action, flow_direction,
  pkt_srcaddr, srcport, pkt_dstaddr, dstport, protocol, packets, bytes, tcp_flags, traffic_path,
  pkt_dst_aws_service, az_id, subnet_id, instance_id, interface_id
FROM ${table}
WHERE ${DAY} AND ? IN (pkt_srcaddr, pkt_dstaddr)
ORDER BY "start"
LIMIT 1000`;
}

/** An IPv4 address as a number, in functions that every Athena engine has; null where there is none. */
function addressNumber(column: string): string {
  return [16777216, 65536, 256, 1]
    .map((weight, index) => `TRY_CAST(split_part(${column}, '.', ${index + 1}) AS bigint) * ${weight}`)
    .join(" + ");
}
