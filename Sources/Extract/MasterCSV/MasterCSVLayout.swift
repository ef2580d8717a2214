public import CallRecords

/// The order of the columns in a Master.csv, which the file itself does not specify, as it has no header.
public struct MasterCSVLayout: Hashable, Sendable {
    /// The content of a column.
    public enum Column: Hashable, Sendable {
        case text(CDRField)
        case start, answer, end, duration, billsec, amaflags, sequence
        /// A column of the site's own, which is ignored.
        case ignored

        /// The name in an explicit layout, which is the name in `CDR()`.
        public var name: String {
            switch self {
            case .text(let field): field.name
            case .ignored: "-"
            default: String(describing: self)
            }
        }
    }

    /// The layout's name: the backend, and its options that add columns.
    public let name: String
    /// The columns, in order.
    public let columns: [Column]

    /// Which columns hold times, counted from 0.
    var timeColumns: [Int] { columns.indices.filter { [.start, .answer, .end].contains(columns[$0]) } }

    /// Every layout that Asterisk's own backends and sample configurations write.
    ///
    /// `csv` is cdr_csv (`cdr/cdr_csv.c`) with its options `loguniqueid`, `loguserfield` and `newcdrcolumns`. `custom`
    /// is the Master.csv of cdr_custom's sample configuration, with fewer and fewer of its last columns. `table` is a
    /// dump of the table without its header line: Asterisk's old one and Issabel's, FreePBX's, and that of Asterisk's
    /// own migrations.
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
        let tableBase: [Column] = [
            .start, .text(.clid), .text(.src), .text(.dst), .text(.dcontext), .text(.channel), .text(.dstchannel),
            .text(.lastapp), .text(.lastdata), .duration, .billsec, .text(.disposition), .amaflags, .text(.accountcode),
            .text(.uniqueid), .text(.userfield),
        ]
        let freePBX: [Column] = [
            .text(.did), .text(.recordingfile), .text(.cnum), .text(.cnam), .text(.outboundCnum), .text(.outboundCnam),
            .text(.dstCnam),
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
            MasterCSVLayout(name: "table", columns: tableBase),
            MasterCSVLayout(name: "table+freepbx", columns: tableBase + freePBX),
            MasterCSVLayout(
                name: "table+freepbx+new",
                columns: tableBase + freePBX + [.text(.linkedid), .text(.peeraccount), .sequence]
            ),
            MasterCSVLayout(
                name: "table+realtime",
                columns: csvBase + [
                    .text(.userfield), .text(.uniqueid), .text(.linkedid), .text(.peeraccount), .sequence,
                ]
            ),
        ]
    }()

    init(name: String, columns: [Column]) {
        self.name = name
        self.columns = columns
    }

    /// A layout by its name, by its name and further columns (`csv+uniqueid,-,-`), or by its columns:
    /// `clid,src,dst,…,-,uniqueid`.
    ///
    /// `nil` for an unknown name, a column that `CDR()` does not have, and a list without a time, which can be `start`,
    /// or `end` and `duration`, or `answer`.
    public init?(_ text: String) {
        if let known = Self.known.first(where: { $0.name == text }) {
            self = known
            return
        }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmingBlanks() }
        let base = Self.known.first { $0.name == names.first }
        let columns = names.dropFirst(base == nil ? 0 : 1).compactMap(Self.column(named:))
        let all = (base?.columns ?? []) + columns
        guard names.count > 1, columns.count == names.count - (base == nil ? 0 : 1), Self.hasTime(all)
        else {
            return nil
        }
        self.init(name: text, columns: all)
    }

    /// A known layout followed by the site's own columns.
    init(_ known: MasterCSVLayout, further: Int) {
        self.init(
            name: known.name + String(repeating: ",-", count: further),
            columns: known.columns + Array(repeating: .ignored, count: further)
        )
    }

    /// The layout given by a header line, in any order; `nil` if the fields are not a header.
    ///
    /// A header has a start, a caller or a called party, and column names in most of its cells. The site's own columns
    /// are ignored.
    init?(header fields: [String]) {
        let columns = fields.map { Self.column(heading: $0) ?? .ignored }
        let named = columns.count { $0 != .ignored }
        let parties: [Column] = [.text(.src), .text(.dst), .text(.channel), .text(.clid)]
        guard columns.contains(.start) || columns.contains(.end) && columns.contains(.duration),
            parties.contains(where: columns.contains), named >= 3,
            named * 2 >= fields.count || named >= 8
        else { return nil }
        self.init(name: "header", columns: columns)
    }

    /// Whether these columns contain the beginning of a call, or values from which it follows.
    private static func hasTime(_ columns: [Column]) -> Bool {
        columns.contains(.start) || columns.contains(.answer) || columns.contains(.end) && columns.contains(.duration)
    }

    /// A column by its heading in an export: `Call Date`, `calldate` and `"CallDate"` are the same.
    private static func column(heading: String) -> Column? {
        // Some clients write the table's name before a column's: cdr.calldate.
        let own = heading.split(separator: ".").last ?? ""
        let plain = own.lowercased().filter { $0.isLetter || $0.isNumber }
        switch plain {
        case "": return nil
        case "starttime", "startdate", "callstart", "callstarttime", "datetime", "date", "calltime", "timestart":
            return .start
        case "answertime", "answerdate", "answered", "callanswer", "timeanswered": return .answer
        case "endtime", "enddate", "callend", "hanguptime", "timeend": return .end
        case "durationseconds", "durations": return .duration
        case "billseconds", "billsecs", "billableseconds", "talktime": return .billsec
        case "callerid": return .text(.clid)
        case "source", "caller", "callernumber", "callingnumber", "fromno", "fromnumber": return .text(.src)
        case "destination", "callee", "calleenumber", "callednumber", "tono", "tonumber": return .text(.dst)
        case "context", "destinationcontext": return .text(.dcontext)
        case "sourcechannel", "srcchannel": return .text(.channel)
        case "destinationchannel", "destchannel": return .text(.dstchannel)
        case "lastapplication", "app": return .text(.lastapp)
        case "account": return .text(.accountcode)
        case "status", "callstatus": return .text(.disposition)
        default:
            if let field = CDRField.allCases.first(where: { $0.name.filter { $0 != "_" } == plain }) {
                return .text(field)
            }
            return column(named: plain)
        }
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
