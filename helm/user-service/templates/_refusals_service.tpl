{{/* Refusals about the service, as JSON lists of sentences. */}}

{{/* Milliseconds of a duration such as 15s. */}}
{{- define "user-service.milliseconds" -}}
{{- $factor := get (dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000) (regexFind "[a-z]+$" .) -}}
{{- mul (regexFind "^[0-9]+" . | int64) $factor -}}
{{- end -}}

{{- define "user-service.refusals.pods" -}}
{{- $refusals := list -}}
{{- $autoscaling := .Values.autoscaling -}}
{{- $path := $autoscaling.enabled | ternary "autoscaling.minReplicas" "replicas" -}}
{{- $pods := int ($autoscaling.enabled | ternary $autoscaling.minReplicas .Values.replicas) -}}
{{- if and .Values.podDisruptionBudget.enabled (lt $pods 2) -}}
{{- $refusals = append $refusals (printf "%s: %d leaves no pod while a node is drained: use 2 or more, or podDisruptionBudget.enabled: false." $path $pods) -}}
{{- end -}}
{{- if $autoscaling.enabled -}}
{{- if gt (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas) -}}
{{- $refusals = append $refusals (printf "autoscaling.minReplicas: %d is more than autoscaling.maxReplicas: %d." (int $autoscaling.minReplicas) (int $autoscaling.maxReplicas)) -}}
{{- end -}}
{{- if not (dig "requests" "cpu" "" .Values.resources) -}}
{{- $refusals = append $refusals "resources.requests.cpu is missing; autoscaling.targetCPUUtilizationPercentage is a share of it." -}}
{{- end -}}
{{- end -}}
{{- $needed := add .Values.shutdown.delaySeconds 10 -}}
{{- if lt (int64 .Values.shutdown.gracePeriodSeconds) $needed -}}
{{- $refusals = append $refusals (printf "shutdown.gracePeriodSeconds: %d ends requests in progress: use %d or more, 10 s more than shutdown.delaySeconds." (int .Values.shutdown.gracePeriodSeconds) $needed) -}}
{{- end -}}
{{- $startup := mul .Values.probes.startup.periodSeconds .Values.probes.startup.failureThreshold 1000 -}}
{{- if le $startup (include "user-service.milliseconds" .Values.startupWait | int64) -}}
{{- $refusals = append $refusals (printf "startupWait: %s is not shorter than the %d s after which probes.startup fails." .Values.startupWait (div $startup 1000)) -}}
{{- end -}}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
{{- $refusals = append $refusals "serviceAccount.name is missing, because serviceAccount.create is false." -}}
{{- end -}}
{{- if and .Values.prometheusRule.enabled (not .Values.prometheusRule.runbookBaseUrl) -}}
{{- $refusals = append $refusals "prometheusRule.runbookBaseUrl is missing, because prometheusRule.enabled is true." -}}
{{- end -}}
{{- toJson $refusals -}}
{{- end -}}

{{- define "user-service.refusals.exposure" -}}
{{- $refusals := list -}}
{{- $ingress := .Values.ingress -}}
{{- $route := .Values.httpRoute -}}
{{- if and $ingress.enabled (not $ingress.hosts) -}}
{{- $refusals = append $refusals "ingress.hosts is missing, because ingress.enabled is true." -}}
{{- end -}}
{{- if and $route.enabled (not $route.parentRefs) -}}
{{- $refusals = append $refusals "httpRoute.parentRefs is missing, because httpRoute.enabled is true." -}}
{{- end -}}
{{- if and $ingress.enabled $route.enabled -}}
{{- range $host := $ingress.hosts -}}
{{- if has $host $route.hostnames -}}
{{- $refusals = append $refusals (printf "httpRoute.hostnames names %s, which ingress.hosts has already." $host) -}}
{{- else if not $route.hostnames -}}
{{- $refusals = append $refusals (printf "httpRoute.hostnames is empty, which means every host, but ingress.hosts has %s." $host) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $exposed := list -}}
{{- if $ingress.enabled }}{{- $exposed = append $exposed "ingress.enabled" -}}{{- end -}}
{{- if $route.enabled }}{{- $exposed = append $exposed "httpRoute.enabled" -}}{{- end -}}
{{- if ne .Values.service.type "ClusterIP" }}{{- $exposed = append $exposed (printf "service.type: %s" .Values.service.type) -}}{{- end -}}
{{- if and $exposed .Values.networkPolicy.enabled (not .Values.networkPolicy.clients) -}}
{{- $refusals = append $refusals (printf "networkPolicy.clients is empty, so no client from outside could use %s." (join " and " $exposed)) -}}
{{- end -}}
{{- toJson $refusals -}}
{{- end -}}

{{- define "user-service.refusals.settings" -}}
{{- $refusals := list -}}
{{- range $name, $_ := .Values.settings -}}
{{- if regexMatch "^users\\.(topology|election|embedded)\\.|^users\\.routing\\.weights|^users\\.replication\\.startup-wait$|^users\\.datasource\\.(migrator-)?(database|username|password|tls)|^quarkus\\.shutdown\\.delay$" $name -}}
{{- $refusals = append $refusals (printf "settings names %s, which the chart sets from its other values." $name) -}}
{{- else if not (regexMatch "^(users|quarkus)\\.[a-z]" $name) -}}
{{- $refusals = append $refusals (printf "settings names %s, which is no setting: names begin with users. or quarkus." $name) -}}
{{- end -}}
{{- end -}}
{{- $set := include "user-service.environment" . | fromYamlArray -}}
{{- range $extra := .Values.extraEnv -}}
{{- range $own := $set -}}
{{- if eq $own.name (default "" $extra.name) -}}
{{- $refusals = append $refusals (printf "extraEnv names %s, which the chart sets already." $own.name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $lease := include "user-service.milliseconds" .Values.election.leaseDuration | int64 -}}
{{- $renew := include "user-service.milliseconds" .Values.election.renewDeadline | int64 -}}
{{- $retry := include "user-service.milliseconds" .Values.election.retryPeriod | int64 -}}
{{- if gt (mul $renew 10) (mul $lease 9) -}}
{{- $refusals = append $refusals (printf "election.renewDeadline: %s is more than nine tenths of election.leaseDuration: %s." .Values.election.renewDeadline .Values.election.leaseDuration) -}}
{{- end -}}
{{- if gt (mul $retry 3) $renew -}}
{{- $refusals = append $refusals (printf "election.retryPeriod: %s is more than a third of election.renewDeadline: %s." .Values.election.retryPeriod .Values.election.renewDeadline) -}}
{{- end -}}
{{- toJson $refusals -}}
{{- end -}}
