{{/* Cluster.spec of one shard, before `spec` of the values is merged over it. Arguments: root, shard. */}}
{{- define "user-service.clusterSpec" -}}
{{- $postgresql := .root.Values.postgresql -}}
{{- $cluster := $postgresql.cluster -}}
{{- $instances := int (default $cluster.instances .shard.instances) -}}
instances: {{ $instances }}
imageCatalogRef:
  apiGroup: postgresql.cnpg.io
  kind: {{ $cluster.imageCatalog.kind }}
  name: {{ include "user-service.imageCatalogName" .root }}
  major: {{ $cluster.imageCatalog.major }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
storage:
  {{- include "user-service.volume" (mergeOverwrite (deepCopy $cluster.storage) (default dict .shard.storage)) | nindent 2 }}
{{- $walStorage := mergeOverwrite (deepCopy $cluster.walStorage) (default dict .shard.walStorage) }}
{{- if $walStorage.size }}
walStorage:
  {{- include "user-service.volume" $walStorage | nindent 2 }}
{{- end }}
resources:
  {{- toYaml (default $cluster.resources .shard.resources) | nindent 2 }}
inheritedMetadata:
  labels:
    user-service/release: {{ .root.Release.Name }}
enableSuperuserAccess: false
enablePDB: {{ gt $instances 1 }}
primaryUpdateStrategy: unsupervised
primaryUpdateMethod: {{ $cluster.primaryUpdateMethod }}
stopDelay: {{ $cluster.stopDelay }}
smartShutdownTimeout: {{ $cluster.smartShutdownTimeout }}
switchoverDelay: {{ $cluster.switchoverDelay }}
failoverDelay: {{ $cluster.failoverDelay }}
replicationSlots:
  highAvailability:
    enabled: true
probes:
  liveness:
    isolationCheck:
      enabled: {{ $cluster.isolationCheck }}
{{- with $cluster.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{ include "user-service.clusterPlacement" . }}
postgresql:
  {{- with $cluster.parameters }}
  parameters:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if $cluster.synchronous.enabled }}
  synchronous:
    {{- omit $cluster.synchronous "enabled" | toYaml | nindent 4 }}
  {{- end }}
  {{- if $postgresql.clientCertificates.enabled }}
  pg_hba:
    - hostssl {{ $postgresql.database }} {{ $postgresql.runtimeRole.username }} all cert
    - hostssl {{ $postgresql.database }} {{ $postgresql.migratorRole.username }} all cert
    - host all {{ $postgresql.runtimeRole.username }},{{ $postgresql.migratorRole.username }} all reject
  {{- end }}
{{- include "user-service.clusterCertificates" .root }}
{{ include "user-service.clusterRoles" .root }}
{{ include "user-service.clusterBootstrap" . }}
{{- include "user-service.clusterBackup" . }}
{{- end -}}

{{- define "user-service.volume" -}}
size: {{ .size }}
{{- with .storageClass }}
storageClass: {{ . }}
{{- end }}
{{- end -}}

{{/* One server per node by anti-affinity, spread over zones by a constraint, which also suits fewer zones than servers. */}}
{{- define "user-service.clusterPlacement" -}}
{{- $cluster := .root.Values.postgresql.cluster -}}
affinity:
  enablePodAntiAffinity: {{ ne $cluster.spread.nodes "off" }}
  {{- if ne $cluster.spread.nodes "off" }}
  topologyKey: kubernetes.io/hostname
  podAntiAffinityType: {{ $cluster.spread.nodes }}
  {{- end }}
  {{- with $cluster.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $cluster.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .shard.zones }}
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - key: topology.kubernetes.io/zone
              operator: In
              values:
                {{- toYaml . | nindent 16 }}
  {{- end }}
{{- if ne $cluster.spread.zones "off" }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: {{ eq $cluster.spread.zones "required" | ternary "DoNotSchedule" "ScheduleAnyway" }}
    labelSelector:
      matchLabels:
        cnpg.io/cluster: {{ .shard.name }}
        cnpg.io/podRole: instance
{{- end }}
{{- end -}}

{{- define "user-service.clusterCertificates" -}}
{{- $client := .Values.postgresql.clientCertificates -}}
{{- $server := .Values.postgresql.serverCertificates -}}
{{- if or $client.enabled $server.caSecret }}
certificates:
  {{- if $client.enabled }}
  clientCASecret: {{ $client.caSecret }}
  {{- with $client.replicationSecret }}
  replicationTLSSecret: {{ . }}
  {{- end }}
  {{- end }}
  {{- with $server.caSecret }}
  serverCASecret: {{ . }}
  {{- end }}
  {{- with $server.tlsSecret }}
  serverTLSSecret: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* The migrator owns the database; the run-time role has what its default privileges give it. */}}
{{- define "user-service.clusterRoles" -}}
{{- $postgresql := .Values.postgresql -}}
managed:
  roles:
    - name: {{ $postgresql.runtimeRole.username }}
      ensure: present
      comment: serves requests, with rights on rows only
      login: true
      {{- if $postgresql.clientCertificates.enabled }}
      disablePassword: true
      {{- else }}
      passwordSecret:
        name: {{ include "user-service.roleSecretName" (dict "root" . "role" "runtime") }}
      {{- end }}
      # To see the timelines of replicas, which pg_stat_wal_receiver shows to nobody else.
      inRoles:
        - pg_read_all_stats
{{- end -}}

{{- define "user-service.clusterBootstrap" -}}
{{- $postgresql := .root.Values.postgresql -}}
{{- $database := $postgresql.database -}}
{{- $runtime := $postgresql.runtimeRole.username -}}
{{- $migrator := $postgresql.migratorRole.username -}}
bootstrap:
  {{- if $postgresql.recovery.enabled }}
  recovery:
    source: origin
  {{- else }}
  initdb:
  {{- end }}
    database: {{ $database }}
    owner: {{ $migrator }}
    {{- if not $postgresql.clientCertificates.enabled }}
    secret:
      name: {{ include "user-service.roleSecretName" (dict "root" .root "role" "migrator") }}
    {{- end }}
  {{- if $postgresql.recovery.enabled }}
    {{- with $postgresql.recovery.target }}
    recoveryTarget:
      {{- toYaml . | nindent 6 }}
    {{- end }}
  {{- else }}
    dataChecksums: true
    encoding: UTF8
    {{- if ge (int $postgresql.cluster.imageCatalog.major) 17 }}
    # Sorted the same way on every system that the image may be built on.
    localeProvider: builtin
    builtinLocale: C.UTF-8
    {{- end }}
    postInitApplicationSQL:
      - CREATE ROLE "{{ $runtime }}" LOGIN
      - REVOKE ALL ON DATABASE "{{ $database }}" FROM PUBLIC
      - GRANT CONNECT ON DATABASE "{{ $database }}" TO "{{ $runtime }}"
      - ALTER DEFAULT PRIVILEGES FOR ROLE "{{ $migrator }}" GRANT USAGE ON SCHEMAS TO "{{ $runtime }}"
      - ALTER DEFAULT PRIVILEGES FOR ROLE "{{ $migrator }}" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{{ $runtime }}"
      - ALTER DEFAULT PRIVILEGES FOR ROLE "{{ $migrator }}" GRANT USAGE, SELECT ON SEQUENCES TO "{{ $runtime }}"
  {{- end }}
{{- end -}}

{{- define "user-service.archivedServerName" -}}
{{- .shard.name }}{{ .root.Values.postgresql.backup.serverNameSuffix -}}
{{- end -}}

{{- define "user-service.recoveredServerName" -}}
{{- $recovery := .root.Values.postgresql.recovery -}}
{{- printf "%s-shard-%d%s" (default .root.Release.Name $recovery.release) (int .shard.index) $recovery.serverNameSuffix -}}
{{- end -}}

{{- define "user-service.clusterBackup" -}}
{{- $backup := .root.Values.postgresql.backup -}}
{{- if $backup.enabled }}
plugins:
  - name: {{ $backup.plugin }}
    isWALArchiver: true
    parameters:
      barmanObjectName: {{ .shard.name }}
      serverName: {{ include "user-service.archivedServerName" . }}
{{- end }}
{{- if .root.Values.postgresql.recovery.enabled }}
externalClusters:
  - name: origin
    plugin:
      name: {{ $backup.plugin }}
      parameters:
        barmanObjectName: {{ .shard.name }}-recovery
        serverName: {{ include "user-service.recoveredServerName" . }}
{{- end }}
{{- end -}}
