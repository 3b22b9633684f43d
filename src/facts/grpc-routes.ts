/** A port of a service, and what is spoken there; TCP has no requests. */
interface SpokenPort {
  readonly port: number;
  readonly protocol: string;
}

interface RoutedTo {
  readonly match: { readonly kind: string };
  readonly action:
    | { readonly kind: "redirect" }
    | {
        readonly kind: "forward";
        readonly to: readonly {
          readonly service: string;
          readonly namespace: string;
          readonly port?: number;
        }[];
      };
}

/** The service whose route it is. */
interface RouteOwner {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly SpokenPort[];
}

/** Whether a route is for gRPC calls: it says so, or the service speaks nothing else where the route leads first. What others speak nobody knows here. */
export function isGrpcRoute({ match, action }: RoutedTo, owner: RouteOwner): boolean {
  if (match.kind === "grpc-service" || match.kind === "grpc-method") return true;
  const [first] = action.kind === "forward" ? action.to : [];
  if (first !== undefined && (first.service !== owner.name || first.namespace !== owner.namespace))
    return false;
  const spoken = owner.ports.filter(
    ({ port, protocol }) => protocol !== "tcp" && (first?.port === undefined || first.port === port),
  );
  return spoken.length > 0 && spoken.every(({ protocol }) => protocol === "grpc");
}
