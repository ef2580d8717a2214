public import CallRecords

/// The order of the columns in a Master.csv. The file has no header and does not say.
public struct MasterCSVLayout: Hashable, Sendable {
    /// What a column holds.
    public enum Column: Hashable, Sendable {
        case text(CDRField)
        case start, answer, end, duration, billsec, amaflags, sequence
        /// A column of the site's own.
        case ignored

        /// The name in an explicit layout, the one that `CDR()` has.
        public var name: String {
            switch self {
            case .text(let field): field.name
            case .ignored: "-"
            default: String(describing: self)
            }
        }
    }

    /// What the user calls it: the backend, and its options that add columns.
    public let name: String
    /// The columns in their order.
    public let columns: [Column]

    /// Every layout that Asterisk's own backends and sample configurations write.
    ///
    /// `csv` is cdr_csv (`cdr/cdr_csv.c`) with its options `loguniqueid`, `loguserfield` and `newcdrcolumns`, `custom` is
    /// the Master.csv of cdr_custom's sample configuration, down from its last columns.
    public static let known: [MasterCSVLayout] = {
        let csvBase: [Column] = [
            .text(.accountcode), .text(.src), .text(.dst), .text(.dcontext), .text(.clid), .text(.channel),
            .text(.dstchannel), .text(.lastapp), .text(.lastdata), .start, .answer, .end, .duration, .billsec,
            .text(.disposition), .amaflags,
        ]
        let customBase: [Column] = [
            .text(.clid), .text(.src), .text(.dst), .text(.dcontext), .text(.channel), .text(.dstchannel),
            .text(.lastapp), .text(.lastdata), .start, .answer, .end, .duration, .billsec, .text(.disposition),
            .amaflags, .text(.accountcode),
        ]
        let uniqueid: [Column] = [.text(.uniqueid)]
        let userfield: [Column] = [.text(.userfield)]
        let new: [Column] = [.text(.peeraccount), .text(.linkedid), .sequence]
        return [
            MasterCSVLayout(name: "csv", columns: csvBase),
            MasterCSVLayout(name: "csv+uniqueid", columns: csvBase + uniqueid),
            MasterCSVLayout(name: "csv+userfield", columns: csvBase + userfield),
            MasterCSVLayout(name: "csv+uniqueid+userfield", columns: csvBase + uniqueid + userfield),
            MasterCSVLayout(name: "csv+new", columns: csvBase + new),
            MasterCSVLayout(name: "csv+uniqueid+new", columns: csvBase + uniqueid + new),
            MasterCSVLayout(name: "csv+userfield+new", columns: csvBase + userfield + new),
            MasterCSVLayout(name: "csv+uniqueid+userfield+new", columns: csvBase + uniqueid + userfield + new),
            MasterCSVLayout(name: "custom", columns: customBase),
            MasterCSVLayout(name: "custom+uniqueid", columns: customBase + uniqueid),
            MasterCSVLayout(name: "custom+uniqueid+userfield", columns: customBase + uniqueid + userfield),
            MasterCSVLayout(
                name: "custom+uniqueid+userfield+sequence",
                columns: customBase + uniqueid + userfield + [.sequence]
            ),
        ]
    }()

    init(name: String, columns: [Column]) {
        self.name = name
        self.columns = columns
    }

    /// A layout by its name, or by its columns: `clid,src,dst,…,-,uniqueid`.
    ///
    /// `nil` for a name that is not known, a column that `CDR()` does not have, and a list without `start`.
    public init?(_ text: String) {
        if let known = Self.known.first(where: { $0.name == text }) {
            self = known
            return
        }
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { String($0).trimmingBlanks() }
        let columns = names.compactMap(Self.column(named:))
        guard names.count > 1, columns.count == names.count, columns.contains(.start) else { return nil }
        self.init(name: text, columns: columns)
    }

    /// The layout that a header line names; `nil` where the fields are no header.
    init?(header fields: [String]) {
        let columns = fields.map { Self.column(named: $0.lowercased()) ?? .ignored }
        // What became of the call may be told by its answer and lengths instead of a disposition.
        let outcomes: [Column] = [.text(.disposition), .answer, .billsec, .duration]
        guard columns.contains(.start), columns.contains(.text(.src)), outcomes.contains(where: columns.contains)
        else { return nil }
        self.init(name: "header", columns: columns)
    }

    private static func column(named name: String) -> Column? {
        switch name {
        case "start", "calldate": .start
        case "answer": .answer
        case "end": .end
        case "duration": .duration
        case "billsec": .billsec
        case "amaflags": .amaflags
        case "sequence": .sequence
        case "-", "": .ignored
        default: CDRField.allCases.first { $0.name == name }.map(Column.text)
        }
    }

    /// The text columns that the layout has.
    public var present: CDRFieldSet {
        CDRFieldSet(columns.compactMap { if case .text(let field) = $0 { field } else { nil } })
    }
}

extension String {
    /// Without blanks at both ends.
    func trimmingBlanks() -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(self[first...last])
    }
}
