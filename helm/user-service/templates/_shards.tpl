{{/* What `shards` means, as {"shards": [{index, name, …}]}: a number, or a list, comes to the same. */}}
{{- define "user-service.shards" -}}
{{- $entries := list -}}
{{- if kindIs "slice" .Values.shards -}}
{{- $entries = .Values.shards -}}
{{- else -}}
{{- range until (int .Values.shards) -}}
{{- $entries = append $entries dict -}}
{{- end -}}
{{- end -}}
{{- $shards := list -}}
{{- range $index, $entry := $entries -}}
{{- $name := printf "%s-shard-%d" $.Release.Name $index -}}
{{- $shards = append $shards (merge (dict "index" $index "name" $name) $entry) -}}
{{- end -}}
{{- dict "shards" $shards | toJson -}}
{{- end -}}

{{- define "user-service.clusterNames" -}}
{{- $names := list -}}
{{- range (include "user-service.shards" . | fromJson).shards -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- toJson $names -}}
{{- end -}}

{{/* `server = weight` lines; empty when no shard has weights. A server of a Cluster is called by its pod's name. */}}
{{- define "user-service.weights" -}}
{{- range $shard := (include "user-service.shards" . | fromJson).shards }}
{{- range $server, $weight := $shard.weights }}
{{- if eq $.Values.postgresql.mode "cloudnative-pg" }}
{{ $shard.name }}-{{ $server }} = {{ $weight }}
{{- else }}
{{ $server }} = {{ $weight }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Whether the chart is rendered in sight of a cluster that has the operator, and so can ask it what is there. */}}
{{- define "user-service.seesOperator" -}}
{{- .Capabilities.APIVersions.Has "postgresql.cnpg.io/v1/Cluster" -}}
{{- end -}}
