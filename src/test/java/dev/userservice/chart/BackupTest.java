package dev.userservice.chart;

import static dev.userservice.chart.RenderedChart.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Backups, and Clusters created from them. */
final class BackupTest {

  private static final String BACKUP =
      "postgresql: {backup: {enabled: true, objectStore: {destinationPath: \"s3://b/\"}}}";

  private static JsonNode spec(RenderedChart chart) {
    return chart.named("Cluster", "users-shard-1").path("spec");
  }

  @Test
  void eachShardArchivesIntoItsOwnFolder() {
    RenderedChart chart = RenderedChart.with(BACKUP);
    assertThat(spec(chart).path("plugins"))
        .isEqualTo(
            yaml(
                """
                - name: barman-cloud.cloudnative-pg.io
                  isWALArchiver: true
                  parameters: {barmanObjectName: users-shard-1, serverName: users-shard-1}
                """));
    assertThat(chart.named("ObjectStore", "users-shard-1").path("spec"))
        .isEqualTo(yaml("{configuration: {destinationPath: \"s3://b/\"}, retentionPolicy: 30d}"));
  }

  @Test
  void eachShardHasASchedule() {
    assertThat(RenderedChart.with(BACKUP).named("ScheduledBackup", "users-shard-1").path("spec"))
        .isEqualTo(
            yaml(
                """
                schedule: 0 0 2 * * *
                immediate: true
                target: prefer-standby
                backupOwnerReference: none
                method: plugin
                pluginConfiguration: {name: barman-cloud.cloudnative-pg.io}
                cluster: {name: users-shard-1}
                """));
  }

  @Test
  void withoutBackupsThereIsNoObjectOfThePlugin() {
    RenderedChart chart = RenderedChart.byDefault();
    assertThat(chart.all("ObjectStore")).isEmpty();
    assertThat(chart.all("ScheduledBackup")).isEmpty();
    assertThat(spec(chart).has("plugins") || spec(chart).has("externalClusters")).isFalse();
  }

  @Test
  void newClustersRecoverFromBackupsAndArchiveElsewhere() {
    RenderedChart chart = RenderedChart.of("everything");
    JsonNode spec = spec(chart);
    assertThat(spec.path("bootstrap"))
        .isEqualTo(
            yaml(
                """
                recovery:
                  source: origin
                  database: users
                  owner: users_migrator
                  recoveryTarget: {targetTime: "2026-11-01T00:00:00Z"}
                """));
    assertThat(spec.at("/externalClusters/0/plugin/parameters"))
        .isEqualTo(yaml("{barmanObjectName: users-shard-1-recovery, serverName: users-shard-1}"));
    assertThat(spec.at("/plugins/0/parameters/serverName").asText()).isEqualTo("users-shard-1-2");
    assertThat(chart.named("ObjectStore", "users-shard-1-recovery").at("/spec/configuration"))
        .isEqualTo(chart.named("ObjectStore", "users-shard-1").at("/spec/configuration"));
  }

  @Test
  void backupsOfAnotherReleaseCanBeUsed() {
    JsonNode spec =
        spec(
            RenderedChart.with(
                """
                postgresql:
                  recovery:
                    enabled: true
                    release: old
                    serverNameSuffix: "-3"
                    objectStore: {destinationPath: "s3://old/"}
                """));
    assertThat(spec.at("/externalClusters/0/plugin/parameters/serverName").asText())
        .isEqualTo("old-shard-1-3");
    assertThat(spec.has("plugins")).isFalse();
  }
}
