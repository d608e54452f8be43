// Command admission judges the Clusters of rendered charts as the CloudNativePG operator's own webhook
// does when one is created. The webhook is internal to the operator's module, so ../../chart-admission builds
// this inside a copy of it.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	apiv1 "github.com/cloudnative-pg/cloudnative-pg/api/v1"
	webhook "github.com/cloudnative-pg/cloudnative-pg/internal/webhook/v1"
)

func judge(document []byte) error {
	cluster := &apiv1.Cluster{}
	if err := yaml.UnmarshalStrict(document, cluster); err != nil {
		return err
	}
	if err := (&webhook.ClusterCustomDefaulter{}).Default(context.Background(), cluster); err != nil {
		return err
	}
	warnings, err := (&webhook.ClusterCustomValidator{}).ValidateCreate(context.Background(), cluster)
	if err == nil && len(warnings) > 0 {
		err = fmt.Errorf("%s: %v", cluster.Name, warnings)
	}
	return err
}

// Clusters of a file, judged: how many there are.
func judgeFile(name string) (int, error) {
	content, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	count := 0
	for _, document := range bytes.Split(content, []byte("\n---\n")) {
		var kind struct{ APIVersion, Kind string }
		if err := yaml.Unmarshal(document, &kind); err != nil {
			return count, err
		}
		if schema.FromAPIVersionAndKind(kind.APIVersion, kind.Kind) != apiv1.SchemeGroupVersion.WithKind("Cluster") {
			continue
		}
		if err := judge(document); err != nil {
			return count, err
		}
		count++
	}
	return count, nil
}

func main() {
	for _, name := range os.Args[1:] {
		count, err := judgeFile(name)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			os.Exit(1)
		}
		fmt.Printf("admitted: %s, %d Clusters\n", name, count)
	}
}
