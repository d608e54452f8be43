{{/* The service's settings as environment variables. A dotted name is written in capitals with `_`. */}}

{{- define "user-service.environmentName" -}}
{{- regexReplaceAll "[^A-Za-z0-9]" . "_" | upper -}}
{{- end -}}

{{/* Settings that the chart sets from its values, as a map by name. */}}
{{- define "user-service.ownSettings" -}}
{{- $postgresql := .Values.postgresql -}}
{{- $shards := (include "user-service.shards" . | fromJson).shards -}}
{{- if eq $postgresql.mode "cloudnative-pg" }}
{{- $services := list -}}
{{- range $shards -}}
{{- $services = append $services (printf "%s-r" .name) -}}
{{- end }}
users.topology.kubernetes.services: {{ join "," $services | quote }}
{{- else }}
{{- range $shards }}
"users.topology.shards[{{ .index }}].endpoints": {{ join "," (default list .endpoints) | quote }}
{{- end }}
{{- end }}
users.datasource.database: {{ $postgresql.database | quote }}
users.datasource.username: {{ $postgresql.runtimeRole.username | quote }}
{{- if eq (include "user-service.hasMigrator" .) "true" }}
users.datasource.migrator-username: {{ $postgresql.migratorRole.username | quote }}
{{- end }}
{{- with include "user-service.tlsMode" . }}
users.datasource.tls.mode: {{ . }}
{{- end }}
{{- if include "user-service.authority" . }}
users.datasource.tls.authority: /etc/user-service/certificates/authority/ca.crt
{{- end }}
{{- if $postgresql.clientCertificates.enabled }}
users.datasource.tls.certificate: /etc/user-service/certificates/runtime/tls.crt
users.datasource.tls.key: /etc/user-service/certificates/runtime/tls.key
{{- if $postgresql.clientCertificates.migratorSecret }}
users.datasource.migrator-tls.certificate: /etc/user-service/certificates/migrator/tls.crt
users.datasource.migrator-tls.key: /etc/user-service/certificates/migrator/tls.key
{{- end }}
{{- end }}
{{- if .Values.shutdown.delaySeconds }}
quarkus.shutdown.delay: {{ printf "%ds" (int .Values.shutdown.delaySeconds) }}
{{- end }}
users.replication.startup-wait: {{ .Values.startupWait | quote }}
{{- if include "user-service.weights" . | trim }}
users.routing.weights-file: /etc/user-service/weights/weights
{{- end }}
users.election.lock: {{ .Values.election.lock | quote }}
users.election.preference: {{ .Values.election.preference | quote }}
users.election.lease-duration: {{ .Values.election.leaseDuration | quote }}
users.election.renew-deadline: {{ .Values.election.renewDeadline | quote }}
users.election.retry-period: {{ .Values.election.retryPeriod | quote }}
{{- if eq .Values.election.lock "kubernetes" }}
users.election.kubernetes.lease: {{ include "user-service.fullname" . | quote }}
{{- end }}
{{- end -}}

{{/* How the service's connections are encrypted; empty for not at all. */}}
{{- define "user-service.tlsMode" -}}
{{- $postgresql := .Values.postgresql -}}
{{- if $postgresql.tls -}}
{{- ne $postgresql.tls "disable" | ternary $postgresql.tls "" -}}
{{- else if $postgresql.serverCertificates.caSecret -}}
{{- eq $postgresql.mode "external" | ternary "verify-full" "verify-ca" -}}
{{- else if $postgresql.clientCertificates.enabled -}}
require
{{- end -}}
{{- end -}}

{{/* The Secret that says whom the service trusts; empty if it trusts anyone. */}}
{{- define "user-service.authority" -}}
{{- if hasPrefix "verify-" (include "user-service.tlsMode" .) -}}
{{- .Values.postgresql.serverCertificates.caSecret -}}
{{- end -}}
{{- end -}}

{{/* Whether the leader migrates with a role of its own. */}}
{{- define "user-service.hasMigrator" -}}
{{- $postgresql := .Values.postgresql -}}
{{- or (eq $postgresql.mode "cloudnative-pg") (ne $postgresql.migratorRole.existingSecret "") (and $postgresql.clientCertificates.enabled (ne $postgresql.clientCertificates.migratorSecret "")) -}}
{{- end -}}

{{/* Numbers are written as JSON, or a million would become 1e+06. */}}
{{- define "user-service.environment" -}}
{{- $settings := merge (include "user-service.ownSettings" . | fromYaml) .Values.settings -}}
{{- range $name, $value := $settings }}
- name: {{ include "user-service.environmentName" $name }}
  value: {{ kindIs "string" $value | ternary $value (toJson $value) | quote }}
{{- end }}
{{- $certificates := .Values.postgresql.clientCertificates -}}
{{- if not $certificates.enabled }}
- name: USERS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "user-service.roleSecretName" (dict "root" . "role" "runtime") }}
      key: password
{{- end }}
{{- if and (eq (include "user-service.hasMigrator" .) "true") (not (and $certificates.enabled $certificates.migratorSecret)) }}
- name: USERS_DATASOURCE_MIGRATOR_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "user-service.roleSecretName" (dict "root" . "role" "migrator") }}
      key: password
{{- end }}
{{- end -}}

{{/* Whether the pods call the Kubernetes API. */}}
{{- define "user-service.callsKubernetes" -}}
{{- or (eq .Values.postgresql.mode "cloudnative-pg") (eq .Values.election.lock "kubernetes") -}}
{{- end -}}
