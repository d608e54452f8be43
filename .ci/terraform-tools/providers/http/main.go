// Command http is hashicorp/http 1.2.0, which Terraform starts.
package main

import (
	"github.com/hashicorp/terraform-plugin-sdk/plugin"
	"github.com/terraform-providers/terraform-provider-http/http"
)

func main() {
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: http.Provider})
}
