import Base
import CallRecords
import Testing
import TestSupport

@testable import Transform

/// A call's legs and the expected result: two tables, columns between bars, `-` for nothing.
struct CallScenario: Sendable, CustomTestStringConvertible {
    var name: String
    var policy = CallPolicy()
    var legs: String
    /// Events of the call, as in the queue_log; times are seconds of the table's day, the call is `.2`.
    var queueLog = ""
    var expected: String

    var testDescription: String { name }

    /// 2013-03-04 13:11:18 UTC: the epoch in the ids, `.2` is `1362402678.2`.
    static let epoch: Int64 = 1_362_402_678
    static let midnight: Moment = 1_362_355_200

    /// Three digits are extensions, 9 gives an outside line, Russia.
    static func assembler(_ policy: CallPolicy = CallPolicy()) throws -> CallAssembler {
        let plan = try NumberPlan(region: "RU", outsidePrefix: "9", extensions: ExtensionPlan("3"))
        return CallAssembler(policy: policy, numbers: NumberNormaliser(plan: plan))
    }

    /// The row of `expected` that the assembler produces from the legs.
    func assembled() throws -> String {
        let calls = try Self.assembler(policy).assemble(page()).calls
        return calls.map { Self.row(of: $0, columns: Self.cells(of: expected)[0]) }.joined(separator: "\n")
    }

    var expectedRow: String {
        Self.cells(of: expected).dropFirst().map { $0.joined(separator: " | ") }.joined(separator: "\n")
    }

    func page() -> CallLegs {
        var page = CallLegs()
        let rows = Self.cells(of: legs)
        let columns = Dictionary(uniqueKeysWithValues: rows[0].enumerated().map { ($1, $0) })
        var records: [(header: CDRHeader, times: LegTimes, texts: [CDRField: String])] = []
        for (number, row) in rows.dropFirst().enumerated() {
            func cell(_ column: String) -> String? {
                guard let index = columns[column], row[index] != "-" else { return nil }
                return row[index]
            }
            var header = CDRHeader()
            let start = Self.instant(cell("start")) ?? 0
            let end = Self.instant(cell("end")) ?? start
            let answer = Self.instant(cell("answer"))
            header.duration = Int32(end.seconds(since: start))
            header.billsec = Int32(answer.map { end.seconds(since: $0) } ?? 0)
            header.sequence = Int32(number)
            var texts: [CDRField: String] = [:]
            for field in CDRField.allCases {
                guard var text = cell(field.name) else { continue }
                if field == .uniqueid || field == .linkedid, text.first == "." { text = "\(Self.epoch)\(text)" }
                texts[field] = text
            }
            texts[.disposition] = texts[.disposition] ?? (answer == nil ? "NO ANSWER" : "ANSWERED")
            texts[.uniqueid] = texts[.uniqueid] ?? "\(Self.epoch).2"
            texts[.linkedid] = texts[.linkedid] ?? "\(Self.epoch).2"
            records.append((header, LegTimes(start: start, answer: answer, end: end, isDerived: false), texts))
        }
        // In the order of the warehouse: by start, then by sequence.
        for record in records.enumerated().sorted(by: {
            ($0.element.times.start, $0.offset) < ($1.element.times.start, $1.offset)
        }) {
            page.legs.append(record.element.header)
            page.times.append(record.element.times)
            for (field, text) in record.element.texts {
                var text = text
                text.withUTF8 { page.legs.set(field, $0) }
            }
        }
        page.order = Array(0..<page.legs.count)
        page.calls = [(1, 0..<page.legs.count)]
        if !queueLog.isEmpty {
            let events = VisitTable.events(queueLog, from: Self.midnight)
            var key = "\(Self.epoch).2"
            page.visits[key.withUTF8 { Hash128($0) }] = VisitMachine.visits(of: events, restarts: [])
        }
        return page
    }

    private static func row(of call: Call, columns: [String]) -> String {
        columns.map { column -> String in
            let text: String? =
                switch column {
                case "direction": call.direction.rawValue
                case "customer": call.customer
                case "e164": call.customerNumber?.description
                case "did": call.did
                case "ext": call.extension
                case "agent": call.agent
                case "queue": call.queue
                case "visits": "\(call.queueVisits)"
                case "disposition": call.disposition.rawValue
                case "ring": call.ring.map { "\($0)" }
                case "wait": call.wait.map { "\($0)" }
                case "talk": "\(call.talk)"
                case "moved": "\(call.transfers)"
                case "legs": "\(call.legs)"
                default: "no column \(column)"
                }
            return text ?? "-"
        }.joined(separator: " | ")
    }

    static func cells(of table: String) -> [[String]] {
        table.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
                let text = cell.drop { $0 == " " }
                return String(text.reversed().drop { $0 == " " }.reversed())
            }
        }
    }

    static func instant(_ time: String?) -> Moment? {
        guard let parts = time?.split(separator: ":").compactMap({ Int64($0) }), parts.count == 3 else { return nil }
        return midnight + (parts[0] * 3600 + parts[1] * 60 + parts[2])
    }
}
