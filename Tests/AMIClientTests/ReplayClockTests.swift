import AMI
import AMIClient
import Base
import Testing
import TestSupport

@Suite struct ReplayClockTests {
    private func times(_ events: [KeyValuePairs<String, String>]) -> [Moment?] {
        var clock = ReplayClock()
        return events.map { clock.time(of: ReceivedEvent(Message($0))) }
    }

    @Test func `an event's own timestamp is its time`() {
        #expect(
            times([["Event": "Hangup", "Timestamp": "1400000005.5", "Uniqueid": "1400000000.3"]]) == [1_400_000_005.5]
        )
    }

    @Test func `without timestamps the youngest channel gives the time, which never goes back`() {
        let told = times([
            ["Event": "Reload", "Module": "x"],
            ["Event": "Newchannel", "Uniqueid": "1400000000.3", "Linkedid": "1400000000.3"],
            ["Event": "Newchannel", "Uniqueid": "pbx-1400000009.4", "Linkedid": "1400000000.3"],
            ["Event": "Hangup", "Uniqueid": "1400000000.3"],
            ["Event": "QueueMemberStatus", "Queue": "q", "Interface": "PJSIP/1"],
        ])
        #expect(told == [nil, 1_400_000_000, 1_400_000_009, 1_400_000_009, 1_400_000_009])
    }
}
