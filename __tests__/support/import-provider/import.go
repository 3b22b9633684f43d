package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ImportResourceState answers from the account: a file of attributes by resource type and id, named by OCTARINE_TEST_ACCOUNT.
func (s *server) ImportResourceState(_ context.Context, r *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	t, err := typeOf(s.schema.resources, r.TypeName)
	if err != nil {
		return nil, err
	}
	var account map[string]map[string]json.RawMessage
	text, err := os.ReadFile(os.Getenv("OCTARINE_TEST_ACCOUNT"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &account); err != nil {
		return nil, err
	}
	attributes, ok := account[r.TypeName][r.ID]
	if !ok {
		return &tfprotov6.ImportResourceStateResponse{Diagnostics: []*tfprotov6.Diagnostic{{
			Severity: tfprotov6.DiagnosticSeverityError,
			Summary:  "Cannot import non-existent remote object",
			Detail:   fmt.Sprintf("the account has no %s %s", r.TypeName, r.ID),
		}}}, nil
	}
	raw := tfprotov6.RawState{JSON: attributes}
	v, err := raw.UnmarshalWithOpts(t, tfprotov6.UnmarshalOpts{
		ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true},
	})
	if err != nil {
		return nil, err
	}
	dv, err := tfprotov6.NewDynamicValue(t, v)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.ImportResourceStateResponse{ImportedResources: []*tfprotov6.ImportedResource{{TypeName: r.TypeName, State: &dv}}}, nil
}
