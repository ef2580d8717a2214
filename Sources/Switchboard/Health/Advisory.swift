/// A published security advisory about what an AMI user can do.
public struct Advisory: Sendable {
    /// The advisory's number at https://github.com/asterisk/asterisk/security/advisories, or the older `AST-`number.
    public let id: String
    /// What the fault makes possible.
    public let summary: String
    /// The first fixed version of each branch. Older branches, and branches without a fix, remain affected.
    public let fixed: [AsteriskVersion]

    /// Whether a version has the fault. Certified releases number their fixes differently, so the result for them is
    /// nil: unknown.
    public func affects(_ version: AsteriskVersion) -> Bool? {
        if version.certified != nil { return nil }
        if let floor = fixed.first(where: { $0.major == version.major }) { return version < floor }
        guard let newest = fixed.map(\.major).max() else { return nil }
        return version.major < newest
    }

    /// The advisories known to this program.
    public static let known = [
        Advisory(
            id: "GHSA-3rhj-hhw7-m6fw",
            summary: "a request to the HTTP manager with digest authentication crashes Asterisk",
            fixed: [AsteriskVersion(20, 20, 1), AsteriskVersion(22, 10, 1)]
        ),
        Advisory(
            id: "GHSA-33x6-fj46-6rfh",
            summary: "ListCategories reads files outside of the configuration directory",
            fixed: [
                AsteriskVersion(18, 26, 1), AsteriskVersion(20, 11, 1), AsteriskVersion(21, 6, 1),
                AsteriskVersion(22, 1, 1),
            ]
        ),
        Advisory(
            id: "GHSA-c4cg-9275-6w44",
            summary: "a user with write=originate can write files and run programs (CVE-2024-42365)",
            fixed: [AsteriskVersion(18, 24, 2), AsteriskVersion(20, 9, 2), AsteriskVersion(21, 4, 2)]
        ),
        Advisory(
            id: "GHSA-8857-hfmw-vg8f",
            summary: "GetConfig reads files outside of the configuration directory (CVE-2023-49294)",
            fixed: [AsteriskVersion(18, 20, 1), AsteriskVersion(20, 5, 1), AsteriskVersion(21, 0, 1)]
        ),
        Advisory(
            id: "AST-2019-007",
            summary: "a user without write=system can run programs through Originate",
            fixed: [AsteriskVersion(13, 29, 2), AsteriskVersion(16, 6, 2), AsteriskVersion(17, 0, 1)]
        ),
    ]

    /// The last day of security fixes for a branch as `YYYY-MM-DD`
    /// (https://docs.asterisk.org/About-the-Project/Asterisk-Versions); nil for branches that this table does not list.
    public static func endOfLife(ofBranch major: Int) -> String? {
        [
            11: "2017-10-25", 12: "2015-12-20", 13: "2021-10-24", 14: "2018-09-26", 15: "2019-10-03", 16: "2023-10-09",
            17: "2021-10-28", 18: "2025-10-20", 19: "2023-11-02", 20: "2027-10-19", 21: "2025-10-18", 22: "2029-10-16",
            23: "2027-10-15",
        ][major]
    }
}
