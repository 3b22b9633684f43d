import { declarations, type GoPackage } from "../../../tools/provider-source/go-source";
import { sdkCalls } from "../../../tools/provider-calls/source-graph";

const packageOf = (text: string): GoPackage =>
  new Map(declarations(text.replaceAll(/^ {4}/gm, "")).map((each) => [each.name, each]));

const keys = packageOf(`
    package keys

    import (
      "context"

      "github.com/aws/aws-sdk-go-v2/service/kms"
      tfiam "github.com/hashicorp/terraform-provider-aws/internal/service/iam"
      "github.com/hashicorp/terraform-provider-aws/internal/conns"
    )

    func resourceKeyCreate(ctx context.Context, d *schema.ResourceData, meta any) diag.Diagnostics {
    	conn := meta.(*conns.AWSClient).KMSClient(ctx)
    	// conn.DeleteAlias(ctx, x) is not called.
    	url := "https://example.com" // conn.DeleteKey(ctx, x)
    	output, err := tfresource.RetryWhen(ctx, func(ctx context.Context) (any, error) {
    		return conn.CreateKey(ctx, &input)
    	})
    	tfiam.WaitRole(ctx, meta)
    	return waitKey(ctx, conn, statusKey)
    }

    func waitKey(ctx context.Context, conn *kms.Client, refresh retry.StateRefreshFunc) error {
    	pages := kms.NewListKeysPaginator(conn, &input)
    	return nil
    }

    func statusKey(ctx context.Context, conn *kms.Client) retry.StateRefreshFunc {
    	return func() { conn.DescribeKey(ctx, &input) }
    }

    func resourceKeyUpdate(ctx context.Context) {
    	conn.EnableKey(ctx, &input)
    }

    type grantResource struct {
    	ruleResource
    	framework.WithTimeouts
    }

    func (r *ruleResource) Create(ctx context.Context) {
    	r.create(ctx)
    }

    func (r *grantResource) create(ctx context.Context) {
    	conn := r.Meta().KMSClient(ctx)
    	conn.CreateGrant(ctx, &input)
    }
`);
const iam = packageOf(`
    package iam

    import (
      "github.com/aws/aws-sdk-go-v2/service/iam"
    )

    func WaitRole(ctx context.Context, meta any) {
    	conn := meta.(*conns.AWSClient).IAMClient(ctx)
    	conn.GetRole(ctx, &input)
    }
`);
const packages = (name: string): GoPackage => ({ keys, iam })[name] ?? new Map();
const reached = (start: string) =>
  sdkCalls(start, packages)
    .map(({ service, operation }) => `${service}.${operation}`)
    .sort();

test("calls are followed into closures, values, paginators and other services; comments are none", () => {
  expect(reached("keys.resourceKeyCreate")).toEqual([
    "iam.GetRole",
    "kms.CreateKey",
    "kms.DescribeKey",
    "kms.ListKeys",
  ]);
});

test("a method of an embedded struct calls those of the struct that embeds it", () => {
  expect(reached("keys.grantResource.Create")).toEqual(["kms.CreateGrant"]);
  expect(reached("keys.ruleResource.Create")).toEqual([]);
});

test("a variable that is no client calls nothing", () => {
  expect(reached("keys.resourceKeyUpdate")).toEqual([]);
});
