import Switchboard
import Testing

@Suite struct AsteriskVersionTests {
    @Test(arguments: [
        ("22.10.1+dfsg+~cs6.17.60671434-1", 22, 10, 1), ("18.9-cert5", 18, 9, 0), ("certified/13.21-cert6", 13, 21, 0),
        ("Asterisk 11.25.3", 11, 25, 3), ("GIT-20-abc", 20, 0, 0),
    ])
    func versionsAreRead(_ text: String, _ major: Int, _ minor: Int, _ patch: Int) throws {
        let version = try #require(AsteriskVersion(text))
        #expect((version.major, version.minor, version.patch) == (major, minor, patch))
    }

    @Test(arguments: [
        ("Asterisk Call Manager/1.3", 11), ("Asterisk Call Manager/2.5.0", 12), ("Asterisk Call Manager/2.10.6", 13),
        ("Asterisk Call Manager/5.0.5", 16), ("Asterisk Call Manager/9.0.0", 20), ("Asterisk Call Manager/11.0.0", 22),
    ])
    func bannersTellTheBranch(_ banner: String, _ branch: Int) {
        #expect(AsteriskVersion.branch(ofBanner: banner) == branch)
    }

    @Test func advisoriesHaveAFloorABranch() throws {
        let originate = try #require(Advisory.known.first { $0.id == "GHSA-c4cg-9275-6w44" })
        #expect(originate.affects(AsteriskVersion(20, 9, 1)) == true)
        #expect(originate.affects(AsteriskVersion(20, 9, 2)) == false)
        // A branch without a fix stays affected; a later branch never had the fault.
        #expect(originate.affects(AsteriskVersion(16, 30, 1)) == true)
        #expect(originate.affects(AsteriskVersion(22, 0, 0)) == false)
        #expect(originate.affects(AsteriskVersion(18, 9, 0, certified: 11)) == nil)
    }
}
