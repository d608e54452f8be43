# The store itself is asked, not the operator's memory of it: the folder of a base backup is called by its time.
check "backup_is_recent" {
  data "aws_s3_objects" "base" {
    bucket    = var.bucket
    prefix    = "${var.server}/base/"
    delimiter = "/"
  }

  assert {
    condition     = length(data.aws_s3_objects.base.common_prefixes) > 0
    error_message = "${var.server} has no base backup yet. The first one starts with the shard: plan again in some minutes. If there is none then, see docs/runbooks/UserServiceShardBackupOld.md."
  }

  assert {
    condition = anytrue([
      for prefix in data.aws_s3_objects.base.common_prefixes : timecmp(plantimestamp(), timeadd(
        replace(basename(prefix), "/^(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})$/", "$${1}-$${2}-$${3}T$${4}:$${5}:$${6}Z"), "${var.hours}h"
      )) <= 0
    ]) || length(data.aws_s3_objects.base.common_prefixes) == 0
    error_message = "The last base backup of ${var.server} is older than ${var.hours} hours: see docs/runbooks/UserServiceShardBackupOld.md."
  }
}
