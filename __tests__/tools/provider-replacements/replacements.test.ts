import { declarations, type GoPackage } from "../../../tools/provider-source/go-source";
import { attributeNames } from "../../../tools/provider-replacements/attribute-names";
import { replacements } from "../../../tools/provider-replacements/replacements";

const packageOf = (text: string): GoPackage =>
  new Map(declarations(text.replaceAll(/^ {4}/gm, "")).map((each) => [each.name, each]));

const source = packageOf(`
    package keys

    const (
    	keyOrigin = "origin"
    )

    var (
    	queueSchema = map[string]*schema.Schema{
    		"fifo": {
    			Type:     schema.TypeBool,
    			ForceNew: true,
    		},
    	}
    )

    func resourceKey() *schema.Resource {
    	return &schema.Resource{
    		CreateWithoutTimeout: resourceKeyCreate,

    		CustomizeDiff: customdiff.Sequence(
    			customdiff.ForceNewIfChange("usage", func(_ context.Context, old, new, meta any) bool {
    				return old != new
    			}),
    			customizeKeyDiff,
    		),

    		Schema: map[string]*schema.Schema{
    			names.AttrVPCID: {
    				Type:         schema.TypeString,
    				ForceNew:     true,
    				ValidateFunc: validation.StringMatch(regexp.MustCompile("^[{]:"), "{"),
    			},
    			keyOrigin: {
    				ForceNew: true,
    			},
    			"description": {
    				// ForceNew: true,
    				Type: schema.TypeString,
    			},
    			"block": {
    				Type: schema.TypeList,
    				Elem: &schema.Resource{
    					Schema: map[string]*schema.Schema{
    						"fixed": {ForceNew: true},
    						"free":  {Type: schema.TypeString},
    					},
    				},
    			},
    			"policy": sdkv2.PolicySchemaRequiredForceNew(),
    			"shared": sharedSchema(),
    		},
    	}
    }

    func sharedSchema() *schema.Schema {
    	return &schema.Schema{
    		Type:     schema.TypeList,
    		ForceNew: true,
    	}
    }

    func customizeKeyDiff(_ context.Context, diff *schema.ResourceDiff, _ any) error {
    	return diff.ForceNew("tenancy")
    }

    func resourceQueue() *schema.Resource {
    	return &schema.Resource{
    		Schema: queueSchema,
    	}
    }

    type ruleResource struct {
    	framework.WithTimeouts
    }

    func (r *ruleResource) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
    	resp.Schema = schema.Schema{
    		Attributes: map[string]schema.Attribute{
    			"group": schema.StringAttribute{
    				PlanModifiers: []planmodifier.String{
    					stringplanmodifier.RequiresReplace(),
    				},
    			},
    			"sometimes": schema.StringAttribute{
    				PlanModifiers: []planmodifier.String{
    					stringplanmodifier.RequiresReplaceIf(isOther, "", ""),
    				},
    			},
    		},
    		Blocks: map[string]schema.Block{
    			"target": schema.ListNestedBlock{
    				NestedObject: schema.NestedBlockObject{
    					Attributes: map[string]schema.Attribute{
    						"id": schema.StringAttribute{
    							PlanModifiers: []planmodifier.String{
    								stringplanmodifier.RequiresReplace(),
    							},
    						},
    					},
    				},
    			},
    		},
    	}
    }
`);

test("what forces a replacement is read from an SDK's schema: blocks, functions, constants; comments are none", () => {
  expect(replacements("resourceKey", source)).toEqual({
    always: ["VPCID", "origin", "block.fixed", "policy", "shared"],
    byValues: ["usage", "tenancy"],
  });
});

test("a schema in a variable of a group", () => {
  expect(replacements("resourceQueue", source).always).toEqual(["fifo"]);
});

test("what forces a replacement is read from a schema of the framework", () => {
  expect(replacements("ruleResource", source)).toEqual({
    always: ["group", "target.id"],
    byValues: ["sometimes"],
  });
});

test("constants become the names of the provider's schema; what nobody can write has none", () => {
  const block = {
    attributes: { vpc_id: { required: true }, arn: { computed: true } },
    block_types: { spot: { block: { attributes: { max_price: { optional: true } } } } },
  };

  expect(attributeNames("VPCID", block)).toBe("vpc_id");
  expect(attributeNames("spot.0.MaxPrice", block)).toBe("spot.max_price");
  expect(attributeNames("ARN", block)).toBeUndefined();
  expect(attributeNames("key", block)).toBeUndefined();
});

// hashicorp/terraform-provider-aws v6.25.0 internal/service/networkfirewall (rule_group.go, firewall_policy.go).
test("an attribute that a function gets by name is the one that the resource gives it", () => {
  const given = packageOf(`
    package rules

    func resourceGroup() *schema.Resource {
    	return &schema.Resource{
    		CustomizeDiff: customdiff.Sequence(
    			func(_ context.Context, d *schema.ResourceDiff, meta any) error {
    				return forceNewIfOther("group.0.options.0.order", d)
    			},
    		),

    		Schema: map[string]*schema.Schema{
    			"group": {Type: schema.TypeList},
    		},
    	}
    }

    func forceNewIfOther(key string, d *schema.ResourceDiff) error {
    	return d.ForceNew(key)
    }
  `);

  expect(replacements("resourceGroup", given).byValues).toEqual(["group.options.order"]);
});
