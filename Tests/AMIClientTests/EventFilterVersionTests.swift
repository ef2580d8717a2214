import AMI
import Switchboard
import Testing

@testable import AMIClient

@Suite struct EventFilterVersionTests {
    @Test(arguments: [((22, 1, 0), true), ((22, 0, 3), false), ((16, 30, 0), false), ((23, 0, 0), true)])
    func `only versions that read MatchCriteria are asked to filter`(version: (Int, Int, Int), isServed: Bool) {
        #expect(EventFilter.isServed(by: AsteriskVersion(version.0, version.1, version.2)) == isServed)
    }
}
