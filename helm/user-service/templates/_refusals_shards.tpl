{{/* Refusals about shards, as JSON lists of sentences. */}}

{{- define "user-service.refusals.shards" -}}
{{- $refusals := list -}}
{{- $mode := .Values.postgresql.mode -}}
{{- $external := eq $mode "external" -}}
{{- if and $external (not (kindIs "slice" .Values.shards)) -}}
{{- $refusals = append $refusals (printf "shards: %v must be a list with the endpoints of each shard, because postgresql.mode is external." .Values.shards) -}}
{{- else -}}
{{- $seen := dict -}}
{{- range $shard := (include "user-service.shards" . | fromJson).shards -}}
{{- $path := printf "shards[%v]" $shard.index -}}
{{- if and (not $external) (gt (len $shard.name) 50) -}}
{{- $refusals = append $refusals (printf "%s would be a Cluster called %s, which is longer than 50 characters: choose a shorter release name." $path $shard.name) -}}
{{- end -}}
{{- if and $external (not $shard.endpoints) -}}
{{- $refusals = append $refusals (printf "%s.endpoints is missing, because postgresql.mode is external." $path) -}}
{{- end -}}
{{- if and (not $external) $shard.endpoints -}}
{{- $refusals = append $refusals (printf "%s.endpoints is only for postgresql.mode: external, but the mode is %s." $path $mode) -}}
{{- end -}}
{{- if $external -}}
{{- range $key := list "instances" "resources" "storage" "walStorage" "zones" "spec" -}}
{{- if hasKey $shard $key -}}
{{- $refusals = append $refusals (printf "%s.%s is only for postgresql.mode: cloudnative-pg, but the mode is external." $path $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $endpoint := $shard.endpoints -}}
{{- if hasKey $seen $endpoint -}}
{{- $refusals = append $refusals (printf "%s.endpoints names %s, which %s.endpoints has already." $path $endpoint (get $seen $endpoint)) -}}
{{- end -}}
{{- $_ := set $seen $endpoint $path -}}
{{- end -}}
{{- range $server, $_ := $shard.weights -}}
{{- if and $external (not (has $server $shard.endpoints)) -}}
{{- $refusals = append $refusals (printf "%s.weights names %s, which is none of its endpoints." $path $server) -}}
{{- else if and (not $external) (not (regexMatch "^[1-9][0-9]*$" $server)) -}}
{{- $refusals = append $refusals (printf "%s.weights names %s, which is not the number of an instance." $path $server) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $refusals -}}
{{- end -}}

{{/*
Asks the cluster, where there is one, which shards the release has. Whether one of them holds slots only the databases
know, and new pods refuse to start without it; so nothing of a shard may be deleted in the same upgrade. Helm goes by
the annotation of the object that is there.
*/}}
{{- define "user-service.refusals.shardRemoval" -}}
{{- $refusals := list -}}
{{- if and (eq .Values.postgresql.mode "cloudnative-pg") (eq (include "user-service.seesOperator" .) "true") -}}
{{- $names := include "user-service.clusterNames" . | fromJsonArray -}}
{{- range $cluster := (lookup "postgresql.cnpg.io/v1" "Cluster" .Release.Namespace "").items -}}
{{- $labels := default dict $cluster.metadata.labels -}}
{{- $annotations := default dict $cluster.metadata.annotations -}}
{{- if and (eq (default "" (index $labels "app.kubernetes.io/instance")) $.Release.Name) (hasKey $labels "user-service/shard") (not (has $cluster.metadata.name $names)) -}}
{{- if not $.Values.allowShardRemoval -}}
{{- $refusals = append $refusals (printf "shards: %d leaves out %s, which exists: move its slots to other shards first, then set allowShardRemoval: true." (len $names) $cluster.metadata.name) -}}
{{- else if and $.Release.IsUpgrade (ne (default "" (index $annotations "helm.sh/resource-policy")) "keep") -}}
{{- $refusals = append $refusals (printf "allowShardRemoval: true would delete %s before the pods can tell whether it holds slots: set postgresql.cluster.keep: true in an upgrade before this one." $cluster.metadata.name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $refusals -}}
{{- end -}}
