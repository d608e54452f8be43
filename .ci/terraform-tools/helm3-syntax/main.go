// Command helm3-syntax knows the language of hashicorp/helm 3.0, and nothing else: with it, a configuration for 3.x
// is validated, and planned with mocks, where that provider cannot be had. It installs nothing, and says so.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	options := providerserver.ServeOpts{Address: "terraform.local/hashicorp/helm"}
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return language{} }, options); err != nil {
		log.Fatal(err)
	}
}

type language struct{}

func (language) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "helm"
}

func (language) Schema(_ context.Context, _ provider.SchemaRequest, response *provider.SchemaResponse) {
	text := providerschema.StringAttribute{Optional: true}
	exec := providerschema.SingleNestedAttribute{Optional: true, Attributes: map[string]providerschema.Attribute{
		"api_version": providerschema.StringAttribute{Required: true},
		"command":     providerschema.StringAttribute{Required: true},
		"args":        providerschema.ListAttribute{Optional: true, ElementType: types.StringType},
		"env":         providerschema.MapAttribute{Optional: true, ElementType: types.StringType},
	}}
	kubernetes := map[string]providerschema.Attribute{"exec": exec}
	for _, name := range []string{"host", "cluster_ca_certificate", "config_path", "config_context"} {
		kubernetes[name] = text
	}
	response.Schema = providerschema.Schema{Attributes: map[string]providerschema.Attribute{
		"kubernetes": providerschema.SingleNestedAttribute{Optional: true, Attributes: kubernetes},
	}}
}

func (language) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (language) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (language) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return release{} }}
}

type release struct{}

func (release) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = "helm_release"
}

func (release) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"name":        schema.StringAttribute{Required: true},
		"chart":       schema.StringAttribute{Required: true},
		"repository":  schema.StringAttribute{Optional: true},
		"namespace":   schema.StringAttribute{Optional: true, Computed: true},
		"version":     schema.StringAttribute{Optional: true, Computed: true},
		"values":      schema.ListAttribute{Optional: true, ElementType: types.StringType},
		"timeout":     schema.Int64Attribute{Optional: true},
		"max_history": schema.Int64Attribute{Optional: true},
		"id":          schema.StringAttribute{Computed: true},
		"status":      schema.StringAttribute{Computed: true},
	}
	for _, name := range []string{"create_namespace", "wait", "atomic", "cleanup_on_fail"} {
		attributes[name] = schema.BoolAttribute{Optional: true}
	}
	response.Schema = schema.Schema{Attributes: attributes}
}

const refusal = "helm3-syntax knows the language of the provider only and installs nothing"

func (release) Create(_ context.Context, _ resource.CreateRequest, response *resource.CreateResponse) {
	response.Diagnostics.AddError(refusal, "Take the provider itself.")
}

func (release) Read(_ context.Context, _ resource.ReadRequest, response *resource.ReadResponse) {
	response.Diagnostics.AddError(refusal, "Take the provider itself.")
}

func (release) Update(_ context.Context, _ resource.UpdateRequest, response *resource.UpdateResponse) {
	response.Diagnostics.AddError(refusal, "Take the provider itself.")
}

func (release) Delete(_ context.Context, _ resource.DeleteRequest, response *resource.DeleteResponse) {
	response.Diagnostics.AddError(refusal, "Take the provider itself.")
}
