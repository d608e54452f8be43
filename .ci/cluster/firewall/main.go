// Command firewall enforces the cluster's NetworkPolicies on one node, with iptables and ipset: kube-router's controller
// by itself, for its routes and its proxy are others' work here, and would bring in twice the modules.
package main

import (
	"context"
	"flag"
	"fmt"
	"os/signal"
	"sync"
	"syscall"

	"github.com/cloudnativelabs/kube-router/v2/pkg/controllers/netpol"
	"github.com/cloudnativelabs/kube-router/v2/pkg/healthcheck"
	"github.com/cloudnativelabs/kube-router/v2/pkg/options"
	networking "k8s.io/api/networking/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
)

func main() {
	klog.InitFlags(nil)
	config := options.NewKubeRouterConfig()
	config.EnableIPv4 = true
	flag.StringVar(&config.Kubeconfig, "kubeconfig", "", "how to reach the API server")
	flag.StringVar(&config.HostnameOverride, "hostname-override", "", "the node's name")
	flag.StringVar(&config.ClusterIPCIDRs[0], "service-cluster-ip-range", "", "the Services' addresses")
	flag.Parse()
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	if err := enforce(stop.Done(), config); err != nil {
		klog.Fatal(err)
	}
}

func enforce(stop <-chan struct{}, config *options.KubeRouterConfig) error {
	access, err := clientcmd.BuildConfigFromFlags("", config.Kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(access)
	if err != nil {
		return err
	}
	tables, sets, err := netpol.NewIPTablesHandlers(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods().Informer()
	namespaces := factory.Core().V1().Namespaces().Informer()
	policies := factory.Networking().V1().NetworkPolicies().Informer()
	controller, err := netpol.NewNetworkPolicyController(client, config, pods, oneWay{policies}, namespaces, new(sync.Mutex),
		tables, sets)
	if err != nil {
		return err
	}
	for informer, handler := range map[cache.SharedIndexInformer]cache.ResourceEventHandler{
		pods: controller.PodEventHandler, namespaces: controller.NamespaceEventHandler, policies: controller.NetworkPolicyEventHandler,
	} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return err
		}
	}
	factory.Start(stop)
	factory.WaitForCacheSync(stop)
	var running sync.WaitGroup
	running.Add(1)
	controller.Run(ignored(), stop, &running)
	running.Wait()
	return nil
}

func ignored() chan<- *healthcheck.ControllerHeartbeat {
	heartbeats := make(chan *healthcheck.ControllerHeartbeat)
	go func() {
		for range heartbeats {
		}
	}()
	return heartbeats
}

// oneWay gives each policy as two, one for what comes in and one for what goes out. kube-router takes what either half of a
// policy allows for allowed by both, so that between two pods of the same policy one of its halves would not matter.
type oneWay struct{ cache.SharedIndexInformer }

type halves struct{ cache.Indexer }

func (informer oneWay) GetIndexer() cache.Indexer {
	return halves{informer.SharedIndexInformer.GetIndexer()}
}

func (indexer halves) List() []any {
	var list []any
	for _, each := range indexer.Indexer.List() {
		policy := each.(*networking.NetworkPolicy)
		for _, way := range policy.Spec.PolicyTypes {
			half := policy.DeepCopy()
			// No policy of the cluster can have such a name.
			half.Name = fmt.Sprintf("%s/%s", policy.Name, way)
			half.Spec.PolicyTypes = []networking.PolicyType{way}
			if way == networking.PolicyTypeIngress {
				half.Spec.Egress = nil
			} else {
				half.Spec.Ingress = nil
			}
			list = append(list, half)
		}
	}
	return list
}
