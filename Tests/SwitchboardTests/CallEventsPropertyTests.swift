import Base
import Switchboard
import Testing
import TestSupport

/// Random calls against a rule that is written without the machine: it sees what the generator decided, not channels.
@Suite struct CallEventsPropertyTests {
    /// What must be told of a call, by the decisions of which it was made.
    private struct Expected {
        var isAnswered = false
        var answerer: String?
        var isQueued = false
        var rings = 0
        var hasRung = false
    }

    /// Makes one inbound call that a queue or a phone takes, in events on a clock of its own.
    private struct Maker {
        var random: SeededGenerator
        let id: String
        var now: Int
        var lines: [(at: Int, text: String)] = []
        var expected = Expected()
        private var channels = 0

        init(_ random: SeededGenerator, id: String, at start: Int) {
            (self.random, self.id, now) = (random, id, start)
        }

        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

        mutating func say(_ text: String) { lines.append((now, text)) }

        mutating func pass(_ range: ClosedRange<Int>) { now += Int.random(in: range, using: &random) }

        mutating func channel() -> String {
            channels += 1
            return "\(id).\(channels)"
        }

        mutating func make() {
            say("new \(id) \(id) PJSIP/trunk-\(id) 500")
            pass(0...3)
            if chance(70) { enterQueue() } else { ringDirectly() }
            var rounds = 0
            // An answered caller may come back.
            while expected.isAnswered, rounds < 3, chance(25) {
                rounds += 1
                pass(1...5)
                enterQueue()
            }
            pass(0...4)
            if chance(50) { say("ask \(id)") }
            say("end \(id)")
        }

        private mutating func enterQueue() {
            say("join support \(id)")
            expected.isQueued = true
            for _ in 0..<Int.random(in: 0...4, using: &random) where ringAround() { return }
        }

        /// Rings some agents, of whom at most one answers; returns whether the caller is served or has left.
        private mutating func ringAround() -> Bool {
            pass(0...2)
            let agents = Array(101...105).shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
            var phones: [(agent: Int, channel: String)] = []
            for agent in agents {
                let phone = channel()
                phones.append((agent, phone))
                say("new \(phone) \(id) PJSIP/\(agent)-\(phone)")
                say("dial \(id) \(phone)")
                say("call support \(id) PJSIP/\(agent) Agent\(agent) \(phone)")
                expected.rings += 1
                expected.hasRung = true
                if chance(80) { say("ring \(phone)") }
            }
            pass(1...9)
            if chance(40) {
                let winner = phones.removeFirst()
                say("dialled \(id) \(winner.channel) ANSWER")
                for phone in phones { say("end \(phone.channel)") }
                say("connect support \(id) PJSIP/\(winner.agent) Agent\(winner.agent) \(winner.channel)")
                talk(with: winner.channel)
                if !expected.isAnswered { expected.answerer = "Agent\(winner.agent)" }
                expected.isAnswered = true
                return true
            }
            let gaveUp = chance(30)
            if gaveUp { say("ask \(id)") }
            for phone in phones {
                if !gaveUp { say("rna support \(id) PJSIP/\(phone.agent) Agent\(phone.agent) \(phone.channel)") }
                say("end \(phone.channel)")
            }
            return gaveUp
        }

        private mutating func ringDirectly() {
            let phone = channel()
            say("new \(phone) \(id) PJSIP/101-\(phone)")
            say("dial \(id) \(phone)")
            say("ring \(phone)")
            expected.rings += 1
            expected.hasRung = true
            pass(1...9)
            if chance(50) {
                say("dialled \(id) \(phone) ANSWER")
                talk(with: phone)
                (expected.isAnswered, expected.answerer) = (true, "101")
            } else {
                say("end \(phone)")
            }
        }

        private mutating func talk(with phone: String) {
            let bridge = "bridge-\(phone)"
            // Either party enters first.
            for party in [id, phone].shuffled(using: &random) { say("in \(party) \(bridge)") }
            pass(1...60)
            say("out \(phone) \(bridge)")
            say("end \(phone)")
            say("out \(id) \(bridge)")
        }
    }

    @Test(arguments: 0..<40) func `every call is told of as its decisions require`(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var expected: [String: Expected] = [:]
        var lines: [(at: Int, order: Int, text: String)] = []
        for number in 0..<50 {
            var maker = Maker(
                SeededGenerator(seed: random.next()),
                id: "c\(number)",
                at: Int.random(in: 0...200, using: &random)
            )
            maker.make()
            expected[maker.id] = maker.expected
            lines += maker.lines.enumerated().map { ($0.element.at, $0.offset, $0.element.text) }
        }
        // Calls run side by side; each keeps its own order.
        let table = lines.sorted { ($0.at, $0.order) < ($1.at, $1.order) }.map { "\($0.at) \($0.text)" }
        var machine = CallEventMachine(reader: ThreeDigits())
        let notices = CallScript.events(table.joined(separator: "\n")).flatMap { machine.take($0.event, at: $0.at) }
        #expect(machine.count == 0)
        #expect(Set(notices.map(\.id)).count == notices.count, "An id is used twice.")
        for (id, rule) in expected {
            let own = notices.filter { $0.call.linkedid == id }
            let kinds = own.map(\.kind)
            #expect(kinds.count { $0 == .ended } == 1 && kinds.last == .ended, "\(id)")
            #expect(kinds.count { $0 == .ringing } == (rule.hasRung ? 1 : 0), "\(id)")
            #expect(kinds.count { $0 == .answered } == (rule.isAnswered ? 1 : 0), "\(id)")
            #expect(kinds.count { $0 == .lost } == (!rule.isAnswered && rule.isQueued ? 1 : 0), "\(id)")
            #expect(kinds.count { $0 == .missed } == (!rule.isAnswered && !rule.isQueued ? 1 : 0), "\(id)")
            let answerer = own.first { $0.kind == .answered }?.agent
            #expect(answerer?.name ?? answerer?.key == rule.answerer, "\(id)")
            let opened = own.filter { $0.kind == .popOpen }.compactMap(\.pop)
            let closed = own.filter { $0.kind == .popClose }.compactMap(\.pop)
            #expect(opened.count == rule.rings && opened.sorted() == closed.sorted(), "\(id)")
        }
    }

    /// Check 18: a mail for exactly the missed calls, among many that look alike channel by channel.
    @Test func `of 10,000 calls exactly those that nobody answered are lost or missed`() {
        var machine = CallEventMachine(reader: ThreeDigits())
        var random = SeededGenerator(seed: 18)
        var missed: Set<String> = []
        var told: [String] = []
        for number in 0..<10_000 {
            var maker = Maker(SeededGenerator(seed: random.next()), id: "c\(number)", at: number)
            maker.make()
            if !maker.expected.isAnswered { missed.insert(maker.id) }
            let table = maker.lines.map { "\($0.at) \($0.text)" }.joined(separator: "\n")
            for (event, time) in CallScript.events(table) {
                told += machine.take(event, at: time).filter { [.lost, .missed].contains($0.kind) }.map(\.call.linkedid)
            }
        }
        #expect(missed.count > 1000 && missed.count < 9000)
        #expect(told.count == missed.count && Set(told) == missed)
    }
}
