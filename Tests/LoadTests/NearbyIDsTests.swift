import Testing

@testable import Load

@Suite struct NearbyIDsTests {
    private func groups(_ ids: [String]) -> [String] {
        NearbyIDs.groups(of: ids).map { "\($0.first) \($0.last): \($0.ids.joined(separator: " "))" }
    }

    @Test func `ids of one million of seconds are a group, bounded by bytes`() {
        let ids = ["1767999999.1", "1767000000.77", "1768000000.2", "1767600000.9", "1767600000.10"]
        #expect(
            groups(ids) == [
                "1767000000.77 1767999999.1: 1767999999.1 1767000000.77 1767600000.9 1767600000.10",
                "1768000000.2 1768000000.2: 1768000000.2",
            ]
        )
    }

    @Test func `each system's ids are grouped by their own time`() {
        #expect(
            groups(["pbx1-1767000000.1", "1767000000.1", "pbx2-1767000000.1", "pbx1-1768000000.1", "pbx1-1767000001.1"])
                == [
                    "1767000000.1 1767000000.1: 1767000000.1",
                    "pbx1-1767000000.1 pbx1-1767000001.1: pbx1-1767000000.1 pbx1-1767000001.1",
                    "pbx1-1768000000.1 pbx1-1768000000.1: pbx1-1768000000.1",
                    "pbx2-1767000000.1 pbx2-1767000000.1: pbx2-1767000000.1",
                ]
        )
    }

    @Test func `ids without seconds are one group`() {
        #expect(groups(["zoé", "", "Abc", "12345.6", "z"]) == [" zoé: zoé  Abc 12345.6 z"])
        #expect(groups([]) == [])
    }

    @Test func `bounds are those of bytes, not of characters`() {
        // The combining accent sorts behind "f" by bytes, while "é" as one character does not.
        #expect(groups(["e\u{301}", "ef"]) == ["ef e\u{301}: e\u{301} ef"])
    }
}
