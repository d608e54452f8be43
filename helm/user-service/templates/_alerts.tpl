{{/* Alerts of the service, and of its shards where the operator runs them. Arguments: root, selector (labels in PromQL). */}}

{{- define "user-service.serviceAlerts" -}}
{{- $root := .root -}}
{{- $job := .job -}}
- alert: UserServiceDown
  expr: sum(up{ {{- $job -}} }) < 1 or absent(up{ {{- $job -}} })
  for: 2m
  severity: critical
  summary: No pod of the service answers Prometheus.
- alert: UserServicePodsUnready
  expr: >-
    kube_deployment_status_replicas_ready{namespace="{{ $root.Release.Namespace }}",deployment="{{ include "user-service.fullname" $root }}"}
    < kube_deployment_spec_replicas{namespace="{{ $root.Release.Namespace }}",deployment="{{ include "user-service.fullname" $root }}"}
  for: 15m
  severity: warning
  summary: Pods of the service have not been ready for 15 minutes.
- alert: UserServiceErrors
  expr: >-
    sum(rate(http_server_requests_seconds_count{ {{- $job -}} ,outcome="SERVER_ERROR"}[5m]))
    > 0.01 * sum(rate(http_server_requests_seconds_count{ {{- $job -}} }[5m]))
  for: 5m
  severity: critical
  summary: More than 1 % of the requests fail.
- alert: UserServiceWithoutLeader
  expr: sum(users_election_leader{ {{- $job -}} }) < 1
  for: 2m
  severity: warning
  summary: No pod has led for 2 minutes; nothing is migrated or repaired.
- alert: UserServiceReadsSlow
  expr: >-
    histogram_quantile(0.99, sum by (shard, le) (rate(users_routing_latency_seconds_bucket{ {{- $job -}} }[5m]))) > 0.5
  for: 10m
  severity: warning
  summary: {{ "The slowest 1 % of the reads of shard {{ $labels.shard }} take more than half a second." | quote }}
- alert: UserServiceReadsFail
  expr: >-
    sum by (shard) (rate(users_routing_failures_total{ {{- $job -}} }[5m]))
    > 0.01 * sum by (shard) (rate(users_routing_answers_total{ {{- $job -}} }[5m]))
  for: 5m
  severity: warning
  summary: {{ "More than 1 % of the reads sent to servers of shard {{ $labels.shard }} fail; other servers answer them." | quote }}
- alert: UserServiceReadsWithoutReplica
  expr: >-
    sum by (shard) (rate(users_routing_answers_total{ {{- $job -}} ,reason="no-replica"}[5m]))
    > 0.1 * sum by (shard) (rate(users_routing_answers_total{ {{- $job -}} }[5m]))
  for: 10m
  severity: warning
  summary: {{ "The primary of shard {{ $labels.shard }} answers reads that no replica can answer." | quote }}
- alert: UserServiceServerEjected
  expr: max by (shard, endpoint) (changes(users_routing_ejections{ {{- $job -}} }[5m])) > 0
  for: 15m
  severity: warning
  summary: {{ "Server {{ $labels.endpoint }} has been ejected repeatedly for 15 minutes." | quote }}
- alert: UserServiceTwoPrimaries
  expr: max by (shard) (users_replication_primaries{ {{- $job -}} }) > 1
  for: 1m
  severity: critical
  summary: {{ "More than one server of shard {{ $labels.shard }} answers as a primary." | quote }}
- alert: UserServiceLogLost
  expr: max by (shard) (changes(users_replication_lost_positions{ {{- $job -}} }[15m])) > 0
  for: 0m
  severity: warning
  summary: {{ "The primary of shard {{ $labels.shard }} lacks log of the one before; sessions are answered session-lost." | quote }}
{{- end -}}

{{- define "user-service.shardAlerts" -}}
{{- $servers := .servers -}}
{{- $volumes := .volumes -}}
- alert: UserServiceShardWithoutPrimary
  expr: sum by (cnpg_io_cluster) (1 - cnpg_pg_replication_in_recovery{ {{- $servers -}} }) < 1
  for: 1m
  severity: critical
  summary: {{ "Shard {{ $labels.cnpg_io_cluster }} has no primary: its users cannot be written." | quote }}
{{- if .synchronous.enabled }}
- alert: UserServiceShardWritesBlocked
  expr: max by (cnpg_io_cluster) (cnpg_pg_replication_streaming_replicas{ {{- $servers -}} }) < {{ .synchronous.number }}
  for: 1m
  severity: critical
  summary: {{ "Shard {{ $labels.cnpg_io_cluster }} has too few replicas for a commit." | quote }}
{{- end }}
- alert: UserServiceShardReplicaNotStreaming
  expr: cnpg_pg_replication_in_recovery{ {{- $servers -}} } > cnpg_pg_replication_is_wal_receiver_up{ {{- $servers -}} }
  for: 5m
  severity: warning
  summary: {{ "Replica {{ $labels.pod }} receives no write-ahead log from its primary." | quote }}
- alert: UserServiceShardReplicaLagging
  expr: cnpg_pg_replication_lag{ {{- $servers -}} } > 30
  for: 5m
  severity: warning
  summary: {{ "Replica {{ $labels.pod }} is more than 30 seconds behind." | quote }}
- alert: UserServiceShardDiskFilling
  expr: kubelet_volume_stats_available_bytes{ {{- $volumes -}} } < 0.15 * kubelet_volume_stats_capacity_bytes{ {{- $volumes -}} }
  for: 10m
  severity: critical
  summary: {{ "Volume {{ $labels.persistentvolumeclaim }} is more than 85 % full." | quote }}
- alert: UserServiceShardTransactionIdsRunOut
  expr: max by (cnpg_io_cluster) (cnpg_pg_database_xid_age{ {{- $servers -}} }) > 1e9
  for: 10m
  severity: critical
  summary: {{ "Shard {{ $labels.cnpg_io_cluster }} has used half of its transaction IDs since the last freeze." | quote }}
{{- if .backup }}
- alert: UserServiceShardArchivingFails
  expr: >-
    cnpg_pg_stat_archiver_last_failed_time{ {{- $servers -}} } - cnpg_pg_stat_archiver_last_archived_time{ {{- $servers -}} } > 1
  for: 10m
  severity: critical
  summary: {{ "The write-ahead log of {{ $labels.pod }} is not archived." | quote }}
- alert: UserServiceShardBackupOld
  expr: >-
    time() - max by (cnpg_io_cluster) (barman_cloud_cloudnative_pg_io_last_available_backup_timestamp{ {{- $servers -}} }) > 2 * 86400
  for: 1h
  severity: warning
  summary: {{ "The last backup of shard {{ $labels.cnpg_io_cluster }} is more than two days old." | quote }}
{{- end }}
{{- end -}}

{{/* The rules of a group: severity becomes a label, the runbook an annotation. Arguments: root, alerts (text). */}}
{{- define "user-service.alertRules" -}}
{{- $root := .root -}}
{{- range .alerts | fromYamlArray }}
- alert: {{ .alert }}
  expr: {{ .expr | quote }}
  for: {{ .for }}
  labels:
    severity: {{ .severity }}
  annotations:
    summary: {{ .summary | quote }}
    runbook_url: {{ $root.Values.prometheusRule.runbookBaseUrl }}/{{ .alert }}.md
{{- end }}
{{- end -}}
