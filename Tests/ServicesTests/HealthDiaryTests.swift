import Base
import Glibc
import Switchboard
import TestSupport
import Testing

@testable import Services

/// The past week of a PBX's health survives a restart of the server.
@Suite struct HealthDiaryTests {
    private static func sample(_ at: Moment, _ state: HealthReport.State) -> HealthSampler.Sample {
        HealthSampler.Sample(at: at, state: state)
    }

    @Test func `written entries are read back, by PBX, and other lines are ignored`() throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-diary")
        defer { try? TestProcess.run(["rm", "-rf", folder]) }
        let diary = HealthDiary(path: "\(folder)/data/serve-health")
        #expect(diary.read().isEmpty)
        diary.write([
            .init(pbx: "main office", changes: [Self.sample(100, .ok), Self.sample(200, .critical)]),
            .init(pbx: "branch", changes: [Self.sample(150, .unknown)]),
        ])
        let file = try OpenFile(appendingTo: "\(folder)/data/serve-health")
        try file.write(Array("rubbish\n12 good main\nnan ok main\n300 warning branch\n".utf8))
        #expect(
            diary.read() == [
                "main office": [Self.sample(100, .ok), Self.sample(200, .critical)],
                "branch": [Self.sample(150, .unknown), Self.sample(300, .warning)],
            ]
        )
    }

    @Test func `a week is kept, and how it began`() {
        let day = { (number: Int) in Moment(seconds: Int64(number) * 86_400) }
        let changes = (0..<10).map { Self.sample(day($0), $0 % 2 == 0 ? .ok : .warning) }
        // On day 10, the changes of days 3 to 9 belong to the past week; that of day 2 shows how it began.
        #expect(HealthSampler.kept(changes, at: day(10)).map(\.at) == (2..<10).map(day))
        let many = (0..<3_000).map { Self.sample(Moment(seconds: Int64($0)), $0 % 2 == 0 ? .ok : .warning) }
        #expect(HealthSampler.kept(many, at: 3_000).count == HealthSampler.most)
    }

    @Test func `a time falls into the first class that is long enough`() {
        var times = TimeHistogram()
        for milliseconds in [5, 6, 200, 5000, 6000, -1] { times.add(.milliseconds(milliseconds)) }
        #expect(times.counts == [1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1])
        #expect(times.count == 5 && times.sum == .milliseconds(11_211))
    }
}
