import { aService, PLATFORMS, routed, specOf } from "../../../support/traffic";

describe("how callers use the pods", () => {
  const policy = (yaml: string, mesh: object = {}) => {
    const platform = { ...PLATFORMS.istio, mesh: { ...PLATFORMS.istio.mesh, ...mesh } };
    return (
      specOf(routed(`destination: ${yaml}`, platform), "DestinationRule/api") as {
        trafficPolicy: object;
      }
    ).trafficPolicy;
  };

  test("limits of connections and requests", () => {
    const yaml =
      "{ connections: { max: 100, connectTimeout: 1s, pendingRequests: 10, requests: 200, requestsPerConnection: 50, idleTimeout: 5m } }";

    expect(policy(yaml)).toEqual({
      tls: { mode: "ISTIO_MUTUAL" },
      connectionPool: {
        tcp: { maxConnections: 100, connectTimeout: "1s" },
        http: {
          http1MaxPendingRequests: 10,
          http2MaxRequests: 200,
          maxRequestsPerConnection: 50,
          idleTimeout: "5m",
        },
      },
    });
  });

  // Istio, "Locality failover": outlier detection is required for failover to work.
  test("failing over comes with leaving out pods that fail, all of them if need be", () => {
    expect(policy("{ locality: { failover: { us-east-1: us-west-2 } } }")).toEqual({
      tls: { mode: "ISTIO_MUTUAL" },
      outlierDetection: {
        consecutive5xxErrors: 5,
        interval: "10s",
        baseEjectionTime: "30s",
        maxEjectionPercent: 100,
      },
      loadBalancer: {
        localityLbSetting: { enabled: true, failover: [{ from: "us-east-1", to: "us-west-2" }] },
      },
    });
  });

  test("shares of regions", () => {
    const yaml = "{ locality: { distribute: { us-east-1: { us-east-1: 80, us-west-2: 20 } } } }";

    expect(policy(yaml)).toMatchObject({
      loadBalancer: {
        localityLbSetting: {
          distribute: [{ from: "us-east-1/*", to: { "us-east-1/*": 80, "us-west-2/*": 20 } }],
        },
      },
    });
  });

  // It takes the place of the mesh's own rule for all services (components/istio/east-west-gateway.ts).
  test("in a mesh of several clusters pods that fail are always left out", () => {
    expect(policy("{}", { peers: true })).toMatchObject({ outlierDetection: { maxEjectionPercent: 100 } });
    expect(policy("{}")).toEqual({ tls: { mode: "ISTIO_MUTUAL" } });
  });

  test("pods that are not in the mesh get no mutual TLS, which they would not speak", () => {
    const service = aService("api", ["http:80:8080"], { inMesh: false });

    expect(
      specOf(routed("destination: { outliers: {} }", PLATFORMS.istio, service), "DestinationRule/api"),
    ).toMatchObject({ trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } });
    expect(
      specOf(routed("destination: { outliers: {} }", PLATFORMS.istio, service), "DestinationRule/api"),
    ).not.toHaveProperty("trafficPolicy.tls");
  });

  test("an ambient mesh does mutual TLS by itself", () => {
    expect(policy("{ outliers: {} }", { dataPlane: "ambient" })).not.toHaveProperty("tls");
  });
});
