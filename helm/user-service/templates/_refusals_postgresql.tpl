{{/* Refusals about PostgreSQL, as JSON lists of sentences. */}}

{{- define "user-service.refusals.postgresql" -}}
{{- $refusals := list -}}
{{- $postgresql := .Values.postgresql -}}
{{- $cluster := $postgresql.cluster -}}
{{- $certificates := $postgresql.clientCertificates -}}
{{- if eq $postgresql.mode "external" -}}
{{- if and (not $postgresql.runtimeRole.existingSecret) (not $certificates.enabled) -}}
{{- $refusals = append $refusals "postgresql.runtimeRole.existingSecret is missing, because postgresql.mode is external." -}}
{{- end -}}
{{- range $part := list "backup" "recovery" "podMonitor" -}}
{{- if (index $postgresql $part).enabled -}}
{{- $refusals = append $refusals (printf "postgresql.%s.enabled is only for postgresql.mode: cloudnative-pg, but the mode is external." $part) -}}
{{- end -}}
{{- end -}}
{{- else -}}
{{- if eq $postgresql.runtimeRole.username $postgresql.migratorRole.username -}}
{{- $refusals = append $refusals (printf "postgresql.migratorRole.username: %s is also the run-time role, which must not own the schema." $postgresql.migratorRole.username) -}}
{{- end -}}
{{- range $shard := (include "user-service.shards" . | fromJson).shards -}}
{{- $instances := int (default $cluster.instances $shard.instances) -}}
{{- if and $cluster.synchronous.enabled (le $instances (int $cluster.synchronous.number)) -}}
{{- $path := hasKey $shard "instances" | ternary (printf "shards[%v].instances" $shard.index) "postgresql.cluster.instances" -}}
{{- $refusals = append $refusals (printf "%s: %d leaves fewer than the %d replicas that a commit waits for: use more instances or postgresql.cluster.synchronous.enabled: false." $path $instances (int $cluster.synchronous.number)) -}}
{{- end -}}
{{- end -}}
{{- if ge (int $cluster.smartShutdownTimeout) (int $cluster.stopDelay) -}}
{{- $refusals = append $refusals (printf "postgresql.cluster.smartShutdownTimeout: %d leaves no time of stopDelay: %d for a fast shutdown." (int $cluster.smartShutdownTimeout) (int $cluster.stopDelay)) -}}
{{- end -}}
{{- $catalog := $cluster.imageCatalog -}}
{{- if not $catalog.name -}}
{{- if eq $catalog.kind "ClusterImageCatalog" -}}
{{- $refusals = append $refusals "postgresql.cluster.imageCatalog.name is missing: the chart does not create a ClusterImageCatalog." -}}
{{- end -}}
{{- $majors := list -}}
{{- range $catalog.images -}}
{{- $majors = append $majors (int .major) -}}
{{- end -}}
{{- if not (has (int $catalog.major) $majors) -}}
{{- $refusals = append $refusals (printf "postgresql.cluster.imageCatalog.major: %d is not among its images." (int $catalog.major)) -}}
{{- end -}}
{{- end -}}
{{- if and $certificates.enabled (not $certificates.caSecret) -}}
{{- $refusals = append $refusals "postgresql.clientCertificates.caSecret is missing, because postgresql.clientCertificates.enabled is true." -}}
{{- end -}}
{{- if and $certificates.enabled (not $certificates.migratorSecret) -}}
{{- $refusals = append $refusals "postgresql.clientCertificates.migratorSecret is missing, because postgresql.clientCertificates.enabled is true." -}}
{{- end -}}
{{- end -}}
{{- if and $certificates.enabled (not $certificates.runtimeSecret) -}}
{{- $refusals = append $refusals "postgresql.clientCertificates.runtimeSecret is missing, because postgresql.clientCertificates.enabled is true." -}}
{{- end -}}
{{- if and (hasPrefix "verify-" $postgresql.tls) (not $postgresql.serverCertificates.caSecret) -}}
{{- $refusals = append $refusals (printf "postgresql.serverCertificates.caSecret is missing, because postgresql.tls is %s." $postgresql.tls) -}}
{{- else if and (eq $postgresql.tls "verify-full") (eq $postgresql.mode "cloudnative-pg") -}}
{{- $refusals = append $refusals "postgresql.tls: verify-full is impossible, because the operator's servers are addressed by IP address and certified by name: use verify-ca." -}}
{{- else if and (eq $postgresql.tls "disable") $certificates.enabled -}}
{{- $refusals = append $refusals "postgresql.tls: disable makes it impossible to use the certificates of postgresql.clientCertificates." -}}
{{- end -}}
{{- if and $postgresql.serverCertificates.tlsSecret (not $postgresql.serverCertificates.caSecret) -}}
{{- $refusals = append $refusals "postgresql.serverCertificates.caSecret is missing, because postgresql.serverCertificates.tlsSecret is given." -}}
{{- end -}}
{{- toJson (uniq $refusals) -}}
{{- end -}}

{{- define "user-service.refusals.backup" -}}
{{- $refusals := list -}}
{{- $backup := .Values.postgresql.backup -}}
{{- $recovery := .Values.postgresql.recovery -}}
{{- if and $backup.enabled (not $backup.objectStore.destinationPath) -}}
{{- $refusals = append $refusals "postgresql.backup.objectStore.destinationPath is missing, because postgresql.backup.enabled is true." -}}
{{- end -}}
{{- if $recovery.enabled -}}
{{- $store := default $backup.objectStore $recovery.objectStore -}}
{{- if not $store.destinationPath -}}
{{- $refusals = append $refusals "postgresql.recovery.objectStore.destinationPath is missing, because postgresql.recovery.enabled is true." -}}
{{- end -}}
{{- $sameRelease := eq (default .Release.Name $recovery.release) .Release.Name -}}
{{- $samePlace := eq (default "" $store.destinationPath) (default "" $backup.objectStore.destinationPath) -}}
{{- if and $backup.enabled $sameRelease $samePlace (eq $backup.serverNameSuffix $recovery.serverNameSuffix) -}}
{{- $refusals = append $refusals (printf "postgresql.backup.serverNameSuffix: %q would archive into the folder from which the release recovers: choose a new one." $backup.serverNameSuffix) -}}
{{- end -}}
{{- end -}}
{{- toJson $refusals -}}
{{- end -}}
