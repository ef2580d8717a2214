import Base
import CallRecords
import Reporting
import Services

/// A list of calls for a terminal, and as CSV.
struct CallTable {
    private let list: CallList

    init(_ list: CallList) { self.list = list }

    /// CSV by RFC 4180, with the columns of `calls --json`.
    func csv(isForTerminal: Bool) -> [UInt8] {
        CSVRenderer(isForTerminal: isForTerminal).render(
            header: CallSummary.columns,
            rows: list.calls.map { call in call.fields(in: list.zone).map(Self.field) }
        )
    }

    private static func field(_ value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        default: ""
        }
    }

    /// A table that fits `width` columns: long names are cut.
    func text(width: Int, style: Style) -> String {
        if list.calls.isEmpty { return localized("No calls found.", context: "calls") + "\n" }
        let titles = [
            hasSeveralPBXs ? localized("pbx", context: "calls") : "", localized("started", context: "calls"),
            localized("dir", context: "calls"), localized("customer", context: "calls"),
            localized("inside", context: "calls"), localized("queue", context: "calls"),
            localized("talk", context: "calls"), localized("id", context: "calls"),
        ]
        let rows = [titles] + list.calls.map(cells)
        let columns = (0..<titles.count).filter { column in rows.dropFirst().contains { !$0[column].isEmpty } }
        var widths = columns.map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        shrink(&widths, columns, to: width)
        var lines = rows.enumerated().map { number, row in
            let line = zip(columns, widths).map { Self.padded(row[$0], $1) }.joined(separator: "  ")
            let trimmed = String(line.reversed().drop { $0 == " " }.reversed())
            return number == 0 ? style.bold(trimmed) : trimmed
        }
        if list.hasMore {
            lines.append(
                style.dim(
                    localized("… and more; --limit shows them, --from and --to narrow the list.", context: "calls")
                )
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Narrows the widest of the names until the line fits.
    private func shrink(_ widths: inout [Int], _ columns: [Int], to width: Int) {
        while widths.reduce(0, +) + 2 * (widths.count - 1) > width {
            let names = widths.indices.filter { Self.names.contains(columns[$0]) && widths[$0] > Self.least }
            guard let widest = names.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
        }
    }

    private static let names: Set = [0, 3, 4, 5]
    private static let least = 5

    private var hasSeveralPBXs: Bool { Set(list.calls.map(\.pbx)).count > 1 }

    private func cells(_ call: CallSummary) -> [String] {
        let customer =
            call.contact?.name ?? call.e164 ?? call.number
            ?? (call.direction == "internal" ? "" : localized("withheld", context: "call"))
        let inside = call.agent ?? call.extension ?? call.did ?? ""
        return [
            hasSeveralPBXs ? call.pbx : "", Self.minute(call.started, list.zone),
            CallWords.shortDirection(call.direction),
            customer, inside, call.queue ?? "", Self.outcome(call), call.linkedid,
        ].map(PrintableText.of)
    }

    private static func outcome(_ call: CallSummary) -> String {
        guard call.disposition == "answered", let talk = call.talk else {
            return CallWords.disposition(call.disposition)
        }
        return ProgressLine.time(Double(talk))
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        let text = DisplayWidth.cut(text, to: width)
        return text + String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    }

    /// `2026-11-22 23:17`.
    static func minute(_ instant: Moment, _ zone: ZoneTable) -> String { LocalMoment(instant, in: zone).shown }
}
