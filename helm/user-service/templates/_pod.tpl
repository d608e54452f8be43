{{/* Parts of the service's pod. */}}

{{- define "user-service.volumes" -}}
{{- $postgresql := .Values.postgresql -}}
- name: temporary
  emptyDir:
    sizeLimit: 64Mi
{{- if include "user-service.weights" . | trim }}
- name: weights
  configMap:
    name: {{ include "user-service.fullname" . }}-weights
{{- end }}
{{- if $postgresql.clientCertificates.enabled }}
- name: runtime-certificate
  secret:
    secretName: {{ $postgresql.clientCertificates.runtimeSecret }}
{{- with $postgresql.clientCertificates.migratorSecret }}
- name: migrator-certificate
  secret:
    secretName: {{ . }}
{{- end }}
{{- end }}
{{- with include "user-service.authority" . }}
- name: authority
  secret:
    secretName: {{ . }}
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "user-service.volumeMounts" -}}
{{- $postgresql := .Values.postgresql -}}
- name: temporary
  mountPath: /tmp
{{- if include "user-service.weights" . | trim }}
- name: weights
  mountPath: /etc/user-service/weights
  readOnly: true
{{- end }}
{{- if $postgresql.clientCertificates.enabled }}
- name: runtime-certificate
  mountPath: /etc/user-service/certificates/runtime
  readOnly: true
{{- if $postgresql.clientCertificates.migratorSecret }}
- name: migrator-certificate
  mountPath: /etc/user-service/certificates/migrator
  readOnly: true
{{- end }}
{{- end }}
{{- if include "user-service.authority" . }}
- name: authority
  mountPath: /etc/user-service/certificates/authority
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "user-service.probes" -}}
{{- range $kind, $path := dict "startup" "started" "liveness" "live" "readiness" "ready" }}
{{ $kind }}Probe:
  httpGet:
    path: /q/health/{{ $path }}
    port: management
  {{- toYaml (index $.Values.probes $kind) | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "user-service.topologySpreadConstraints" -}}
{{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "user-service.selectorLabels" (dict "root" $ "component" "service") | nindent 6 }}
  # Counted per revision, or the old pods of an update would push the new ones together.
  matchLabelKeys:
    - pod-template-hash
{{- end }}
{{- end -}}
