import Switchboard
import Testing

/// The last version with each fault and the first without it, according to the advisories.
@Suite struct AdvisoryTests {
    private func known(_ version: String) throws -> Set<String> {
        let version = try #require(AsteriskVersion(version))
        return Set(Advisory.known.filter { $0.affects(version) ?? false }.map(\.id))
    }

    @Test(
        arguments: [
            ("GHSA-c4cg-9275-6w44", "18.24.1", "18.24.2"), ("GHSA-c4cg-9275-6w44", "20.9.1", "20.9.2"),
            ("GHSA-c4cg-9275-6w44", "21.4.1", "21.4.2"), ("GHSA-33x6-fj46-6rfh", "18.26.0", "18.26.1"),
            ("GHSA-33x6-fj46-6rfh", "20.11.0", "20.11.1"), ("GHSA-33x6-fj46-6rfh", "21.6.0", "21.6.1"),
            ("GHSA-33x6-fj46-6rfh", "22.1.0", "22.1.1"), ("GHSA-8857-hfmw-vg8f", "18.20.0", "18.20.1"),
            ("GHSA-8857-hfmw-vg8f", "20.5.0", "20.5.1"), ("GHSA-8857-hfmw-vg8f", "21.0.0", "21.0.1"),
            ("GHSA-3rhj-hhw7-m6fw", "20.20.0", "20.20.1"), ("GHSA-3rhj-hhw7-m6fw", "22.10.0", "22.10.1"),
            ("AST-2019-007", "13.29.1", "13.29.2"), ("AST-2019-007", "16.6.1", "16.6.2"),
            ("AST-2019-007", "17.0.0", "17.0.1"),
        ]
    )
    func `a fault ends with its fix`(advisory: String, last: String, first: String) throws {
        #expect(try known(last).contains(advisory))
        #expect(try !known(first).contains(advisory))
    }

    @Test func `branches without a fix keep the fault, and newer ones never had it`() throws {
        // 19 was never fixed; 22 is newer than the fault.
        #expect(try known("19.8.1").contains("GHSA-c4cg-9275-6w44"))
        #expect(try !known("22.0.0").contains("GHSA-c4cg-9275-6w44"))
        #expect(try known("22.10.1~dfsg+~cs6.15.60671435-1").isEmpty)
        #expect(try known("20.20.1").isEmpty)
    }

    @Test func `nothing is claimed about certified releases`() throws {
        let certified = try #require(AsteriskVersion("18.9-cert5"))
        #expect(Advisory.known.allSatisfy { $0.affects(certified) == nil })
    }
}
