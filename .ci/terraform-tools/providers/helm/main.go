// Command helm is hashicorp/helm 1.3.2, which Terraform starts, on the Helm that the chart is tested with.
package main

import (
	"github.com/hashicorp/terraform-plugin-sdk/plugin"
	"github.com/hashicorp/terraform-provider-helm/helm"
)

func main() {
	plugin.Serve(&plugin.ServeOpts{ProviderFunc: helm.Provider})
}
