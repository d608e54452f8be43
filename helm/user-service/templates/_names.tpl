{{/* Names and labels. Objects of the service carry the release's full name, those of PostgreSQL the release and the shard. */}}

{{- define "user-service.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "user-service.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains (include "user-service.name" .) .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "user-service.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "user-service.serviceAccountName" -}}
{{- default (include "user-service.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "user-service.imageCatalogName" -}}
{{- default (printf "%s-postgresql" (include "user-service.fullname" .)) .Values.postgresql.cluster.imageCatalog.name -}}
{{- end -}}

{{/* Name of the Secret of a role: "runtime" or "migrator". */}}
{{- define "user-service.roleSecretName" -}}
{{- $role := index .root.Values.postgresql (printf "%sRole" .role) -}}
{{- default (printf "%s-%s" (include "user-service.fullname" .root) .role) $role.existingSecret -}}
{{- end -}}

{{- define "user-service.selectorLabels" -}}
app.kubernetes.io/name: {{ include "user-service.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "user-service.labels" -}}
{{- $labels := include "user-service.selectorLabels" . | fromYaml -}}
{{- $_ := set $labels "app.kubernetes.io/version" .root.Chart.AppVersion -}}
{{- $_ := set $labels "app.kubernetes.io/managed-by" .root.Release.Service -}}
{{- $_ := set $labels "app.kubernetes.io/part-of" "user-service" -}}
{{- $_ := set $labels "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_") -}}
{{- toYaml (merge $labels (default dict .labels) .root.Values.labels) -}}
{{- end -}}

{{/* metadata of an object: root, name, component; labels, annotations and keep where there are any. */}}
{{- define "user-service.metadata" -}}
{{- $annotations := merge (dict) (default dict .annotations) .root.Values.annotations -}}
{{- if .keep -}}
{{- $_ := set $annotations "helm.sh/resource-policy" "keep" -}}
{{- end -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "user-service.labels" . | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* An image with its registry before it and its digest behind it. */}}
{{- define "user-service.image" -}}
{{- $image := .Values.image -}}
{{- $name := $image.repository -}}
{{- if $image.registry -}}
{{- $name = printf "%s/%s" (trimSuffix "/" $image.registry) $image.repository -}}
{{- end -}}
{{- $name = printf "%s:%s" $name (default .Chart.AppVersion $image.tag) -}}
{{- if $image.digest -}}
{{- $name = printf "%s@%s" $name $image.digest -}}
{{- end -}}
{{- $name -}}
{{- end -}}
