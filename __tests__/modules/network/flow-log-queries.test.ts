import { flowLogColumns } from "../../../src/modules/network/flow-log-fields";
import { type FlowLogQueryInput, flowLogQueries } from "../../../src/modules/network/flow-log-queries";

const input: FlowLogQueryInput = {
  table: `"dev_flow_logs"."flow_logs"`,
  subnets: [
    { zone: "us-east-1b", tier: "nodes", first: 167788544, last: 167804927 },
    { zone: "us-east-1a", tier: "nodes", first: 167772160, last: 167788543 },
  ],
  natInterfaceIds: ["eni-a", "eni-b"],
};
const queries = flowLogQueries(input);
const sqlOf = (name: string) => queries[name]?.sql ?? "";

// What is refused, what crosses zones, what pays for NAT, and what one pod does.
test("there are the questions that operators ask", () => {
  expect(Object.keys(queries).sort()).toEqual([
    "flows-of-a-pod",
    "nat-bytes-by-source",
    "rejected-flows",
    "top-talkers-across-zones",
  ]);
});

describe.each(Object.entries(queries))("%s", (_name, { sql, description }) => {
  test("reads one day and no more, and says which parameters it wants", () => {
    expect(sql).toContain("WHERE year = ? AND month = ? AND day = ?");
    expect(description).toContain("year, month, day (UTC)");
    expect(sql).toMatch(/LIMIT \d+$/);
  });

  test("names no column that the table does not have", () => {
    const known = flowLogColumns().map(({ name }) => name);
    const looksLikeColumn = /\b(?:pkt_\w+|\w+addr|\w+port|\w+_id|log_status|flow_direction|traffic_path)\b/g;

    const used = sql.replace(/'[^']*'|"dev_flow_logs"/g, "").match(looksLikeColumn) ?? [];

    expect(used.length).toBeGreaterThan(0);
    expect(known).toEqual(expect.arrayContaining(used));
  });

  test("has its parentheses and quotes closed", () => {
    expect(sql.split("(")).toHaveLength(sql.split(")").length);
    expect(sql.split("'").length % 2).toBe(1);
  });
});

test("rejected flows are what was rejected", () => {
  expect(sqlOf("rejected-flows")).toContain("action = 'REJECT'");
});

test("talkers across zones are found by the subnets, each flow once", () => {
  const sql = sqlOf("top-talkers-across-zones");

  expect(sql.replace(/\s+/g, " ")).toContain(
    "VALUES ('us-east-1a', 'nodes', 167772160, 167788543), ('us-east-1b', 'nodes', 167788544, 167804927)",
  );
  expect(sql).toContain("source.zone <> destination.zone");
  expect(sql).toContain("flow_direction = 'egress'");
});

test("NAT bytes are those of the gateways' interfaces; without gateways nobody asks", () => {
  expect(sqlOf("nat-bytes-by-source")).toContain("interface_id IN ('eni-a', 'eni-b')");
  expect(flowLogQueries({ ...input, natInterfaceIds: [] })).not.toHaveProperty("nat-bytes-by-source");
});

test("a pod's flows are those from it and to it, whatever address the interface has", () => {
  expect(sqlOf("flows-of-a-pod")).toContain("? IN (pkt_srcaddr, pkt_dstaddr)");
  expect(sqlOf("flows-of-a-pod").split("?")).toHaveLength(5);
});
