import Testing

@testable import crm_voip

@Suite struct ProgressLineTests {
    @Test(
        arguments: [
            (0, 0.0, "Master.csv  [                                        ]   0 %  0 B/s"),
            (
                50_000_000, 5.0,
                "Master.csv  [====================                    ]  50 %  10.0 MB/s  0:05 left"
            ),
            (100_000_000, 8.0, "Master.csv  [========================================] 100 %  12.5 MB/s"),
            // The file grew while it was read.
            (200_000_000, 8.0, "Master.csv  [========================================] 100 %  25.0 MB/s"),
        ]
    )
    func `A progress bar`(done: Int, elapsed: Double, line: String) {
        let progress = ProgressLine(label: "Master.csv", done: done, total: 100_000_000, elapsed: elapsed)
        #expect(progress.text(width: 120) == line)
    }

    @Test func `A count without a known total`() {
        let progress = ProgressLine(label: "stdin", done: 1_234_567, total: nil, elapsed: 2)
        #expect(progress.text(width: 80) == "stdin  1.2 MB  617.3 kB/s")
    }

    @Test(arguments: 1...130)
    func `No line is wider than the terminal`(width: Int) {
        for done in [0, 1, 999, 77_777_777, 100_000_000] {
            let line = ProgressLine(label: "queue_log.1.gz", done: done, total: 100_000_000, elapsed: 1e4)
            #expect(line.text(width: width).count <= width)
        }
    }

    @Test(
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_499, "999.5 kB"), (999_500, "1.0 MB"),
            (12.34e9, "12.3 GB"),
            (5e12, "5000.0 GB"),
        ] as [(Double, String)]
    )
    func `Sizes`(bytes: Double, text: String) {
        #expect(ProgressLine.size(bytes) == text)
    }

    @Test(arguments: [(0, "0:00"), (0.2, "0:01"), (59, "0:59"), (60, "1:00"), (3723, "1:02:03")] as [(Double, String)])
    func `Times`(seconds: Double, text: String) {
        #expect(ProgressLine.time(seconds) == text)
    }
}
