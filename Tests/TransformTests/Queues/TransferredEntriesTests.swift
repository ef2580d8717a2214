import Base
import CallRecords
import Testing
import TestSupport

@testable import Transform

/// Attended transfers into a queue: ENTERQUEUE under the agent's callid, what follows under the caller's
/// (asterisk/asterisk#759).
@Suite struct TransferredEntriesTests {
    /// 7009 has a caller from queue 1500, calls queue 1509, and completes the transfer while that queue is ringing.
    static let split = """
        100|caller |1500|NONE |ENTERQUEUE      ||79161234567|1
        110|caller |1500|Ivan |CONNECT         |10|u|5
        150|consult|1509|NONE |ENTERQUEUE      ||7009|2
        155|caller |1500|Ivan |ATTENDEDTRANSFER|BRIDGE|b1|10|45|1
        170|caller |1509|Petra|CONNECT         |20|u|6
        200|caller |1509|Petra|COMPLETECALLER  |20|30|2
        """

    static func joined(_ log: String, restarts: [Moment] = [], backwards: Bool = false) -> [String] {
        var callids: [String] = []
        for line in log.split(separator: "\n") {
            let callid = String(line.split(separator: "|")[1].split(separator: " ")[0])
            if !callids.contains(callid), callid != "NONE" { callids.append(callid) }
        }
        var calls = (backwards ? callids.reversed() : callids).map {
            CallVisits(
                callid: $0,
                visits: VisitMachine.visits(of: VisitTable.events(log, callid: $0), restarts: restarts)
            )
        }
        TransferredEntries.join(&calls)
        return calls.flatMap { call in
            VisitTable.rows(call.visits).split(separator: "\n").map { "\(call.callid) \($0)" }
        }.sorted()
    }

    @Test("One visit: offered once, answered once", arguments: [false, true]) func answered(backwards: Bool) {
        let expected = [
            "caller 1500 1 100 110 155 answered 10 5 45 Ivan to b1",
            "caller 1509 1 150 170 200 answered 20 6 30 Petra caller",
        ]
        #expect(Self.joined(Self.split, backwards: backwards) == expected)
    }

    @Test("The caller is the customer, not the agent who asked for them") func caller() {
        var calls = ["caller", "consult"].map {
            CallVisits(
                callid: $0,
                visits: VisitMachine.visits(of: VisitTable.events(Self.split, callid: $0), restarts: [])
            )
        }
        TransferredEntries.join(&calls)
        #expect(calls[0].visits.map(\.caller) == ["79161234567", "79161234567"])
        #expect(calls[0].visits[1].beginning == .loggedAs(callid: "consult"))
        #expect(calls[0].visits[1].position == 2)
        #expect(calls[1].visits.isEmpty)
    }

    @Test("Transferred, and given up: one abandoned visit") func abandoned() {
        let log = """
            150|consult|1509|NONE|ENTERQUEUE||7009|2
            190|caller |1509|NONE|ABANDON|1|2|40
            """
        #expect(Self.joined(log) == ["caller 1509 1 150 - 190 abandoned 40 - - - -"])
    }

    @Test("Into the queue that the caller comes from: both visits remain") func sameQueue() {
        let log = """
            100|caller |a|NONE |ENTERQUEUE      ||79161234567|1
            110|caller |a|Ivan |CONNECT         |10|u|5
            150|consult|a|NONE |ENTERQUEUE      ||7009|1
            155|caller |a|Ivan |ATTENDEDTRANSFER|BRIDGE|b1|10|45|1
            190|caller |a|NONE |ABANDON         |1|1|40
            """
        let expected = [
            "caller a 1 100 110 155 answered 10 5 45 Ivan to b1",
            "caller a 2 150 - 190 abandoned 40 - - - -",
        ]
        #expect(Self.joined(log) == expected)
    }

    @Test("Transferred after the answer: only the end has the caller's id") func late() {
        let log = """
            150|consult|b|NONE |ENTERQUEUE    ||7009|1
            160|consult|b|Petra|CONNECT       |10|u|6
            200|caller |b|Petra|COMPLETECALLER|10|40|1
            """
        #expect(Self.joined(log) == ["caller b 1 150 160 200 answered 10 6 40 Petra caller"])
    }

    @Test("Two such transfers in neighbouring seconds: the nearest belong together", arguments: [false, true])
    func two(backwards: Bool) {
        let log = """
            150|consult1|b|NONE |ENTERQUEUE||7009|1
            151|consult2|b|NONE |ENTERQUEUE||7010|2
            170|caller1 |b|Petra|CONNECT|20|u|6
            181|caller2 |b|Olga |CONNECT|30|u|4
            """
        let expected = [
            "caller1 b 1 150 170 - answered 20 6 - Petra -",
            "caller2 b 1 151 181 - answered 30 4 - Olga -",
        ]
        #expect(Self.joined(log, backwards: backwards) == expected)
    }

    @Test("A visit that ended, one of another queue and one of another time are not matched")
    func strangers() {
        let log = """
            150|ended|b|NONE |ENTERQUEUE||1|1
            155|ended|b|NONE |ABANDON|1|1|5
            150|other|d|NONE |ENTERQUEUE||2|1
            147|early|b|NONE |ENTERQUEUE||3|1
            170|caller|b|Petra|CONNECT|20|u|6
            """
        let expected = [
            "caller b 1 150 170 - answered 20 6 - Petra -",
            "early b 1 147 - - in_progress - - - - -",
            "ended b 1 150 - 155 abandoned 5 - - - -",
            "other d 1 150 - - in_progress - - - - -",
        ]
        #expect(Self.joined(log) == expected)
    }

    @Test("The PBX restarted afterwards: the beginning is found all the same") func restarted() {
        #expect(Self.joined(Self.split, restarts: [900]).count == 2)
    }
}
