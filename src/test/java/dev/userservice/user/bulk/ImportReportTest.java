package dev.userservice.user.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ImportReportTest {

  @Test
  void rejectionsAreListedInTheOrderOfLines() {
    ImportReport report = new ImportReport();
    report.imported(1000);
    report.rejected(9, "late");
    report.rejected(2, "early");
    report.imported(500);
    ImportReport.Summary summary = report.summary();
    assertThat(summary.imported()).isEqualTo(1500);
    assertThat(summary.rejected()).extracting(ImportReport.Rejection::line).containsExactly(2L, 9L);
  }

  @Test
  void rejectionsBeyondTheLimitAreOnlyCounted() {
    ImportReport report = new ImportReport();
    for (int line = 1; line <= ImportReport.LISTED_REJECTIONS + 7; line++) {
      report.rejected(line, "wrong");
    }
    assertThat(report.summary().rejectedCount()).isEqualTo(ImportReport.LISTED_REJECTIONS + 7);
    assertThat(report.summary().rejected()).hasSize(ImportReport.LISTED_REJECTIONS);
  }

  /** The database refuses a line later than the parser refuses those after it. */
  @Test
  void theFirstLinesAreListedWheneverTheyAreRejected() {
    ImportReport report = new ImportReport();
    for (int line = 2 * ImportReport.LISTED_REJECTIONS; line >= 1; line--) {
      report.rejected(line, "wrong");
    }
    assertThat(report.summary().rejected())
        .extracting(ImportReport.Rejection::line)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, ImportReport.LISTED_REJECTIONS).boxed().toList());
  }
}
