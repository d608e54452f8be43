{{/* Rules that several NetworkPolicies share. */}}

{{- define "user-service.dnsRule" -}}
- to:
    {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports:
    {{- range $port := list 53 5353 }}
    {{- range $protocol := list "UDP" "TCP" }}
    - port: {{ $port }}
      protocol: {{ $protocol }}
    {{- end }}
    {{- end }}
{{- end -}}

{{- define "user-service.apiServerRule" -}}
- {{ include "user-service.portsRule" (dict "peers" .Values.networkPolicy.apiServer.peers "ports" .Values.networkPolicy.apiServer.ports) | nindent 2 | trim }}
{{- end -}}

{{/* Egress to peers on TCP ports; without peers to anywhere on these ports. */}}
{{- define "user-service.portsRule" -}}
{{- with .peers }}
to:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  {{- range .ports }}
  - port: {{ . }}
  {{- end }}
{{- end -}}

{{/* The servers of every shard, also of one that has left the release and is kept. */}}
{{- define "user-service.clusterPods" -}}
podSelector:
  matchLabels:
    user-service/release: {{ .Release.Name }}
{{- end -}}

{{- define "user-service.servicePods" -}}
podSelector:
  matchLabels:
    {{- include "user-service.selectorLabels" (dict "root" . "component" "service") | nindent 4 }}
{{- end -}}

{{/* Ports of the endpoints of `external`, each once. */}}
{{- define "user-service.endpointPorts" -}}
{{- $ports := list -}}
{{- range (include "user-service.shards" . | fromJson).shards -}}
{{- range .endpoints -}}
{{- $ports = append $ports (splitList ":" . | last | int) -}}
{{- end -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}
